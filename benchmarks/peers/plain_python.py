"""Plain Python: a function a kind of check, `None` for what is not known."""

from typing import Any

from benchmarks.peers.contract import MET, NOT_MET, OPEN, Outcomes, RecordPeer

Truth = bool | None


class PlainPython(RecordPeer):
    """Functions of a dictionary, written as one would without any library."""

    title = "plain Python"
    way = "functions of a dictionary; `None` is unknown"

    def one(self, record: dict[str, Any]) -> Outcomes:
        """Judge one hamlet."""
        r = record
        return (
            outcome(
                none(r["hot_spots"]), none(r["retail_dealers"]), none(r["use_points"])
            ),
            outcome(
                none(r["offenders_past_year"]),
                none(r["crime_groups_past_year"]),
                none(r["crime_networks_past_year"]),
            ),
            outcome(
                every(r["addicts_file_due"], r["addicts_with_file"]),
                every(r["addicts_present_rehab_due"], r["addicts_present_in_rehab"]),
                every(r["post_rehab_file_due"], r["post_rehab_with_file"]),
            ),
            outcome(
                every(r["substitution_over_12_months"], r["substitution_clean"]),
                every(r["substitution_over_12_months"], r["substitution_compliant"]),
            ),
            outcome(every(r["users_present_file_due"], r["users_present_supervised"])),
            outcome(
                pledged(r["households"], r["households_pledged"]), r["hotline_board"]
            ),
            outcome(at_least_one(r["models_effective"])),
            outcome(none(r["cultivation_past_year"])),
        )


def outcome(*truths: Truth) -> int:
    """Return the outcome of a criterion that demands all of these."""
    if False in truths:
        return NOT_MET
    return OPEN if None in truths else MET


def none(number: int | None) -> Truth:
    """Return whether there are none."""
    return None if number is None else number == 0


def at_least_one(number: int | None) -> Truth:
    """Return whether there is one."""
    return None if number is None else number > 0


def every(whole: int | None, part: int | None) -> Truth:
    """Return whether all are so; of nobody, they are."""
    if whole is None:
        return None
    if whole == 0:
        return True
    return None if part is None else part >= whole


def pledged(households: int | None, signed: int | None) -> Truth:
    """Return whether all have signed; without households, nobody knows."""
    return None if households == 0 else every(households, signed)
