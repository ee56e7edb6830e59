"""A folder that is not sound is refused: every fault in every file, with its place."""

from pathlib import Path

import pytest

from tests.support.facts_files import faults, write_files

HAMLETS = "id,level\nA,hamlet\nB,hamlet\n"

IN_FOLDERS: dict[str, tuple[dict[str, str | bytes], list[str]]] = {
    # --- tables
    "an empty folder": ({}, [" facts-no-localities"]),
    "nothing but a README": ({"README.md": "x"}, [" facts-no-localities"]),
    "localities without rows": (
        {"localities.csv": "id,level\n,\n"},
        ["localities.csv facts-no-localities"],
    ),
    "a table outside the vocabulary": (
        {"localities.csv": HAMLETS, "persons.csv": "locality\n"},
        ["persons.csv facts-unknown-table"],
    ),
    "a table in other letters": (
        {"localities.csv": HAMLETS, "People.csv": "locality\n"},
        ["People.csv facts-unknown-table"],
    ),
    "a file without anything": (
        {"localities.csv": HAMLETS, "people.csv": b""},
        ["people.csv facts-empty-file"],
    ),
    "a file of blank lines": (
        {"localities.csv": HAMLETS, "people.csv": "\ufeff\r\n\r\n"},
        ["people.csv facts-empty-file"],
    ),
    # --- headings
    "a column outside the vocabulary": (
        {"localities.csv": "id,level,address\nA,hamlet,x\n"},
        ["localities.csv:1:3 facts-unknown-column"],
    ),
    "a verdict typed in": (
        {"localities.csv": "id,level,verdict\nA,hamlet,eligible\n"},
        ["localities.csv:1:3 facts-unknown-column"],
    ),
    "a column twice": (
        {"localities.csv": "id,level, id\nA,hamlet,A\n"},
        ["localities.csv:1:3 facts-column-twice"],
    ),
    "no level": (
        {"localities.csv": "id,name\nA,Một\n"},
        ["localities.csv:1 facts-missing-column"],
    ),
    "no locality": (
        {"localities.csv": HAMLETS, "people.csv": "standing\nuser\n"},
        ["people.csv:1 facts-missing-column"],
    ),
    "no headings at all": (
        {"localities.csv": HAMLETS, "people.csv": "A,user\nB,user\n"},
        ["people.csv:1 facts-no-headings"],
    ),
    "a value under a blank heading": (
        {"localities.csv": "id,level,\nA,hamlet,\n\nB,hamlet,x\n"},
        ["localities.csv:4:3 facts-no-heading"],
    ),
    # --- the text of CSV files
    "an extra cell": (
        {"localities.csv": "id,level\nA,hamlet,x\nB,hamlet,,\nC,hamlet,,y\n"},
        ["localities.csv:2:3 facts-extra-cells", "localities.csv:4:3 facts-extra-cells"],
    ),
    "an extra cell below a cell of two lines": (
        {"localities.csv": 'id,level\n"A\nB",hamlet\nC,hamlet,x\n'},
        ["localities.csv:4:3 facts-extra-cells"],
    ),
    "a mark within a quoted cell": (
        {"localities.csv": 'id,level\nA,hamlet\n"B"x,hamlet\n'},
        ["localities.csv:3 facts-quotation-marks"],
    ),
    "a mark that is not closed": (
        {"localities.csv": 'id,level\nA,hamlet\nB,"hamlet\nC,hamlet\n'},
        ["localities.csv:3 facts-quotation-marks"],
    ),
    "a mark in the headings that is not closed": (
        {"localities.csv": 'id,"level\nA,hamlet\n'},
        ["localities.csv:1 facts-quotation-marks"],
    ),
    "a cell of a million letters": (
        {"localities.csv": f'id,level\nA,ham"let\n{"B" * 10**6},hamlet\n'},
        ["localities.csv:3 facts-cell-too-long"],
    ),
    "a heading of a million letters": (
        {"localities.csv": f"id,level,{'x' * 10**6}\n"},
        ["localities.csv:1 facts-cell-too-long"],
    ),
    "UTF-16": (
        {"localities.csv": HAMLETS.encode("utf-16")},
        ["localities.csv facts-not-utf8"],
    ),
    "another encoding": (
        {"localities.csv": "id,level\nA,hamlet\nBản,hamlet\n".encode("cp1258", "replace")
         .replace(b"?", b"\xea")},
        ["localities.csv:3 facts-not-utf8"],
    ),
    "another encoding in the headings": (
        {"localities.csv": b"id,level,\xea\nA,hamlet,\n"},
        ["localities.csv:1 facts-not-utf8"],
    ),
    # --- cells
    "a blank id and a blank level": (
        {"localities.csv": "id,level\nA,hamlet\n,hamlet\n , \nB,\n"},
        ["localities.csv:3:1 facts-blank", "localities.csv:5:2 facts-blank"],
    ),
    "a row of a register without a locality": (
        {"localities.csv": HAMLETS, "households.csv": "locality,kind\nA,rich\n,poor\n"},
        ["households.csv:3:1 facts-blank"],
    ),
    # --- what ties the tables together
    "one id twice": (
        {"localities.csv": "id,level\nA,x\nB,x\nA,x\n A ,x\n"},
        ["localities.csv:4:1 facts-id-twice", "localities.csv:5:1 facts-id-twice"],
    ),
    "a parent that does not exist": (
        {"localities.csv": "id,level,parent\nA,x,\nB,x,C\n"},
        ["localities.csv:3:3 facts-unknown-parent"],
    ),
    "one's own parent": (
        {"localities.csv": "id,level,parent\nA,x,\nB,x,B\nC,x,B\n"},
        ["localities.csv:3:3 facts-circle-of-parents"],
    ),
    "two circles of parents": (
        {"localities.csv": "id,level,parent\nA,x,C\nB,x,A\nC,x,B\nD,x,E\nE,x,D\nF,x,E\n"},
        [
            "localities.csv:2:3 facts-circle-of-parents",
            "localities.csv:5:3 facts-circle-of-parents",
        ],
    ),
    "a locality that does not exist": (
        {
            "localities.csv": HAMLETS,
            "households.csv": "locality\nA\nX\n",
            "inspections.csv": "locality,register\nY,people\n",
        },
        [
            "households.csv:3:1 facts-unknown-locality",
            "inspections.csv:2:1 facts-unknown-locality",
        ],
    ),
    "a register that does not exist": (
        {
            "localities.csv": HAMLETS,
            "inspections.csv": "locality,register,on\nA,persons,2025-01-01\n",
        },
        ["inspections.csv:2:2 facts-unknown-register"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("files", "expected"), IN_FOLDERS.values(), ids=IN_FOLDERS)
def test_a_folder_is_refused_with_every_fault_in_its_place(
    tmp_path: Path, files: dict[str, str | bytes], expected: list[str]
) -> None:
    found = faults(write_files(tmp_path, files))
    assert [each.removeprefix(str(tmp_path)) for each in found] == expected
