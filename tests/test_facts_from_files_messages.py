"""What is said of unsound facts: all of it, gently, and never a person's data."""

from pathlib import Path
from typing import Any

import pytest

from engine.errors import nearest
from tests.support.facts_files import FORMS, told, write, write_files, write_workbook

HAMLETS = "id,level\nA,hamlet\nB,hamlet\n"


# --- All at once, but not without end --------------------------------------------


def test_forty_faults_in_four_files_are_told_at_once(tmp_path: Path) -> None:
    bad = "A,maybe,14/03/2025\nX,yes,\n,no,\n"
    files = {
        "localities.csv": "id,level,events,board\n" + "A,x,-1,y\nB,,1.5,\n" * 5,
        "people.csv": "locality,filed,since\n" + bad * 3,
        "households.csv": "locality,pledged,since,name\n" + bad.replace("\n", ",\n"),
        "persons.csv": "",
    }
    found = told(write_files(tmp_path, files))
    assert len(found) == 5 * 4 + 8 + 3 * 4 + 5 + 1
    places = [line.split(": error")[0].split(":") for line in found]
    keys = [(file, *map(int, numbers)) for file, *numbers in places]
    assert keys == sorted(keys)


def test_two_hundred_faults_of_a_file_are_told_and_the_rest_counted(
    tmp_path: Path,
) -> None:
    people = "locality,filed,since\n" + "A,maybe,?\n" * 1000 + "X,,\n" * 500
    files = {"localities.csv": "id,level\nA,\n", "people.csv": people}
    found = told(write_files(tmp_path, files))
    assert len(found) == 1 + 200 + 1
    assert found[1].startswith("people.csv:2:2: error[facts-not-yes-or-no]")
    assert found[-2].startswith("people.csv:101:3: error[facts-not-a-date]")
    assert ": error[facts-more]: 2300 more problems" in found[-1]


@pytest.mark.parametrize("form", ["yaml", "json", "xlsx", "parquet"])
def test_the_rest_is_counted_in_every_kind_of_file(tmp_path: Path, form: str) -> None:
    rows = [{"locality": f"X{each}"} for each in range(300)]
    facts = {"localities": [{"id": "A", "level": "x"}], "households": rows}
    found = told(write(tmp_path, facts, form))
    assert len(found) == 201
    assert ": error[facts-more]: 100 more problems" in found[-1]


def test_faults_in_a_workbook_are_told_in_the_order_of_its_cells(
    tmp_path: Path,
) -> None:
    rows: list[list[Any]] = [["id", "level", *["events", "board"]]]
    rows += [[f"L{each}", "x", -1, "y"] for each in range(12)]
    path = write_workbook(tmp_path / "facts.xlsx", {"localities": rows})
    cells = [line.split(":")[0].rpartition("!")[2] for line in told(path)]
    assert cells == [f"{column}{row}" for row in range(2, 14) for column in "CD"]


# --- Never a person's data -------------------------------------------------------

PERSON = "Nguyễn Văn Kín"


@pytest.mark.parametrize("form", [form for form in FORMS if form != "parquet"])
@pytest.mark.parametrize(
    "column", ["locality", "standing", "filed", "since", "n", "remark"]
)
def test_no_value_of_a_personal_register_is_ever_told(
    tmp_path: Path, column: str, form: str
) -> None:
    value = f"{PERSON}\x07" if column == "remark" else PERSON
    facts = {
        "localities": [{"id": "A", "level": "x"}],
        "people": [{"locality": "A", column: value}],
    }
    found = "\n".join(told(write(tmp_path, facts, form)))
    assert "error[" in found
    assert "Kín" not in found


@pytest.mark.parametrize(
    "text",
    [
        f"A,{PERSON}\nB,user\n",
        f'locality,remark\nA,"{PERSON}"x\n',
        f"locality,remark\nA,,{PERSON}\n",
        f"locality,\nA,{PERSON}\n",
        f"locality,standing\nA,user\n,{PERSON}\n",
    ],
    ids=["no headings", "marks", "an extra cell", "no heading", "a blank locality"],
)
def test_no_fault_of_a_personal_table_tells_what_stands_there(
    tmp_path: Path, text: str
) -> None:
    files = {"localities.csv": HAMLETS, "people.csv": text}
    found = "\n".join(told(write_files(tmp_path, files)))
    assert "people.csv" in found
    assert "Kín" not in found


@pytest.mark.parametrize(
    "text", ['"Nguyễn Văn Kín', "*Kín", "&Kín x", "!Kín x", "[Kín"]
)
@pytest.mark.parametrize("suffix", ["yaml", "json"])
def test_no_fault_of_a_document_tells_what_stands_there(
    tmp_path: Path, text: str, suffix: str
) -> None:
    path = tmp_path / f"facts.{suffix}"
    path.write_text(f'{{"people": [{{"locality": "A", "remark": {text}}}]}}')
    assert "Kín" not in "\n".join(told(path))


# --- Clear, gentle, actionable ---------------------------------------------------


def _told_of(folder: Path, **files: str) -> str:
    named = {f"{name}.csv": text for name, text in files.items()}
    return "\n".join(told(write_files(folder, {"localities.csv": HAMLETS} | named)))


