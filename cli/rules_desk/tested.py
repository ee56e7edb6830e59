"""A pack that was tested: what came of its cases, and how much of it they cover."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.pack import Pack
from engine.policy.case_run import CaseRun
from engine.policy.case_runs_from_cases import case_runs_from_cases
from engine.policy.coverage_from_cases import Covered, Sort, coverage_from_cases
from engine.policy.worked_cases_from_yaml import worked_cases_from_yaml


@dataclass(frozen=True, slots=True)
class Tested:
    """What came of the cases of one pack."""

    pack: Pack
    runs: tuple[CaseRun, ...]
    coverage: Mapping[Sort, Covered]

    @property
    def failed(self) -> tuple[CaseRun, ...]:
        """The cases of which the answer says something else than they expect."""
        return tuple(run for run in self.runs if not run.has_passed)

    def is_well(self, threshold: int) -> bool:
        """Tell whether every case passes and each kind is covered as far as demanded."""
        covered = self.coverage.values()
        return not self.failed and all(each.reaches(threshold) for each in covered)


def tested_from_file(pack: Pack, file: tuple[str, bytes] | None) -> Tested:
    """Run the cases that a file, by its name and text, holds; without a file, none.

    Raises:
        RulesError: The cases are not valid.
    """
    cases = () if file is None else worked_cases_from_yaml(file[1], file[0], pack)
    runs = case_runs_from_cases(pack, cases)
    return Tested(pack, runs, coverage_from_cases(pack, cases))
