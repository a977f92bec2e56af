"""The area beside the country on one measure: what sentence, table, map and funnel rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from math import sqrt

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from jobcenter.centres.models import AreaOffice, Jobcentre
from jobcenter.geography.models import Area
from regions.comparison.axis import Dot, dots
from regions.comparison.funnel import ALARM, ALERT
from regions.comparison.models import Comparison, Result
from regions.comparison.showing import Figures, figures_of
from regions.comparison.standing import Side, Standing, standing
from regions.measures.direction import Direction
from regions.measures.periods import apart, parse
from regions.measures.small_numbers import limits_on
from regions.measures.suppression import Cell
from regions.oversight.models import Flag, RuleParameters


@dataclass(frozen=True)
class Row:
    """One jobcentre of the area, beside itself in the period before.

    figures: what may be told of the result. before: in per cent of expected. in_a_row: periods without a
    gap, this one included, in which it did worse than expected.
    """

    result: Result
    figures: Figures
    standing: Standing
    before: float | None
    before_standing: Standing | None
    in_a_row: int
    flag: Flag | None
    dot: Dot | None

    @property
    def jobcentre(self) -> Jobcentre:
        return self.result.jobcentre

    @property
    def change(self) -> str:
        """“81 → 75”, in per cent of expected."""
        if self.before is None or self.figures.ratio is None:
            return ""
        return f"{self.before:.0f} → {self.figures.ratio:.0f}"

    @property
    def has_moved(self) -> bool:
        """Across a limit since the period before."""
        return self.before_standing is not None and self.before_standing.side is not self.standing.side

    @property
    def is_newly_worse(self) -> bool:
        return self.has_moved and self.standing.is_worse and self.in_a_row == 1


@dataclass(frozen=True)
class Picture:
    """rows: the area's own, those furthest from expected first. others: of the rest of the country.

    hidden: results by id whose numbers are too small to be told, or drawn. without: the area's jobcentres
    that have no figures in the period. share: of all compared together.
    outside: how many in the country lie outside 99.8 %, with over-dispersion allowed for, and without.
    compared_in_period: comparisons made, on all measures. false_alarms: accepted share of them among
    what stands out.
    """

    comparison: Comparison
    area: Area
    rows: Sequence[Row]
    others: Sequence[Result]
    hidden: frozenset[int]
    without: Sequence[Jobcentre]
    previous: Comparison | None
    share: float
    outside: tuple[int, int]
    compared_in_period: int
    false_alarms: float

    @property
    def direction(self) -> Direction:
        return Direction(self.comparison.measure.direction)

    @property
    def rows_name(self) -> str:
        return self.area.name

    @property
    def others_name(self) -> str:
        return _("Other areas")

    @property
    def country_count(self) -> int:
        return len(self.rows) + len(self.others)

    @property
    def not_drawn(self) -> int:
        """How many of the country's have figures and no point in the funnel."""
        shown = (*self.others, *(row.result for row in self.rows))
        return sum(not self.can_draw(result) for result in shown)

    @property
    def drawn(self) -> int:
        return self.country_count - self.not_drawn

    @property
    def all_count(self) -> int:
        """The area's jobcentres, with figures or without."""
        return len(self.rows) + len(self.without)

    def can_draw(self, result: Result) -> bool:
        """Whether a point of a chart may stand for it: something was expected, and nothing is hidden."""
        return bool(result.expected) and result.pk not in self.hidden

    @property
    def hides_any(self) -> bool:
        return any(row.figures.is_hidden for row in self.rows)

    @property
    def tau(self) -> float:
        """Standard deviation between jobcentres beyond chance, on the scale of the scores."""
        return sqrt(self.comparison.tau2)

    @property
    def title(self) -> str:
        comparison = self.comparison
        return f"{self.area.name}: {comparison.measure.title}, {comparison.target_group}, {comparison.period}"

    @property
    def clearly_worse(self) -> list[Row]:
        return [row for row in self.rows if row.standing.is_worse and row.standing.is_clear]

    @property
    def worst(self) -> Row | None:
        return next(iter(self.clearly_worse), None)

    @property
    def worse(self) -> list[Row]:
        return [row for row in self.rows if row.standing.is_worse and not row.standing.is_clear]

    @property
    def better(self) -> list[Row]:
        """Out of line to the good side; on a neutral measure, to either."""
        return [row for row in self.rows if row.standing.is_notable and not row.standing.is_worse]

    @property
    def newly_worse(self) -> list[Row]:
        return [row for row in self.rows if row.is_newly_worse]

    @property
    def moved(self) -> list[Row]:
        """Those that crossed a limit, for the worse first."""
        return sorted((row for row in self.rows if row.has_moved), key=lambda row: not row.standing.is_worse)

    @property
    def as_expected(self) -> int:
        return sum(row.standing.side is Side.EXPECTED for row in self.rows)


