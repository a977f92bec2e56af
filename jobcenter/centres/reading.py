"""What a line says of a jobcentre, and where nobody answers. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from jobcenter.runtime.csvlines import Period, digits, filled, period

COLUMNS = ("municipality", "jobcentre", "jobcentre_name", "valid_from", "valid_to", "evidence", "note")


EVIDENCE = ("source", "derived", "memory", "memory-uncertain")


@dataclass(frozen=True)
class ServesLine:
    """That a jobcentre answers for a municipality in a period. `evidence`: how we know."""

    municipality: str
    jobcentre: str
    jobcentre_name: str
    period: Period
    evidence: str


def serves(row: Mapping[str, str]) -> ServesLine:
    evidence = filled(row, "evidence")
    if evidence not in EVIDENCE:
        raise ValueError(f"there is no evidence called “{evidence}”")
    return ServesLine(
        municipality=digits(row, "municipality", count=4),
        jobcentre=digits(row, "jobcentre", count=4),
        jobcentre_name=filled(row, "jobcentre_name"),
        period=period(row),
        evidence=evidence,
    )


def covering(periods: Iterable[Period]) -> Period:
    """From the first day of any of the periods until the last of them ends. Raises ValueError without any."""
    found = list(periods)
    ends = [one.valid_to for one in found]
    return Period(
        min(one.valid_from for one in found), None if None in ends else max(end for end in ends if end)
    )


def gaps(answered: Iterable[Period], *, whole: Period) -> list[Period]:
    """The parts of `whole` that none of the periods covers, in order of time; the periods may overlap."""
    found = []
    reached, end = whole.valid_from, whole.valid_to or date.max
    for one in sorted(answered, key=lambda one: one.valid_from):
        if one.valid_from >= end:
            break
        if one.valid_from > reached:
            found.append(Period(reached, one.valid_from))
        reached = max(reached, one.valid_to or date.max)
    if reached < end:
        found.append(Period(reached, whole.valid_to))
    return found
