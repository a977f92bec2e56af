"""When a result is worth a person's attention: the flag rule, as plain arithmetic on what was compared.

What is judged is actual against expected, never the raw figure. A flag is a reason to look, not a verdict:
it becomes a proposal that a named officer dismisses, watches or takes further.

    serious        clearly worse than expected, by so much that it matters, in several periods in a row
    watch          worse than chance would usually have it, in the latest period
    too few data   the latest period says nothing, good or bad
    None           nothing to look at

Why so much is asked of *serious*: a hundred jobcentres are compared on many measures, so one striking
figure is to be expected somewhere every time; two in a row in the same place are not.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from math import isfinite

from regions.comparison.intervals import wilson
from regions.measures.direction import Direction


class Level(StrEnum):
    SERIOUS = "serious"
    WATCH = "watch"
    TOO_FEW_DATA = "too_few_data"


class Condition(StrEnum):
    """What the rule asks of a result."""

    ENOUGH_DATA = "enough_data"
    """Something could be expected, of a base that is large enough (0 where nothing could)."""

    BEYOND_WATCH = "beyond_watch"
    """So many standard errors worse than expected that it is worth following."""

    BEYOND_SERIOUS = "beyond_serious"
    """So many that chance hardly ever does it."""

    RARE_AMONG_ALL = "rare_among_all"
    """Still rare when it is counted how many were compared: adjusted p *below* the threshold."""

    SHARE_OF_EXPECTED = "share_of_expected"
    """So large a part of what was expected is missing (or in excess) that it matters."""

    PERCENTAGE_POINTS = "percentage_points"
    """So many percentage points are. Either this or SHARE_OF_EXPECTED is enough."""

    BELOW_REQUIREMENT = "below_requirement"
    """The share itself does not reach what the law requires."""

    CLEARLY_BELOW_REQUIREMENT = "clearly_below_requirement"
    """Nor does the end of its interval that lies nearest to what is required: chance does not explain it."""

    IN_A_ROW = "in_a_row"
    """All of this in so many periods without a gap, the latest included."""


@dataclass(frozen=True, kw_only=True)
class FlagRule:
    """The thresholds, as a dated row of the database has them on the day of the judgement.

    false_discovery_rate: accepted share of false alarms among what is picked out, 0 to 1.
    serious_z, watch_z: standard errors worse than expected, after over-dispersion.
    least_relative_effect: smallest difference that matters, as a share of expected.
    least_percentage_points: the same, in percentage points of the base.
    consecutive_periods: periods in a row that make a serious problem.
    least_base: persons a result must at least be counted out of; comes with the measure.
    Raises ValueError on thresholds that contradict themselves.
    """

    false_discovery_rate: float = 0.05
    serious_z: float = 3.09
    watch_z: float = 1.96
    least_relative_effect: float = 0.05
    least_percentage_points: float = 1.0
    consecutive_periods: int = 2
    least_base: int = 20

    def __post_init__(self) -> None:
        if not 0 < self.false_discovery_rate < 1:
            raise ValueError("the accepted share of false alarms lies between 0 and 1")
        if not 0 < self.watch_z <= self.serious_z:
            raise ValueError("a deviation to watch is above 0, and no larger than a serious one")
        if self.least_relative_effect < 0 or self.least_percentage_points < 0:
            raise ValueError("the smallest difference that matters is not negative")
        if self.consecutive_periods < 1 or self.least_base < 1:
            raise ValueError("periods in a row, and persons a result is counted out of, are at least one")


@dataclass(frozen=True, kw_only=True)
class Deviation:
    """How far a result lies from what was to be expected, as the comparison left it.

    expected: persons, above 0. z_adjusted: standard errors above (+) or below (−) it, after over-dispersion.
    p_adjusted: one-sided in the bad direction, for the number of comparisons.
    Raises ValueError on what is no number: what could not be compared must not pass for "nothing to look at".
    """

    expected: float
    z_adjusted: float
    p_adjusted: float

    def __post_init__(self) -> None:
        if not all(map(isfinite, (self.expected, self.z_adjusted, self.p_adjusted))) or self.expected <= 0:
            raise ValueError("where nothing could be expected there is no deviation: leave it None")


@dataclass(frozen=True, kw_only=True)
class PeriodResult:
    """One unit's result in one period.

    starts_on, ends_on: first and last day. actual, base: persons with the result, and persons in all.
    deviation: None where nothing could be expected, so that there was nothing to compare with.
    """

    starts_on: date
    ends_on: date
    actual: int
    base: int
    deviation: Deviation | None

    def follows(self, earlier: "PeriodResult") -> bool:
        """Whether this period begins the day after the earlier one ends."""
        return self.starts_on == earlier.ends_on + timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One condition, whether it held, and the two figures that decided it, in the condition's own unit."""

    condition: Condition
    held: bool
    observed: float
    threshold: float


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """level: None when there is nothing to look at. reasons: every condition looked at, held or not."""

    level: Level | None
    reasons: tuple[Reason, ...]

    @property
    def held(self) -> frozenset[Condition]:
        return _held(self.reasons)


