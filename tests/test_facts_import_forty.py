"""A workbook with forty errors: each is told with its cell; corrected, it is judged."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl  # noqa: TID251  (what it reads)  (tests write what the engine reads)
from openpyxl.utils.cell import coordinate_to_tuple  # noqa: TID251  (what it reads)

from engine.assess import assess
from engine.desk.tables_from_workbooks.folder import write_folder
from engine.facts_from_files import facts_from_files
from engine.library import Library
from tests.support.messy_workbooks import (
    COLUMNS,
    FIRST_ROW,
    ROOT,
    VOCABULARY,
    Book,
    faults,
    imported,
    known,
    sound,
)

PLANTED: dict[str, object] = {
    "F14 import-not-a-count": "3 điểm",
    "G14 import-not-a-count": "9999999999999",
    "H14 import-not-a-count": "N/A",
    "C7 import-not-a-count": "có",
    "D7 import-not-a-count": -1,
    "E7 import-not-a-count": 1.5,
    "F7 import-not-a-count": "1.23",
    "G7 import-not-a-count": "1,234",
    "H7 import-not-a-count": "12.0",
    "J7 import-not-yes-or-no": "đạt",
    "C8 import-not-a-count": "1e3",
    "D8 import-not-a-count": "12-15",
    "E8 import-not-a-count": True,
    "F8 import-not-a-count": "khoảng 10",
    "G8 import-not-a-count": "10 + 2",
    "H8 import-not-a-count": "1.2345",
    "J8 import-not-yes-or-no": 2,
    "C9 import-not-a-count": date(2024, 1, 2),
    "D9 import-not-a-count": "<5",
    "E9 import-not-a-count": "nhiều",
    "F9 import-not-a-count": "5%",
    "G9 import-not-calculated": "=F9+1",
    "H9 import-not-a-count": "12.34",
    "J9 import-not-yes-or-no": "đang làm",
    "B10 import-no-locality": None,
    "B11 import-locality-twice": "Tổ dân phố số 1",
    "B12 import-unknown-locality": "Tổ dân phố số 99",
    "C13 import-not-a-count": "1 2",
    "D13 import-not-a-count": "1.234.56",
    "H13 import-not-a-count": "0,5",
}
REST = (
    "offenders_past_year", "crime_groups_past_year", "crime_networks_past_year",
    "addicts_file_due", "addicts_present_rehab_due", "addicts_present_in_rehab",
    "post_rehab_file_due", "post_rehab_with_file", "substitution_over_12_months",
    "substitution_clean", "substitution_compliant", "users_present_file_due",
    "users_present_supervised", "models_effective", "cultivation_past_year",
)  # fmt: skip
"""What else the city's plan asks, in the columns K to Y."""
PASSES = [0, 0, 0, 2, 1, 1, 0, 0, 1, 1, 1, 3, 3, 1, 0]
AS_REVIEWED: dict[str, object] = {
    "X9": 0,  # the third hamlet's model is no longer kept up
    "K16": 1,  # the tenth has an offender
    "I17": 110,  # in the eleventh a household has not signed
    "Q18": None,  # of the twelfth nobody said who is after rehabilitation, nor their files
    "R18": None,
    "J19": "không",  # the thirteenth has no board
    "Y20": "-",  # of the fourteenth nobody looked for plants
}
VERDICTS = {
    "03389": "not_eligible",
    **{f"03389-{at:02}": "eligible" for at in range(1, 16)},
    **dict.fromkeys(["03389-03", "03389-10", "03389-11", "03389-13"], "not_eligible"),
    **dict.fromkeys(["03389-12", "03389-14"], "undetermined"),
}
"""By the city's plan, worked out by hand from the cells above."""
AROUND = [
    "I22 import-total-differs",
    "Z4 import-unknown-heading",
    "AA4 import-personal-column",
    "AB4 import-personal-column",
    "AC4 import-column-twice",
]
TO_DELETE = ("Ghi chú thêm", "Họ và tên trưởng bản", "Số điện thoại", "Số hộ gia đình")
CORRECTED_MODELS: list[list[object]] = [
    [
        "Tổ dân phố",
        "Loại mô hình",
        "Ngày quyết định thành lập",
        "Đang duy trì hoạt động",
    ],
    ["TDP số 1", "camera", date(2024, 3, 14), "có"],
    ["TDP số 2", "camera", "14/3/2024", "có"],
    ["TDP số 3", "camera", "31/03/2024", "không"],
    ["TDP số 7", "other", date(2024, 2, 1), "x"],
]
MODELS: list[list[object]] = [
    *CORRECTED_MODELS[:2],
    ["TDP số 2", "camera", "14/3/24", "có"],
    ["TDP số 3", "máy ảnh", "31/02/2024", "không"],
    ["TDP số 77", "other", 2024, "x"],
]
IN_MODELS = [
    "C3 import-ambiguous-year",
    "B4 import-not-a-choice",
    "C4 import-not-a-day",
    "A5 import-unknown-locality",
    "C5 import-not-a-day",
]


def corrected() -> Book:
    """Return the commune's workbook as it should be."""
    rows = [[*row, *PASSES] for row in sound().rows]
    labels = [VOCABULARY.counts[name].label.vi for name in REST]
    columns = (*COLUMNS, *(("", label) for label in labels))
    made = Book(rows, columns, total=[0, 0, 0, 30, 30, 1620, 1619])
    return with_cells(made, AS_REVIEWED)


def planted() -> Book:
    """Return the same workbook as it came in."""
    wrong = {fault.split()[0]: cell for fault, cell in PLANTED.items()}
    made = with_cells(corrected(), wrong)
    columns = (*made.columns, *(("", heading) for heading in TO_DELETE))
    rows = [[*row, *[None] * len(TO_DELETE)] for row in made.rows]
    return Book(rows, columns, total=[0, 0, 0, 30, 30, 1620, 1618])


def with_cells(made: Book, cells: Mapping[str, object]) -> Book:
    for address, cell in cells.items():
        row, column = coordinate_to_tuple(address)
        made = made.with_cell(row - FIRST_ROW, column - 1, cell)
    return made


def workbook(folder: Path, made: Book, models: list[list[object]]) -> Path:
    """Write a workbook with its second sheet."""
    file = made.write(folder / "03389.xlsx")
    opened = openpyxl.load_workbook(file)
    sheet = opened.create_sheet("Mô hình")
    for row in models:
        sheet.append(row)
    opened.save(file)
    return file


def test_forty_planted_errors_are_told_each_with_its_cell(tmp_path: Path) -> None:
    file = workbook(tmp_path, planted(), MODELS)
    told = faults(imported(file, localities=known()).problems)
    assert len(told) == 40
    assert sorted(told) == sorted([*PLANTED, *AROUND, *IN_MODELS])


def test_the_corrected_workbook_is_judged_as_worked_out_by_hand(
    tmp_path: Path,
) -> None:
    file = workbook(tmp_path, corrected(), CORRECTED_MODELS)
    result = imported(file, localities=known())
    assert not result.problems
    out = tmp_path / "out"
    out.mkdir()
    write_folder(result, out, VOCABULARY)
    pack = Library(ROOT / "rules").find("lai-chau/city-2024")
    judged = assess(pack, facts_from_files(out, VOCABULARY), date(2024, 12, 14))
    assert {each.id: each.verdict for each in judged.localities} == VERDICTS
