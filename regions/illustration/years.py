"""The whole comparison on real municipalities, for every year: an illustration, and no assessment of anybody.

It is the portal's own arithmetic (`regions.comparison.compare`), and nothing of the flag rule: a real
municipality is never flagged. The same files give the same numbers, to the last bit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from regions.comparison.compare import Compared, compare
from regions.comparison.cusum import Cusum, cusum
from regions.comparison.expected import Weakness, named
from regions.comparison.intervals import Interval, wilson
from regions.comparison.multiplicity import adjusted
from regions.comparison.peers import Peers, nearest_peers
from regions.comparison.process import Process, process
from regions.comparison.showing import Figures
from regions.comparison.standing import Standing, standing
from regions.illustration.panel import YEARS, Panel, Topic, read_files
from regions.measures.direction import Direction
from regions.measures.suppression import State

DIRECTION = Direction.LOWER_BETTER
"""What p asks about. Nothing is shown as better or worse: that would be an assessment."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A municipality in a year, on one topic. pk: its place among them all.

    actual, base, expected: persons. leverage: see `ExpectedShares`. p: one-sided, that it is worse.
    """

    pk: int
    code: str
    name: str
    actual: int
    base: int
    expected: float
    leverage: float
    z: float
    z_adjusted: float
    p: float
    p_adjusted: float

    @property
    def share(self) -> float:
        return self.actual / self.base

    @property
    def expected_share(self) -> float:
        return self.expected / self.base

    @property
    def ratio(self) -> float:
        """Actual in per cent of expected."""
        return 100 * self.actual / self.expected

    @property
    def difference(self) -> float:
        """Persons more than expected."""
        return self.actual - self.expected

    @property
    def points(self) -> float:
        """The same in percentage points of all residents."""
        return 100 * self.difference / self.base

    @property
    def interval(self) -> Interval:
        """95 per cent, of the share."""
        return wilson(successes=self.actual, trials=self.base)

    @property
    def standing(self) -> Standing:
        return standing(z=self.z_adjusted, direction=Direction.NEUTRAL)

    @property
    def figures(self) -> Figures:
        return Figures(
            state=State.SHOWN,
            actual=self.actual,
            base=self.base,
            share=self.share,
            expected=self.expected,
            ratio=self.ratio,
            difference=self.difference,
            points=self.points,
        )


@dataclass(frozen=True, kw_only=True)
class Year:
    """All municipalities beside each other in one year, on one topic; `lines` by code.

    share: of all of them together. intercept, coefficients: of the fit to all.
    """

    year: int
    topic: Topic
    lines: Sequence[Line]
    share: float
    phi: float
    tau2: float
    r_squared: float
    intercept: float
    coefficients: Sequence[float]
    weak: Sequence[Weakness]

    @property
    def tau(self) -> float:
        return float(self.tau2**0.5)

    @property
    def out_of_line(self) -> list[Line]:
        """Those outside ±1.96 after over-dispersion, the highest above expected first."""
        notable = (line for line in self.lines if line.standing.is_notable)
        return sorted(notable, key=lambda line: -line.z_adjusted)

    @property
    def above(self) -> list[Line]:
        return [line for line in self.out_of_line if line.standing.is_above]

    @property
    def below(self) -> list[Line]:
        """The lowest first."""
        return [line for line in reversed(self.out_of_line) if not line.standing.is_above]

    @cached_property
    def peers(self) -> Peers:
        return nearest_peers(
            codes=[line.code for line in self.lines],
            expected_share=[line.expected_share for line in self.lines],
        )

    def of(self, code: str) -> Line:
        return next(line for line in self.lines if line.code == code)


@dataclass(frozen=True)
class Illustration:
    """panel: what it is made of. years: by topic, the earliest first."""

    panel: Panel
    years: Mapping[Topic, Sequence[Year]]

    def year(self, topic: Topic, year: int) -> Year:
        return self.years[topic][YEARS.index(year)]

    def over_time(self, topic: Topic, code: str) -> list[Line]:
        """A municipality, year by year."""
        return [year.of(code) for year in self.years[topic]]


def process_of(lines: Sequence[Line]) -> Process:
    """The limits of a municipality's own small movements, in per cent of expected.

    What was expected moves with the country, so a crisis that strikes all alike does not look like a change.
    """
    return process([line.ratio for line in lines])


def cusum_of(lines: Sequence[Line]) -> Cusum:
    """Year by year, what a municipality's scores above expected come to when they are added up."""
    return cusum([line.z_adjusted for line in lines])


@cache
def illustrate() -> Illustration:
    """Every year of the panel. Read and computed once: the files come with the portal and do not change."""
    panel = read_files()
    compared = compare(
        actual=panel.actual,
        base=[[of_year] * len(Topic) for of_year in panel.residents],
        conditions=panel.conditions[:, None],
        direction=DIRECTION,
    )
    years = range(len(YEARS))
    return Illustration(
        panel,
        {topic: [_year(panel, compared, year, place) for year in years] for place, topic in enumerate(Topic)},
    )


def _year(panel: Panel, compared: Compared, year: int, topic: int) -> Year:
    """p is adjusted for both topics of the year as one family."""
    fit, at = compared.fit, (year, topic)
    columns = {
        "actual": panel.actual[at].astype(int),
        "base": panel.residents[year].astype(int),
        "expected": compared.expected[at],
        "leverage": fit.leverage[at],
        "z": compared.z[at],
        "z_adjusted": compared.z_adjusted[at],
        "p": compared.p[at],
        "p_adjusted": adjusted(compared.p[year])[topic],
    }
    values = zip(*(column.tolist() for column in columns.values()), strict=True)
    return Year(
        year=YEARS[year],
        topic=list(Topic)[topic],
        lines=[
            Line(pk=pk, code=code, name=name, **dict(zip(columns, row, strict=True)))
            for pk, (code, name, row) in enumerate(zip(panel.codes, panel.names, values, strict=True))
        ],
        share=float(compared.share[at]),
        phi=float(compared.dispersion.phi[at]),
        tau2=float(compared.dispersion.tau2[at]),
        r_squared=float(fit.r_squared[at]),
        intercept=float(fit.intercept[at]),
        coefficients=fit.coefficients[at].tolist(),
        weak=named(fit.weaknesses[at]),
    )
