"""The figures behind an intervention, read: what it is closed with, and what stands beside a target.

Periods that do not overlap are chosen first; of several kinds (months, quarters, rolling years) the shortest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from jobcenter.centres.models import Jobcentre
from regions.comparison.funnel import ALERT
from regions.comparison.models import Comparison, Result
from regions.comparison.peers import nearest_peers
from regions.interventions.effect import (
    FEWEST_BEFORE,
    FEWEST_PEERS,
    Difference,
    Held,
    Kept,
    Movement,
    Verdict,
    difference_in_differences,
    hold,
    movement,
)
from regions.interventions.models import Concern, Intervention
from regions.measures.direction import Direction
from regions.measures.models import Measure, Measurement, TargetGroup
from regions.measures.periods import Period, apart, parse
from regions.oversight.law import required_of

IN_A_ROW = 2
"""Periods within the limits, one after the other, before a measure counts as back."""


@dataclass(frozen=True, kw_only=True)
class Count:
    """Of `denominator` persons, `numerator` in a period."""

    period: str
    numerator: int
    denominator: int

    @property
    def share(self) -> float:
        return self.numerator / self.denominator


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What became of a measure, frozen. own: every period, in order; before, after: how many of them.

    The periods compared with the peers are the last `compared` before and the last `compared` after.
    difference, movement: None where there is too little to tell from. required: the share the law demands,
    0 to 1; None where it demands none, and in what was frozen before requirements were told.
    """

    measure: str
    group: str
    direction: str
    own: Sequence[Count]
    before: int
    after: int
    compared: int
    peers: Sequence[str]
    difference: Difference | None
    movement: Movement | None
    data_date: str
    required: float | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Effect:
        return cls(
            **{
                **kept,
                "own": [Count(**count) for count in kept["own"]],
                "difference": Difference(**kept["difference"]) if kept["difference"] else None,
                "movement": Movement(**kept["movement"]) if kept["movement"] else None,
            }
        )

    @property
    def worse(self) -> int:
        return Direction(self.direction).worse

    @property
    def against_peers(self) -> Verdict | None:
        return self.difference.verdict(worse=self.worse) if self.difference else None

    @property
    def against_itself(self) -> Verdict | None:
        return self.movement.verdict(worse=self.worse) if self.movement else None

    @property
    def held_before(self) -> Held | None:
        """The last period before, beside what is required."""
        return self._held(self.own[self.before - 1]) if self.before else None

    @property
    def held_after(self) -> Held | None:
        """The latest period after, beside what is required."""
        return self._held(self.own[-1]) if self.after else None

    def _held(self, count: Count) -> Held | None:
        if self.required is None:
            return None
        return hold(
            numerator=count.numerator,
            denominator=count.denominator,
            required=self.required,
            worse=self.worse,
        )

    @property
    def share_before(self) -> float | None:
        return _pooled(self.own[: self.before][-self.compared :]) if self.compared else None

    @property
    def share_after(self) -> float | None:
        return _pooled(self.own[-self.compared :]) if self.compared else None


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A result in a period beside its limits. is_inside: not worse than 95 per cent of chance explains."""

    measure: str
    group: str
    period: str
    actual: int
    base: int
    z_adjusted: float | None
    is_inside: bool


def series(*, jobcentre: Jobcentre, measure: Measure, group: TargetGroup) -> list[Measurement]:
    """The jobcentre's figures with a base, in periods of one kind that do not overlap, oldest first."""
    figures = (
        Measurement.objects.filter(jobcentre=jobcentre, measure=measure, target_group=group)
        .filter(denominator__isnull=False)
        .select_related("delivery")
    )
    by_period = {parse(figure.period): figure for figure in figures}
    return [by_period[period] for period in one_after_another(by_period)]


