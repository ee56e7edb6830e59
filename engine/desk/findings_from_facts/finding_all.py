"""Every kind of finding, looked for and put in order."""

from datetime import date
from itertools import chain

from engine.assess import judge_localities
from engine.desk.finding import Finding, Severity
from engine.desk.findings_from_facts.conflicts import conflicts_of
from engine.desk.findings_from_facts.dates import impossible_dates
from engine.desk.findings_from_facts.doubts import doubts_of
from engine.desk.findings_from_facts.gaps import Telling
from engine.desk.findings_from_facts.inspections import (
    registers_only_inspected,
    stale_inspections,
)
from engine.desk.findings_from_facts.missing import missing_from
from engine.desk.findings_from_facts.official_list import strangers_to_the_list
from engine.desk.findings_from_facts.silences import silences_of
from engine.desk.findings_from_facts.standings import misplaced_localities
from engine.facts import Facts
from engine.pack import Pack

_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


def findings_from_facts(pack: Pack, facts: Facts, as_of: date) -> tuple[Finding, ...]:
    """Return what an inspector should look at before the pack judges these facts.

    The worst first, then in the order of the localities. Whether the pack is in force
    on the day does not matter.

    Raises:
        FactsError: the facts hold numbers too large to add up.
    """
    # The counts need the verdicts below where a pack counts them; nothing else does.
    judged = judge_localities(pack, facts, as_of, outside_force=True)
    telling = Telling(judged.frame)
    found = chain(
        conflicts_of(judged),
        misplaced_localities(judged, telling),
        impossible_dates(judged),
        missing_from(judged, telling),
        stale_inspections(judged, telling),
        registers_only_inspected(judged),
        doubts_of(judged, telling),
        silences_of(judged),
        strangers_to_the_list(judged),
    )
    order = {one: at for at, one in enumerate(judged.frame.get_column("id"))}

    def rank(finding: Finding) -> tuple[int, int, str, str]:
        at = -1 if finding.locality is None else order.get(finding.locality, -1)
        places = " ".join(map(str, finding.places[:1]))
        return _RANKS[finding.severity], at, finding.code, places

    return tuple(sorted(found, key=rank))