def draw(*, comparison: Comparison, office: AreaOffice) -> Picture:
    """Read an area's picture. Eight queries however many jobcentres; one more where some have no figures."""
    limits = limits_on(timezone.localdate())
    direction = Direction(comparison.measure.direction)
    own = office.jobcentres
    results = list(comparison.results.named())
    of_own = [result for result in results if result.jobcentre_id in own]
    standings = {result.jobcentre_id: standing(z=result.z_adjusted, direction=direction) for result in of_own}
    earlier = earlier_than(comparison)
    history = _history(earlier, own, worse=[pk for pk, one in standings.items() if one.is_worse])
    flags = _flags(comparison, office)
    hidden = frozenset(result.pk for result in results if Cell(result.actual, result.base).is_small(limits))
    counted = [result for result in results if result.expected]
    share = sum(result.actual for result in counted) / max(sum(result.base for result in counted), 1)
    told_of = [result for result in of_own if result.expected and result.pk not in hidden]
    dots_of = _dots(told_of, share=share, tau2=comparison.tau2)

    def told(result: Result) -> Figures:
        return figures_of(result, limits=limits, is_own=False)

    def row(result: Result) -> Row:
        past = history.get(result.jobcentre_id, {})
        before = past.get(earlier[0].pk) if earlier else None
        return Row(
            result=result,
            figures=told(result),
            standing=standings[result.jobcentre_id],
            before=told(before).ratio if before else None,
            before_standing=standing(z=before.z_adjusted, direction=direction) if before else None,
            in_a_row=_in_a_row(
                chain([(comparison, result)], ((one, past.get(one.pk)) for one in earlier)),
                direction=direction,
            ),
            flag=flags.get(result.jobcentre_id),
            dot=dots_of.get(result.pk),
        )

    rows = [row(result) for result in of_own]
    with_figures = {result.jobcentre_id for result in results}
    return Picture(
        comparison=comparison,
        area=office.area,
        rows=sorted(rows, key=lambda row: (-abs(row.result.z_adjusted or 0), row.jobcentre.sort_key)),
        others=[result for result in results if result.jobcentre_id not in own],
        hidden=hidden,
        without=list(Jobcentre.objects.filter(pk__in=own - with_figures)),
        previous=earlier[0] if earlier else None,
        share=share,
        outside=(
            sum(abs(result.z_adjusted or 0) >= ALARM for result in results),
            sum(abs(result.z or 0) >= ALARM for result in results),
        ),
        compared_in_period=Comparison.objects.made_in(comparison.period),
        false_alarms=(
            RuleParameters.objects.valid(timezone.localdate())
            .values_list("false_discovery_rate", flat=True)
            .get()
        ),
    )


def earlier_than(comparison: Comparison) -> list[Comparison]:
    """Earlier comparisons of the same, the latest first, in periods that overlap neither it nor each other.

    One query.
    """
    candidates = Comparison.objects.filter(
        measure=comparison.measure, target_group=comparison.target_group, ends_on__lt=comparison.starts_on
    ).order_by("-ends_on")
    candidates = candidates.only("period", "starts_on", "ends_on")
    return apart([comparison, *candidates], of=lambda one: parse(one.period))[1:]


def _history(
    earlier: Sequence[Comparison], own: Iterable[int], *, worse: Iterable[int]
) -> dict[int, dict[int, Result]]:
    """By jobcentre and comparison: the results of the period before, and the notable ones of those before it.

    own: jobcentres. worse: those of them that do worse than expected now, whose past alone is asked about.
    """
    found: dict[int, dict[int, Result]] = {}
    is_before = Q(comparison__in=earlier[:1], jobcentre__in=own)
    is_notable = Q(z_adjusted__gte=ALERT) | Q(z_adjusted__lte=-ALERT)
    is_past = Q(is_notable, comparison__in=earlier[1:], jobcentre__in=worse)
    for result in Result.objects.filter(is_before | is_past):
        found.setdefault(result.jobcentre_id, {})[result.comparison_id] = result
    return found


def _in_a_row(results: Iterable[tuple[Comparison, Result | None]], *, direction: Direction) -> int:
    """How many of the latest periods without a gap were worse than expected. results: the latest first."""
    count, following = 0, None
    for comparison, result in results:
        follows = following is None or following.starts_on == comparison.ends_on + timedelta(days=1)
        if not (follows and result and standing(z=result.z_adjusted, direction=direction).is_worse):
            break
        count, following = count + 1, comparison
    return count


def _flags(comparison: Comparison, office: AreaOffice) -> dict[int, Flag]:
    """By jobcentre: the flag of the period, else the latest that is still open."""
    visible = Flag.objects.visible_to_office(office).filter(
        measure=comparison.measure, target_group=comparison.target_group
    )
    flags = visible.filter(period=comparison.period) | visible.open()
    in_order = flags.order_by("raised_at").only("jobcentre", "period", "state")
    return {
        flag.jobcentre_id: flag
        for flag in sorted(in_order, key=lambda flag: flag.period == comparison.period)
    }


def _dots(results: Sequence[Result], *, share: float, tau2: float) -> Mapping[int, Dot]:
    drawn = dots(
        ratio=[result.ratio or 0 for result in results],
        expected=[result.expected or 0 for result in results],
        share=share,
        tau2=tau2,
    )
    return {result.pk: dot for result, dot in zip(results, drawn, strict=True)}
