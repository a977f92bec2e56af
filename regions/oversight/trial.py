"""The flag rule tried against the usual league table, on invented results with planted problems. Pure.

What is wrong where, how badly and for how long is known, so it can be counted what each finds, how soon, and
how often it cries wolf. The league table is the one that is used: the jobcentres with the lowest shares two
years running, without asking what was to be expected of them. So that neither wins by saying more, it is cut
where it raises as many alerts as the rule; and it is tried as it stands, the lowest tenth, with the alerts it
raises then.

In an invented country every condition that decides results is known. In the real one some is not: so all is
tried a second time with one condition out of three hidden from the comparison.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special

from regions.comparison.compare import compare
from regions.comparison.intervals import Interval, wilson
from regions.measures.direction import Direction
from regions.measures.fictional import FictionalResults, Planted, fictional_results
from regions.oversight.rule import Deviation, FlagRule, Level, PeriodResult, judge

Alerts = NDArray[np.bool_]
"""Whether there is an alert, shape (units, years)."""

UNITS, YEARS = 94, 8
LOWEST_TENTH = round(UNITS / 10)
PROBLEMS = 5
SMALLEST, LARGEST = 0.10, 0.30
"""How much of the share a planted problem takes."""

SHORTEST, LONGEST = 2, 4
"""Years a planted problem lasts."""

SIZES = np.round(1000 * np.exp(0.8 * np.linspace(-3, 3, UNITS) ** 3 / 9 + 0.4 * np.sin(np.arange(UNITS))))
"""Spells that end in a year, as uneven as the country's jobcentres: some hundreds to some ten thousand."""


BOOTSTRAPS, BOOTSTRAP_SEED = 10_000, 2026
FEWEST_FOR_A_MEDIAN = 6

TRIED_Z = (1.96, 2.33, 2.58, 3.09)
TRIED_RATES = (0.05, 0.10, 0.20)
"""The thresholds among which the best are looked for, on countries that are not reported on."""


class Range(NamedTuple):
    """From where to where something may lie."""

    low: float
    high: float


def between_order_statistics(values: Sequence[float]) -> Range | None:
    """95 per cent interval for the median: how many values lie below it is binomial, half and half.

    At least 95: values are whole, and six are the fewest that can say so much. None of fewer.
    Source: Conover, Practical Nonparametric Statistics, 3rd ed. (1999), 3.2.
    """
    if len(values) < FEWEST_FOR_A_MEDIAN:
        return None
    below = next(count for count in range(len(values)) if special.bdtr(count, len(values), 0.5) >= 0.025)
    ordered = sorted(values)
    return Range(ordered[below - 1], ordered[-below])


def bootstrapped_mean(values: Sequence[float]) -> Range | None:
    """95 per cent percentile interval for the mean. The same values give the same, bit for bit."""
    if not values:
        return None
    drawn = np.random.default_rng(BOOTSTRAP_SEED).choice(values, size=(BOOTSTRAPS, len(values)))
    low, high = np.quantile(drawn.mean(axis=1), [0.025, 0.975])
    return Range(float(low), float(high))


@dataclass(frozen=True, eq=False)
class World:
    """One invented country: its results, the conditions the comparison knows, and what is wrong."""

    results: FictionalResults
    conditions: NDArray[np.float64]
    problems: Sequence[Planted]


@dataclass(frozen=True)
class Outcome:
    """What one way of looking found over some countries.

    found, problems: planted problems, those with an alert while they lasted and all.
    false, alerts: alerts where nothing was wrong, and all; one that goes on from year to year is one.
    delays: years from the first of a problem that was found to its alert; 1 is the soonest two years running
    can be seen.
    """

    problems: int
    found: int
    alerts: int
    false: int
    delays: tuple[int, ...]

    @property
    def detection(self) -> Interval:
        return wilson(successes=self.found, trials=self.problems)

    @property
    def false_share(self) -> Interval | None:
        return wilson(successes=self.false, trials=self.alerts) if self.alerts else None

    @property
    def median_delay(self) -> float | None:
        return float(np.median(self.delays)) if self.delays else None

    @property
    def median_within(self) -> Range | None:
        """Two of the delays in order, between which the median of many more lies 19 times out of 20."""
        return between_order_statistics(self.delays)

    @property
    def mean_delay(self) -> float | None:
        return float(np.mean(self.delays)) if self.delays else None

    @property
    def mean_within(self) -> Range | None:
        return bootstrapped_mean(self.delays)


@dataclass(frozen=True)
class Trial:
    """The rule and the league table on the same countries, at as nearly as possible as many alerts.

    cut: how many jobcentres count as the league table's bottom.
    """

    rule: Outcome
    league: Outcome
    cut: int