def test_a_value_that_may_be_seen_is_shown_short_and_in_one_line(
    tmp_path: Path,
) -> None:
    cell = '"7\n' + "8" * 100 + '"'
    found = _told_of(tmp_path, households=f"locality,members\nA,{cell}\n")
    assert f"members: '7\ufffd{'8' * 37}…' is not a whole number" in found


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"localities": "id,level,eventz\nA,x,\n"}, "did you mean 'events'?"),
        ({"localities": "id,level,parent\nBản Một,x,\nB,x,Bản Mốt\n"}, "'Bản Một'?"),
        ({"peple": "locality\n"}, "did you mean 'people'?"),
        ({"households": "locality,kind\nA,poors\n"}, "did you mean 'poor'?"),
        ({"households": "locality,kind\nA,?\n"}, "write one of these: rich, poor"),
        (
            {"households": "locality,zz\nA,1\n"},
            "write it as one of these: locality, n,",
        ),
        ({"households": "locality,members\nA,1.000\n"}, "a thousand to one reader"),
        ({"households": "locality,since\nA,14/03/2025\n"}, "2025-03-14 for 14/03/2025"),
        ({"households": "locality,since\nA,14/03/2025\n"}, "`diaban facts import`"),
        ({"inspections": "locality,register\nA,household\n"}, "mean 'households'?"),
        ({"localities": "id,level,parent\nA,x,B\nB,x,A\n"}, "circle: A → B → A"),
    ],
)
def test_a_cure_is_offered(tmp_path: Path, files: dict[str, str], words: str) -> None:
    assert words in _told_of(tmp_path, **files)


def test_a_name_is_compared_with_few_others_only(tmp_path: Path) -> None:
    """Among a hundred thousand ids the comparison would take minutes."""
    rows = "".join(f"L{each},x,\n" for each in range(2_001))
    found = _told_of(tmp_path, localities=f"id,level,parent\n{rows}M,x,L99999\n")
    assert "'L99999' is no id in the table 'localities'; correct it" in found


def test_a_long_circle_names_its_first_ten(tmp_path: Path) -> None:
    rows = "".join(f"L{each},x,L{(each + 1) % 50}\n" for each in range(50))
    found = _told_of(tmp_path, localities=f"id,level,parent\n{rows}")
    assert "circle: L0 → L1 → L2 → L3 → L4 → L5 → L6 → L7 → L8 → L9 → … → L0;" in found


@pytest.mark.parametrize(("deep", "refused"), [(64, False), (65, True), (5_000, True)])
def test_a_tree_is_at_most_64_levels_deep(
    tmp_path: Path, deep: int, refused: bool
) -> None:
    rows = [f"L{each},x,L{each - 1}\n" for each in range(1, deep)]
    text = f"id,level,parent\nL0,x,\n{''.join(reversed(rows))}"
    found = _told_of(tmp_path, localities=text)
    assert bool(found) == refused
    assert not refused or "'L64' stands more than 64 levels deep" in found


def test_a_table_twice_names_both_files(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    localities = [{"id": "A", "level": "x"}]
    path = write(tmp_path / "a", {"localities": localities}, "parquet")
    write_files(path, {"localities.csv": HAMLETS})
    (line,) = told(path)
    assert line.startswith("localities.parquet: error[facts-table-twice]")
    assert "already stands at localities.csv:1;" in line


def test_the_workbook_itself_is_to_be_named(tmp_path: Path) -> None:
    write_workbook(tmp_path / "facts.xlsx", {"localities": [["id"]]})
    assert "name the workbook itself" in told(tmp_path)[0]


@pytest.mark.parametrize(
    "name", ["facts.xls", "facts.xlsm", "facts.ods", "facts.txt", "facts"]
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert "error[facts-unknown-kind]" in told(tmp_path / name)[0]


@pytest.mark.parametrize("name", ["facts", "facts.xlsx", "facts.json"])
def test_what_does_not_exist_is_refused(tmp_path: Path, name: str) -> None:
    assert "error[facts-not-readable]" in told(tmp_path / name)[0]


def test_a_file_that_cannot_be_opened_is_told_among_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"localities.csv": "id,level\nA,\n", "people.csv": "locality\nA\n"}
    write_files(tmp_path, files)
    open_it = Path.read_bytes

    def refuse_people(path: Path) -> bytes:
        if path.name == "people.csv":
            raise PermissionError
        return open_it(path)

    monkeypatch.setattr(Path, "read_bytes", refuse_people)
    codes = [line.split("]")[0].split("[")[1] for line in told(tmp_path)]
    assert codes == ["facts-blank", "facts-not-readable"]


def test_a_fault_in_one_file_hides_none_in_another(tmp_path: Path) -> None:
    bad: dict[str, str | bytes] = {
        "localities.csv": HAMLETS.encode("utf-16"),
        "people.csv": "locality,q\nX,\n",
    }
    codes = [
        line.split("]")[0].split("[")[1] for line in told(write_files(tmp_path, bad))
    ]
    assert codes == ["facts-not-utf8", "facts-unknown-column"]


def test_no_localities_is_told_beside_other_faults(tmp_path: Path) -> None:
    found = told(write_files(tmp_path, {"people.csv": "locality,q\nX,\n"}))
    codes = [line.split("]")[0].split("[")[1] for line in found]
    assert codes == ["facts-no-localities", "facts-unknown-column"]


def test_a_text_longer_than_any_name_is_no_misspelt_one() -> None:
    """To compare sixty megabytes with a name would take hours."""
    assert nearest("a" * 1000, ["a" * 999]) is None
    assert nearest("a" * 100, ["a" * 99]) == "a" * 99
