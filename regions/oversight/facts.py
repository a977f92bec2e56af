"""What is known of a jobcentre's result on the day it is flagged: figures and reasons, without words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from regions.comparison.axis import Dot, dots
from regions.comparison.intervals import Interval, wilson
from regions.comparison.standing import Standing, standing
from regions.measures.direction import Direction
from regions.measures.periods import parse


@dataclass(frozen=True, kw_only=True)
class Figures:
    """A jobcentre's result in a period. expected: persons, None where nothing could be expected."""

    name: str
    period: str
    actual: int
    base: int
    expected: float | None
    z_adjusted: float | None
    p_adjusted: float | None

    @property
    def short_name(self) -> str:
        """As `Jobcentre.short_name`, of the name it had then."""
        return self.name.removeprefix("Jobcenter ")

    @property
    def ratio(self) -> float | None:
        """Actual in per cent of expected."""
        return 100 * self.actual / self.expected if self.expected else None

    @property
    def difference(self) -> float | None:
        """Persons more than expected."""
        return None if self.expected is None else self.actual - self.expected

    @property
    def missing(self) -> float | None:
        """The difference without its sign."""
        return None if self.difference is None else abs(self.difference)

    @property
    def share(self) -> float:
        return self.actual / self.base

    @property
    def interval(self) -> Interval:
        """How sure the share is: Wilson, 95 per cent."""
        return wilson(successes=self.actual, trials=self.base)

    @property
    def expected_share(self) -> float | None:
        return None if self.expected is None else self.expected / self.base


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One condition of the rule, whether it held, and the two figures that decided it."""

    condition: str
    held: bool
    observed: float
    threshold: float


@dataclass(frozen=True, kw_only=True)
class Required:
    """What was required when the flag was raised: the share, 0 to 1, by which law, and how sure that is."""

    share: float
    law_reference: str
    mark: str


@dataclass(frozen=True, kw_only=True)
class Facts:
    """periods: the jobcentre's own results, the oldest first. peers: the nearest by expected share.

    share, tau2: of the comparison, to draw the limits from. comparisons: made in the period.
    false_discovery_rate: accepted share of false alarms among what stands out. required: None where the
    ground is the result; absent from what was frozen before requirements were judged. weakness: why what was
    expected should be read with care, as the comparison has it; "" where nothing is wrong, and in what was
    frozen before it was.
    """

    direction: str
    periods: Sequence[Figures]
    peers: Sequence[Figures]
    reasons: Sequence[Reason]
    share: float
    tau2: float
    comparisons: int
    false_discovery_rate: float
    definition_version: int
    rule_version: int
    data_date: str
    required: Required | None = None
    weakness: str = ""

    @property
    def latest(self) -> Figures:
        return self.periods[-1]

    @property
    def before(self) -> Figures | None:
        return self.periods[-2] if len(self.periods) > 1 else None

    @property
    def is_below(self) -> bool:
        return (self.latest.difference or 0) < 0

    @property
    def in_a_row(self) -> int:
        """How many periods, without a gap up to the latest, lie on the bad side beyond the limit to watch."""
        count, following = 0, None
        for figures in reversed(self.periods):
            period = parse(figures.period)
            follows = following is None or following.previous() == period
            if not (follows and self.standing_of(figures).is_worse):
                break
            count, following = count + 1, period
        return count

    @property
    def place(self) -> int:
        """Place among the peers, 1 the best."""
        worse = Direction(self.direction).worse
        own = worse * (self.latest.ratio or 0)
        return 1 + sum(worse * (peer.ratio or 0) < own for peer in self.peers)

    @property
    def field(self) -> int:
        return 1 + len(self.peers)

    def standing_of(self, figures: Figures) -> Standing:
        return standing(z=figures.z_adjusted, direction=Direction(self.direction))

    @property
    def rows(self) -> list[tuple[Figures, Standing, Dot | None]]:
        """The jobcentre and then its peers, each with its sign and its place on the axis."""
        shown = [self.latest, *self.peers]
        counted = [figures for figures in shown if figures.expected]
        drawn = dots(
            ratio=[figures.ratio or 0 for figures in counted],
            expected=[figures.expected or 0 for figures in counted],
            share=self.share,
            tau2=self.tau2,
        )
        dot_of = dict(zip((id(figures) for figures in counted), drawn, strict=True))
        return [(figures, self.standing_of(figures), dot_of.get(id(figures))) for figures in shown]
