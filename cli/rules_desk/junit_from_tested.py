"""What came of tests in JUnit's XML, which servers that build and test can read."""

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from cli.plain import plain
from cli.rules_desk.mismatch_in_words import behind, in_words
from cli.rules_desk.tested import Tested
from engine.policy.case_run import CaseRun


def junit_from_tested(tested: Sequence[Tested]) -> Iterator[bytes]:
    """Yield the report: a suite a pack, a test a case; no clock, so the same bytes."""
    root = ET.Element("testsuites", _numbers(tested))
    for each in tested:
        suite = ET.SubElement(root, "testsuite", _numbers([each]))
        suite.set("name", each.pack.id)
        for run in each.runs:
            _add_case(suite, each.pack.id, run)
    ET.indent(root)
    yield ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _numbers(tested: Sequence[Tested]) -> dict[str, str]:
    return {
        "tests": str(sum(len(each.runs) for each in tested)),
        "failures": str(sum(len(each.failed) for each in tested)),
        "errors": "0",
        "skipped": "0",
    }


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
    told = [plain(in_words(each)) for each in run.mismatches]
    failure = ET.SubElement(case, "failure", {"message": "; ".join(told)})
    failure.text = "\n".join(
        plain(f"{each.claim.place}: {words} ({behind(each, run.answer)})")
        for each, words in zip(run.mismatches, told, strict=True)
    )
