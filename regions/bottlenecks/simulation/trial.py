"""The rule of the balance tried on invented labour markets, where it is known what is short. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from regions.bottlenecks.figures.balance import Balance, Cuts, balance
from regions.bottlenecks.figures.indicators import Outcomes, assess
from regions.bottlenecks.figures.labour import Stock
from regions.bottlenecks.simulation.inventing import (
    DAYS,
    NONE,
    Ending,
    IntArray,
    Market,
    State,
)
from regions.comparison.intervals import Interval, wilson

DAYS_TO_ANSWER = 14
"""Days after the half-year's last that are waited for answers before the report is drafted."""


@dataclass(frozen=True)
class Found:
    """What the rule claimed of one occupation in one area, and what is true of it."""

    attempts: int
    is_short: bool
    claimed: Balance


@dataclass(frozen=True)
class Tally:
    """Shortages among some cells. planted: true ones. claimed: said to be. right: both."""

    cells: int
    planted: int
    claimed: int
    right: int

    @property
    def precision(self) -> Interval | None:
        return wilson(successes=self.right, trials=self.claimed) if self.claimed else None

    @property
    def recall(self) -> Interval | None:
        return wilson(successes=self.right, trials=self.planted) if self.planted else None


def judged(market: Market, *, cuts: Cuts) -> Iterator[Found]:
    """The rule's claim about every occupation in every area, from what was known when it was drafted."""
    counts = outcomes_by(market, day=DAYS + DAYS_TO_ANSWER)
    for (occupation, area), state in np.ndenumerate(market.state):
        outcomes = Outcomes(**{name: int(number[occupation, area]) for name, number in counts.items()})
        stock = Stock(
            employed=int(market.employed[occupation, area]),
            unemployed=int(market.unemployed[occupation, area]),
            hires=int(market.hired[occupation, area]),
        )
        said = assess(outcomes=outcomes, cut=cuts.failed, least_attempts=cuts.least_attempts)
        claimed = balance(
            said.recruitment, unemployment=stock.unemployment_rate, turnover=stock.turnover, cuts=cuts
        )
        yield Found(said.attempts, bool(state == State.SHORTAGE), claimed)


def outcomes_by(market: Market, *, day: int) -> dict[str, IntArray]:
    """How vacancies ended, as far as it was told before a day: by field of Outcomes, (occupations, areas).

    A vacancy counts once, whatever is said of it again; one of which nothing was said by then is unknown.
    """
    vacancies = market.vacancies
    closed = vacancies.closed != NONE
    known = np.where(vacancies.answered < day, vacancies.answer, NONE)
    names: dict[str, int] = {
        "filled_as_wanted": Ending.WANTED,
        "filled_other_profile": Ending.OTHER_PROFILE,
        "not_filled": Ending.IN_VAIN,
        "withdrawn": Ending.WITHDRAWN,
        "unknown": NONE,
    }
    counts: dict[str, IntArray] = {}
    for name, ending in names.items():
        chosen = closed & (known == ending)
        counts[name] = np.zeros(market.state.shape, dtype=np.int64)
        np.add.at(counts[name], (vacancies.occupation[chosen], vacancies.area[chosen]), 1)
    return counts


def tally(found: Sequence[Found]) -> Tally:
    """Count shortages among them."""
    claimed = [cell for cell in found if cell.claimed is Balance.SHORTAGE]
    return Tally(
        cells=len(found),
        planted=sum(cell.is_short for cell in found),
        claimed=len(claimed),
        right=sum(cell.is_short for cell in claimed),
    )
