"""What came of tests in JUnit's XML, which servers that build and test can read."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from cli.complaint import told
from cli.plain import plain
from cli.rules_desk.mismatch_in_words import behind, in_words
from cli.rules_desk.tested import Tested
from engine.errors import Diagnostic
from engine.policy.case_run import CaseRun


def junit_from_tested(
    tested: Sequence[Tested], wrong: Sequence[Diagnostic] = ()
) -> Iterator[bytes]:
    """Yield the report: a suite a pack, a test a case; no clock, so the same bytes.

    What is wrong with a file, so that its cases could not run, is an error in a suite
    that bears the file's name.
    """
    root = ET.Element("testsuites", _numbers(tested, len(wrong)))
    for each in tested:
        suite = ET.SubElement(root, "testsuite", _numbers([each]))
        suite.set("name", each.pack.id)
        for run in each.runs:
            _add_case(suite, each.pack.id, run)
    for file, found in groupby(wrong, key=lambda one: plain(one.place.file)):
        problems = tuple(found)
        suite = ET.SubElement(root, "testsuite", _numbers((), len(problems)))
        suite.set("name", file)
        for one in problems:
            _add_error(suite, file, one)
    ET.indent(root)
    yield ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _numbers(tested: Sequence[Tested], errors: int = 0) -> dict[str, str]:
    return {
        "tests": str(sum(len(each.runs) for each in tested) + errors),
        "failures": str(sum(len(each.failed) for each in tested)),
        "errors": str(errors),
        "skipped": "0",
    }


def _add_error(suite: ET.Element, file: str, one: Diagnostic) -> None:
    case = ET.SubElement(suite, "testcase", {"classname": file, "name": one.code})
    case.set("file", file)
    case.set("line", str(one.place.line or 1))
    ET.SubElement(case, "error", {"message": told(one)})


def _add_case(suite: ET.Element, pack: str, run: CaseRun) -> None:
    place = run.case.place
    case = ET.SubElement(
        suite,
        "testcase",
        {
            "classname": pack,
            "name": plain(run.case.sentence),
            "file": plain(place.file),
            "line": str(place.line),
        },
    )
    if run.has_passed:
        return
    said = [plain(in_words(each)) for each in run.mismatches]
    failure = ET.SubElement(case, "failure", {"message": "; ".join(said)})
    failure.text = "\n".join(
        plain(f"{each.claim.place}: {words} ({behind(each, run.answer)})")
        for each, words in zip(run.mismatches, said, strict=True)
    )