def judge(*, results: Sequence[PeriodResult], direction: Direction, rule: FlagRule) -> Judgement:
    """Say whether one unit's results on one measure are worth a person's attention, and why.

    results: oldest first, of periods that do not overlap: rolling windows would count the same months twice.
    A period left out, or with too few data, breaks a row. A neutral measure is never judged.
    Raises ValueError on periods that overlap or are out of order.
    """
    if any(later.starts_on <= earlier.ends_on for earlier, later in pairwise(results)):
        raise ValueError("periods come oldest first and do not overlap: no month counts twice")
    if direction is Direction.NEUTRAL:
        return Judgement(level=None, reasons=())
    if not results:
        return Judgement(level=Level.TOO_FEW_DATA, reasons=(_enough_data(None, rule=rule),))

    def asked(result: PeriodResult) -> tuple[Reason, ...]:
        return _reasons(result, direction=direction, rule=rule)

    serious = _in_a_row(results, is_serious=lambda result: _is_serious(_held(asked(result))))
    in_a_row = _at_least(Condition.IN_A_ROW, serious, rule.consecutive_periods)
    reasons = (*asked(results[-1]), in_a_row)
    return Judgement(level=_level(_held(reasons)), reasons=reasons)


def judge_requirement(
    *, actual: int, base: int, required: float, direction: Direction, least_base: int, z: float = 1.959964
) -> Judgement:
    """Say whether one period's share keeps what the law requires, of that jobcentre by itself.

    required: the share, 0 to 1, to be reached (or, where lower is better, not passed). Serious is what
    Wilson's whole interval misses, so that small jobcentres are not flagged by noise; to be watched is what
    only the share itself does. Raises ValueError for a neutral measure: nothing is required of it.
    """
    if direction is Direction.NEUTRAL:
        raise ValueError("nothing is required of a measure without a good side")
    enough = _at_least(Condition.ENOUGH_DATA, base, least_base)
    if not enough.held:
        return Judgement(level=Level.TOO_FEW_DATA, reasons=(enough,))
    interval = wilson(successes=actual, trials=base, z=z)
    nearest = interval.upper if direction is Direction.HIGHER_BETTER else interval.lower
    below, clearly = (
        Reason(
            condition=condition,
            held=direction.worse * (share - required) > 0,
            observed=share,
            threshold=required,
        )
        for condition, share in (
            (Condition.BELOW_REQUIREMENT, actual / base),
            (Condition.CLEARLY_BELOW_REQUIREMENT, nearest),
        )
    )
    level = Level.SERIOUS if clearly.held else Level.WATCH if below.held else None
    return Judgement(level=level, reasons=(enough, below, clearly))


def _level(held: frozenset[Condition]) -> Level | None:
    if Condition.ENOUGH_DATA not in held:
        return Level.TOO_FEW_DATA
    if Condition.IN_A_ROW in held:
        return Level.SERIOUS
    return Level.WATCH if Condition.BEYOND_WATCH in held else None


def _is_serious(held: frozenset[Condition]) -> bool:
    """Whether one period, by itself, is clearly worse than expected, and by so much that it matters."""
    clear = {Condition.BEYOND_SERIOUS, Condition.RARE_AMONG_ALL} <= held
    matters = not held.isdisjoint({Condition.SHARE_OF_EXPECTED, Condition.PERCENTAGE_POINTS})
    return clear and matters


def _in_a_row(results: Sequence[PeriodResult], *, is_serious: Callable[[PeriodResult], bool]) -> int:
    """How many serious periods there are without a gap, counted back from the latest."""
    count, following = 0, None
    for result in reversed(results):
        if (following and not following.follows(result)) or not is_serious(result):
            break
        count, following = count + 1, result
    return count


def _reasons(result: PeriodResult, *, direction: Direction, rule: FlagRule) -> tuple[Reason, ...]:
    """What the rule asks of one period by itself. Without enough data, it asks nothing more."""
    enough, deviation = _enough_data(result, rule=rule), result.deviation
    if not enough.held or deviation is None:
        return (enough,)
    errors_worse = direction.worse * deviation.z_adjusted
    persons_worse = direction.worse * (result.actual - deviation.expected)
    return (
        enough,
        _at_least(Condition.BEYOND_WATCH, errors_worse, rule.watch_z),
        _at_least(Condition.BEYOND_SERIOUS, errors_worse, rule.serious_z),
        Reason(
            condition=Condition.RARE_AMONG_ALL,
            held=deviation.p_adjusted < rule.false_discovery_rate,
            observed=deviation.p_adjusted,
            threshold=rule.false_discovery_rate,
        ),
        _at_least(
            Condition.SHARE_OF_EXPECTED, persons_worse / deviation.expected, rule.least_relative_effect
        ),
        _at_least(
            Condition.PERCENTAGE_POINTS, 100 * persons_worse / result.base, rule.least_percentage_points
        ),
    )


def _enough_data(result: PeriodResult | None, *, rule: FlagRule) -> Reason:
    base = result.base if result and result.deviation else 0
    return _at_least(Condition.ENOUGH_DATA, base, rule.least_base)


def _at_least(condition: Condition, observed: float, threshold: float) -> Reason:
    return Reason(condition=condition, held=observed >= threshold, observed=observed, threshold=threshold)


def _held(reasons: Iterable[Reason]) -> frozenset[Condition]:
    return frozenset(reason.condition for reason in reasons if reason.held)