def invent(seed: int, *, hidden: int = 0) -> World:
    """A country by its seed: the same seed gives the same, bit for bit.

    hidden: how many of its three conditions the comparison does not know.
    """
    drawn = np.random.default_rng([seed, 7])
    conditions = np.column_stack([np.log(SIZES), drawn.normal(size=(UNITS, 2))])
    problems = [
        Planted(
            unit=int(unit),
            start=int(drawn.integers(1, YEARS - SHORTEST + 1)),
            size=-float(drawn.uniform(SMALLEST, LARGEST)),
            duration=int(drawn.integers(SHORTEST, LONGEST + 1)),
        )
        for unit in drawn.choice(UNITS, size=PROBLEMS, replace=False)
    ]
    results = fictional_results(
        seed=seed, sizes=SIZES, conditions=conditions, periods=YEARS, planted=problems
    )
    return World(results, conditions[:, : conditions.shape[1] - hidden], problems)


def flagged(world: World, *, rule: FlagRule) -> Alerts:
    """Where the rule says serious, year by year, knowing no later year."""
    histories: list[list[PeriodResult]] = [[] for _unit in range(UNITS)]
    alerts = np.zeros((UNITS, YEARS), dtype=np.bool_)
    for year in range(YEARS):
        actual, base = world.results.numerator[:, year], world.results.denominator[:, year]
        beside = compare(
            actual=actual,
            base=base,
            conditions=world.conditions,
            direction=Direction.HIGHER_BETTER,
            least_base=rule.least_base,
        )
        for unit, history in enumerate(histories):
            deviation = Deviation(
                expected=float(beside.expected[unit]),
                z_adjusted=float(beside.z_adjusted[unit]),
                p_adjusted=float(beside.p_adjusted[unit]),
            )
            history.append(
                PeriodResult(
                    starts_on=date(2001 + year, 1, 1),
                    ends_on=date(2001 + year, 12, 31),
                    actual=int(actual[unit]),
                    base=int(base[unit]),
                    deviation=deviation if beside.enough[unit] else None,
                )
            )
            said = judge(results=history, direction=Direction.HIGHER_BETTER, rule=rule)
            alerts[unit, year] = said.level is Level.SERIOUS
    return alerts


def at_the_bottom(world: World, *, cut: int) -> Alerts:
    """Where a jobcentre is among the `cut` lowest shares two years running."""
    share = world.results.numerator / world.results.denominator
    place = share.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    low = place < cut
    alerts = np.zeros_like(low)
    alerts[:, 1:] = low[:, 1:] & low[:, :-1]
    return alerts


def outcome(worlds: Sequence[World], alerts: Sequence[Alerts]) -> Outcome:
    """Count what was found, how soon, and what was found where nothing is."""
    delays: list[int] = []
    begun = false = 0
    for world, raised in zip(worlds, alerts, strict=True):
        wrong = np.zeros_like(raised)
        for problem in world.problems:
            wrong[problem.unit, problem.span] = True
            seen = np.flatnonzero(raised[problem.unit, problem.span])
            if seen.size:
                delays.append(int(seen[0]))
        first = raised & ~np.pad(raised, ((0, 0), (1, 0)))[:, :-1]
        begun += int(first.sum())
        false += int((first & ~wrong).sum())
    problems = sum(len(world.problems) for world in worlds)
    return Outcome(problems, len(delays), begun, false, tuple(delays))


def league_table(worlds: Sequence[World], *, cut: int) -> Outcome:
    return outcome(worlds, [at_the_bottom(world, cut=cut) for world in worlds])


def trial(worlds: Sequence[World], *, rule: FlagRule) -> Trial:
    """Both on the same countries; the league table is cut where its alerts come nearest to the rule's."""
    of_rule = outcome(worlds, [flagged(world, rule=rule) for world in worlds])
    of_league = {cut: league_table(worlds, cut=cut) for cut in range(1, UNITS)}
    cut = min(of_league, key=lambda cut: (abs(of_league[cut].alerts - of_rule.alerts), cut))
    return Trial(of_rule, of_league[cut], cut)


def tuned(worlds: Sequence[World]) -> FlagRule:
    """The thresholds that find most, each false alarm taken off; of equals, the strictest."""
    tried = [
        FlagRule(serious_z=z, false_discovery_rate=rate)
        for z in sorted(TRIED_Z, reverse=True)
        for rate in TRIED_RATES
    ]

    def gain(rule: FlagRule) -> int:
        said = outcome(worlds, [flagged(world, rule=rule) for world in worlds])
        return said.found - said.false

    return max(tried, key=gain)
