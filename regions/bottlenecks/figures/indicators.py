"""What employers' answers say about an occupation in an area: do they recruit in vain?

Every vacancy ends with an answer. An attempt to recruit failed when nobody was hired, and when somebody
with another profile than the one looked for was:

    failed recruitment rate = (b + c) / (a + b + c)
        a  filled as wanted     b  filled with another profile     c  not filled

A vacancy that was withdrawn is no attempt, and one whose end is unknown tells nothing: neither counts.

Source: the definition Denmark has used since the fourth quarter of 2018 ("forgæves rekrutteringer",
Styrelsen for Arbejdsmarked og Rekruttering).
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from enum import StrEnum

from regions.comparison.intervals import Interval, wilson


class Recruitment(StrEnum):
    """What employers' answers say of finding people."""

    PROBLEMS = "problems"
    NO_PROBLEMS = "no_problems"
    NOT_ASSESSED = "not_assessed"


class Hesitation(StrEnum):
    """Why an occupation is not assessed."""

    TOO_FEW_ATTEMPTS = "too_few_attempts"
    EITHER_SIDE = "either_side"
    """The interval reaches to both sides of the cut: the answers fit with problems and with none."""


@dataclass(frozen=True, kw_only=True)
class Outcomes:
    """How many vacancies ended in which way. Raises ValueError on a negative number."""

    filled_as_wanted: int = 0
    filled_other_profile: int = 0
    not_filled: int = 0
    withdrawn: int = 0
    unknown: int = 0

    def __post_init__(self) -> None:
        if min(astuple(self)) < 0:
            raise ValueError("a number of vacancies is not negative")

    @property
    def failed(self) -> int:
        return self.filled_other_profile + self.not_filled

    @property
    def attempts(self) -> int:
        return self.filled_as_wanted + self.failed


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """What is proposed for one occupation in one area, and what it rests on.

    attempts, failed: vacancies. rate: failed among attempts, 0 to 1, None without an attempt.
    interval: of the rate, Wilson, 95 %; None without an attempt.
    hesitation: why nothing is claimed; None when something is.
    """

    attempts: int
    failed: int
    rate: float | None
    interval: Interval | None
    recruitment: Recruitment
    hesitation: Hesitation | None = None


def assess(*, outcomes: Outcomes, cut: float, least_attempts: int = 5) -> Assessment:
    """Say whether employers have problems recruiting, as far as their answers allow.

    cut: failed recruitment rate from which there are problems, above 0 and below 1. least_attempts: fewer are
    never assessed, at least 1.

    The interval decides, not the rate: problems are claimed only where all of it lies at or above the cut (so
    the rate does too), and their absence only where all of it lies below. Whatever lies on both sides is not
    assessed. So a few answers cannot claim anything that a few others would have turned, and one side is
    not believed more easily than the other. With a cut of 20 %, three failures in five attempts are the
    fewest that say "problems", and sixteen attempts without one the fewest that say "none".
    Raises ValueError on a cut or a number of attempts that cannot be.
    """
    if not 0 < cut < 1 or least_attempts < 1:
        raise ValueError("the cut lies between 0 and 1, and at least one attempt is needed")
    attempts, failed = outcomes.attempts, outcomes.failed
    interval = wilson(successes=failed, trials=attempts) if attempts else None
    recruitment, hesitation = Recruitment.NOT_ASSESSED, None
    if interval is None or attempts < least_attempts:
        hesitation = Hesitation.TOO_FEW_ATTEMPTS
    elif interval.lower >= cut:
        recruitment = Recruitment.PROBLEMS
    elif interval.upper < cut:
        recruitment = Recruitment.NO_PROBLEMS
    else:
        hesitation = Hesitation.EITHER_SIDE
    return Assessment(
        attempts=attempts,
        failed=failed,
        rate=failed / attempts if attempts else None,
        interval=interval,
        recruitment=recruitment,
        hesitation=hesitation,
    )
