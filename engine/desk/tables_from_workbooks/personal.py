"""Headings of columns that would tell who a person is; no such column enters."""

import re
from typing import Final

from engine.desk.tables_from_workbooks.folding import folded

_TELLING: Final = re.compile(
    r"""\b(?:
    ho\ (?:va\ )?(?:chu\ dem\ )?ten | bi\ danh | ten\ (?:goi|khac|thuong\ goi|tuc)
    | ten\ (?:nguoi|doi\ tuong|chu\ ho|cong\ dan|can\ bo|con\ nghien)
    | cccd | cmnd | cmt | cmtnd | can\ cuoc | chung\ minh | dinh\ danh | ho\ chieu
    | (?:ma\ )?so\ (?:bhxh|bhyt|the)
    | ngay(?:\ thang(?:\ nam)?)?\ sinh | nam\ sinh | thang\ sinh | sinh\ (?:ngay|nam)
    | (?:so\ )?dien\ thoai | sdt | so\ dt | di\ dong | zalo | facebook | e\ ?mail
    | dia\ chi | noi\ (?:o|cu\ tru|thuong\ tru|tam\ tru|sinh|dang\ ky)
    | cho\ o | (?:dia\ diem\ )?(?:dang\ ky\ )?(?:thuong|tam)\ tru\ (?:tai|o)
    | ho\ khau | hktt | que\ quan | nguyen\ quan
    | full\ name | first\ name | last\ name | surname | alias | nickname | person\ name
    | name\ of\ (?:the\ )?person | date\ of\ birth | birth\ ?(?:day|date|year)? | dob
    | year\ of\ birth | identity | id\ (?:card|number|no) | passport | national\ id
    | tele?phone | phone | mobile | tel | address
    )\b""",
    re.VERBOSE,
)
_WHOLE: Final = {"ho ten", "thuong tru", "tam tru", "noi o", "dia chi", "dt", "tuoi"}
_OF_PERSONS: Final = {"ten", "name", "ho", "names"}


def tells_a_person(heading: str, *, of_localities: bool) -> bool:
    """Return whether a column so headed names or identifies persons.

    A name alone is a locality's in a table of localities, and a person's elsewhere.

    >>> tells_a_person("Họ và tên", of_localities=True)
    True
    >>> tells_a_person("Tên thôn", of_localities=True)
    False
    """
    text = folded(heading)
    if _TELLING.search(text) or text in _WHOLE:
        return True
    return not of_localities and text in _OF_PERSONS
