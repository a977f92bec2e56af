"""The labour market balance of an occupation in an area, by Arbejdsmarkedsbalancen's published rule. Pure.

    recruitment problems   unemployment   turnover
    yes                    low            any        shortage
    yes                    high           any        paradox: the unemployed have other skills
    no                     low            high       good prospects
    no                     high           low        less good prospects
    no                     otherwise                 not assessed
    yes or no              not known                 what employers say, and no more than that
    not assessed                                     not assessed

*Severe shortage* is said of an occupation over areas, not of one (`severe.py`).

Source: arbejdsmarkedsbalancen.dk and star.dk. What counts as low and high is not published: our own, dated,
and explained (`rules.toml`).
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum

from scipy.special import bdtr

from regions.bottlenecks.figures.indicators import Outcomes, Recruitment, assess


class Balance(StrEnum):
    SHORTAGE = "shortage"
    PARADOX = "paradox"
    GOOD = "good"
    LESS_GOOD = "less_good"
    PROBLEMS = "problems"
    NO_PROBLEMS = "no_problems"
    """What employers say alone, where the registers tell nothing of unemployment."""
    NOT_ASSESSED = "not_assessed"


@dataclass(frozen=True, kw_only=True)
class Cuts:
    """Where low ends and high begins.

    failed: failed recruitment rate from which there are problems. least_attempts: fewer are never assessed.
    unemployment: rate up to which it is low. turnover: hires for each of the employed in the period, from
    which it is high. None: the rule knows no such cut, and says what employers say.
    Raises ValueError on cuts that cannot be.
    """

    failed: float = 0.20
    least_attempts: int = 5
    unemployment: float | None = 0.03
    turnover: float | None = 0.08

    def __post_init__(self) -> None:
        if not (0 < self.failed < 1 and self.least_attempts >= 1):
            raise ValueError("the cut of failed attempts lies between 0 and 1, and at least one is needed")
        if not (self.unemployment is None or 0 < self.unemployment < 1):
            raise ValueError("the cut of unemployment lies between 0 and 1")
        if not (self.turnover is None or self.turnover > 0):
            raise ValueError("the cut of turnover lies above 0")


def balance(
    problems: Recruitment, *, unemployment: float | None, turnover: float | None, cuts: Cuts
) -> Balance:
    """The category by the table above.

    problems: what employers' answers say. unemployment: rate, 0 to 1. turnover: hires for each of the
    employed. None: not known.
    """
    if problems is Recruitment.NOT_ASSESSED or unemployment is None or cuts.unemployment is None:
        return Balance(problems)
    is_low = unemployment <= cuts.unemployment
    if problems is Recruitment.PROBLEMS:
        return Balance.SHORTAGE if is_low else Balance.PARADOX
    if turnover is None or cuts.turnover is None:
        return Balance.NO_PROBLEMS
    is_high = turnover >= cuts.turnover
    if is_low and is_high:
        return Balance.GOOD
    if not is_low and not is_high:
        return Balance.LESS_GOOD
    return Balance.NOT_ASSESSED


def sureness(outcomes: Outcomes, *, cuts: Cuts) -> float | None:
    """Share of resamples of the answers in which employers' problems are said to be the same; None without
    any.

    A resample draws as many answers, with replacement, from those that were given. How many of them fail is
    binomial, so the share of *all* resamples is a sum, and nothing need be drawn. Unemployment and turnover
    are counted from everybody and stay as they are, so the balance stays wherever this does.
    """
    attempts, failed = outcomes.attempts, outcomes.failed
    if not attempts:
        return None
    order = [Recruitment.NO_PROBLEMS, Recruitment.NOT_ASSESSED, Recruitment.PROBLEMS]

    def said(number: int) -> int:
        """Never falls as more of the same number of attempts fail."""
        resample = Outcomes(not_filled=number, filled_as_wanted=attempts - number)
        return order.index(
            assess(outcomes=resample, cut=cuts.failed, least_attempts=cuts.least_attempts).recruitment
        )

    claimed = said(failed)
    fewest = bisect_left(range(attempts + 1), claimed, key=said)
    beyond = bisect_left(range(attempts + 1), claimed + 1, key=said)
    rate = failed / attempts
    below = bdtr(fewest - 1, attempts, rate) if fewest else 0.0
    return float(min(1.0, bdtr(beyond - 1, attempts, rate) - below))