def one_after_another(periods: Iterable[Period]) -> list[Period]:
    """Those of the shortest kind there is that overlap neither the latest nor each other, oldest first.

    Of two kinds equally long the one that does not roll.
    """
    known = list(periods)
    if not known:
        return []
    kind = min({period.frequency for period in known}, key=lambda one: (one.length, one.length // one.step))
    same = sorted(
        (period for period in known if period.frequency is kind), key=lambda one: one.last, reverse=True
    )
    return apart(same, of=lambda period: period)[::-1]


def effects(whole: Intervention) -> list[Effect]:
    """Of every measure it is about. A handful of queries for each."""
    return [effect(whole, concern) for concern in whole.concerns.select_related("measure", "target_group")]


def effect(whole: Intervention, concern: Concern) -> Effect:
    """The measure before and after, against its own limits and its peers' change over the same time."""
    began = whole.began_on or date.max
    figures = series(jobcentre=whole.jobcentre, measure=concern.measure, group=concern.target_group)
    before = [figure for figure in figures if figure.ends_on < began]
    after = [figure for figure in figures if figure.starts_on >= began]
    own = [_count(figure) for figure in (*before, *after)]
    a_year = 12 // parse(figures[-1].period).frequency.length if figures else 1
    compared = min(len(before), len(after), a_year)
    peers = _peers(whole.jobcentre, concern, on=began)
    return Effect(
        measure=concern.measure.code,
        group=concern.target_group.code,
        direction=concern.measure.direction,
        own=own,
        before=len(before),
        after=len(after),
        compared=compared,
        peers=[peer.name for peer in peers],
        difference=_difference(before[-compared:], after[-compared:], concern, peers) if compared else None,
        movement=movement([count.share for count in own], before=len(before))
        if len(before) >= FEWEST_BEFORE and after
        else None,
        data_date=max((figure.delivery.data_date.isoformat() for figure in figures), default=""),
        required=_required(concern, on=figures[-1].ends_on) if figures else None,
    )


def back_inside(whole: Intervention) -> dict[str, Any]:
    """The evidence for closing as resolved, as JSON: {"holds": …, "seen": […]}.

    It holds when each measure the intervention is about lies within its limits, or on their good side, in the
    two latest periods in a row that ended after it began. Where the law requires a share, that is the limit.
    """
    seen = [
        one
        for concern in whole.concerns.select_related("measure", "target_group")
        for one in _seen(whole, concern)
    ]
    concerns = whole.concerns.count()
    holds = bool(concerns) and len(seen) == IN_A_ROW * concerns and all(one.is_inside for one in seen)
    return {"holds": holds, "seen": [asdict(one) for one in seen]}


def latest(*, jobcentre: Jobcentre, measure: Measure, group: TargetGroup) -> Measurement | None:
    """The newest figure, the longest period of those that end together: as pages show it."""
    return (
        Measurement.objects.filter(jobcentre=jobcentre, measure=measure, target_group=group)
        .order_by("-ends_on", "starts_on")
        .first()
    )


def _seen(whole: Intervention, concern: Concern) -> list[Seen]:
    began = whole.began_on or date.max
    results = (
        Result.objects.filter(
            jobcentre=whole.jobcentre,
            comparison__measure=concern.measure,
            comparison__target_group=concern.target_group,
        )
        .select_related("comparison")
        .order_by("comparison__period")
    )
    by_period = {parse(result.comparison.period): result for result in results}
    return [
        Seen(
            measure=concern.measure.code,
            group=concern.target_group.code,
            period=period.code,
            actual=by_period[period].actual,
            base=by_period[period].base,
            z_adjusted=by_period[period].z_adjusted,
            is_inside=_is_inside(by_period[period], concern, required=_required(concern, on=period.ends_on)),
        )
        for period in _in_a_row(one_after_another(by_period))
        if period.ends_on >= began
    ]


def _required(concern: Concern, *, on: date) -> float | None:
    """The share that the law required on a day; None where it requires none."""
    if not concern.measure.is_required:
        return None
    found = required_of(concern.measure, concern.target_group, on=on)
    return found.required_share if found else None


def _in_a_row(periods: Sequence[Period]) -> list[Period]:
    """The latest two, if the one follows the other."""
    last = list(periods[-IN_A_ROW:])
    follows = all(later.previous() == earlier for earlier, later in pairwise(last))
    return last if follows else last[-1:]


def _is_inside(result: Result, concern: Concern, *, required: float | None) -> bool:
    worse = Direction(concern.measure.direction).worse
    if required is not None:
        held = hold(numerator=result.actual, denominator=result.base, required=required, worse=worse)
        return held.kept is Kept.KEPT
    return result.z_adjusted is not None and result.z_adjusted * worse < ALERT


def _peers(jobcentre: Jobcentre, concern: Concern, *, on: date) -> list[Jobcentre]:
    """The nearest by expected share in the last comparison before the day; none where it was not compared."""
    comparison = (
        Comparison.objects.filter(measure=concern.measure, target_group=concern.target_group, ends_on__lte=on)
        .order_by("-ends_on", "starts_on")
        .first()
    )
    if not comparison:
        return []
    compared = {
        result.jobcentre.code: result
        for result in comparison.results.filter(expected__isnull=False)
        .select_related("jobcentre")
        .order_by("jobcentre__code")
    }
    if jobcentre.code not in compared:
        return []
    found = nearest_peers(
        codes=list(compared),
        expected_share=[(result.expected or 0) / result.base for result in compared.values()],
    )
    return [compared[code].jobcentre for code in found.of[jobcentre.code]]


def _difference(
    before: Sequence[Measurement],
    after: Sequence[Measurement],
    concern: Concern,
    peers: Sequence[Jobcentre],
) -> Difference | None:
    """Against the peers that have a figure in every one of the periods. One query."""
    sides = [{figure.period for figure in before}, {figure.period for figure in after}]
    counts: dict[int, list[dict[str, Count]]] = {peer.pk: [{}, {}] for peer in peers}
    figures = Measurement.objects.filter(
        measure=concern.measure,
        target_group=concern.target_group,
        jobcentre__in=peers,
        period__in=sides[0] | sides[1],
        denominator__isnull=False,
    ).order_by("jobcentre", "period")
    for figure in figures:
        if figure.jobcentre_id:
            counts[figure.jobcentre_id][figure.period in sides[1]][figure.period] = _count(figure)
    whole = [
        of_peer
        for of_peer in counts.values()
        if all(set(of_side) == side for of_side, side in zip(of_peer, sides, strict=True))
    ]
    if len(whole) < FEWEST_PEERS:
        return None
    own = [[_count(figure) for figure in side] for side in (before, after)]
    rows = [own, *([list(side.values()) for side in of_peer] for of_peer in whole)]
    return difference_in_differences(
        numerator=[[sum(count.numerator for count in side) for side in row] for row in rows],
        denominator=[[sum(count.denominator for count in side) for side in row] for row in rows],
    )


def _count(figure: Measurement) -> Count:
    return Count(period=figure.period, numerator=figure.numerator or 0, denominator=figure.denominator or 1)


def _pooled(counts: Sequence[Count]) -> float:
    return sum(count.numerator for count in counts) / sum(count.denominator for count in counts)
