"""What the law requires of all alike, and how a result keeps it: never held against what was expected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from regions.comparison.beside import interval_of
from regions.comparison.intervals import Interval
from regions.comparison.models import Comparison, Result
from regions.comparison.periods_chart import Point, draw_shares
from regions.comparison.showing import Figures
from regions.measures.direction import Direction
from regions.measures.models import Measure, TargetGroup
from regions.measures.periods import parse
from regions.oversight.models import Requirement
from regions.oversight.rule import Level, judge_requirement


class Keeping(StrEnum):
    """How a result keeps what the law requires, the worst first. On a page it has what a standing has.

    NO_SHARE: the law requires, but no fixed share.
    """

    CLEARLY_NOT_KEPT = "clearly_not_kept"
    NOT_KEPT = "not_kept"
    KEPT = "kept"
    NO_SHARE = "no_share"
    TOO_FEW = "too_few"

    @property
    def word(self) -> str:
        return str(WORDS[self])

    @property
    def sign(self) -> str:
        """A shape of `components.SHAPES`, as on the charts of shares."""
        return SIGNS[self]

    @property
    def tone(self) -> str:
        return TONES.get(self, "calm")


WORDS: Mapping[Keeping, str | Promise] = {
    Keeping.CLEARLY_NOT_KEPT: _("Clearly not kept"),
    Keeping.NOT_KEPT: _("Not kept"),
    Keeping.KEPT: _("Kept"),
    Keeping.NO_SHARE: _("No fixed share"),
    Keeping.TOO_FEW: _("Too few data"),
}
SIGNS: Mapping[Keeping, str] = {
    Keeping.CLEARLY_NOT_KEPT: "bad",
    Keeping.NOT_KEPT: "under",
    Keeping.KEPT: "expected",
    Keeping.NO_SHARE: "calm",
    Keeping.TOO_FEW: "too_few",
}
TONES: Mapping[Keeping, str] = {Keeping.CLEARLY_NOT_KEPT: "bad", Keeping.NOT_KEPT: "warn"}

KEEPING: Mapping[Level | None, Keeping] = {
    Level.SERIOUS: Keeping.CLEARLY_NOT_KEPT,
    Level.WATCH: Keeping.NOT_KEPT,
    Level.TOO_FEW_DATA: Keeping.TOO_FEW,
    None: Keeping.KEPT,
}
"""What the rule says of a share, as pages say it."""


@dataclass(frozen=True)
class Law:
    """What the law requires in one comparison. requirement: None where it names no share."""

    requirement: Requirement | None
    direction: Direction
    least_base: int

    def keeping(self, result: Result) -> Keeping:
        if self.requirement is None:
            return Keeping.NO_SHARE
        judged = judge_requirement(
            actual=result.actual,
            base=result.base,
            required=self.requirement.required_share,
            direction=self.direction,
            least_base=self.least_base,
        )
        return KEEPING[judged.level]


class Row(Protocol):
    """Anything of a page that stands for a result. figures: what may be told of it."""

    @property
    def result(self) -> Result: ...
    @property
    def figures(self) -> Figures: ...


AnyRow = TypeVar("AnyRow", bound=Row)


@dataclass(frozen=True)
class Held(Generic[AnyRow]):
    """A row of a page beside what the law requires of it."""

    row: AnyRow
    law: Law

    @property
    def keeping(self) -> Keeping:
        return self.law.keeping(self.row.result)

    def rank(self) -> tuple[int, float]:
        """The worst first: clearly not kept before not kept, and among those what is furthest off."""
        result = self.row.result
        excess = self.law.direction.worse * result.actual / result.base if result.base else 0.0
        return list(Keeping).index(self.keeping), -excess

    @property
    def interval(self) -> Interval | None:
        """Wilson, 95 per cent; None where the share is not told."""
        return interval_of(self.row.figures)


def in_force(measure: Measure, *, on: date) -> list[Requirement]:
    """What is required on a day: of all, and of target groups by themselves. One query, or none."""
    if not measure.is_required:
        return []
    return list(Requirement.objects.valid(on).filter(measure=measure).select_related("target_group"))


def required_of(measure: Measure, target_group: TargetGroup, *, on: date) -> Requirement | None:
    """What the law requires on a day: of the target group itself before of all."""
    of_this_or_all = Requirement.objects.valid(on).filter(
        Q(target_group=target_group) | Q(target_group=None), measure=measure
    )
    return of_this_or_all.order_by(F("target_group").asc(nulls_last=True)).first()


def laws_of(comparisons: Iterable[Comparison]) -> dict[int, Law]:
    """By primary key of those comparisons that the law has a say in. One query, or none where it has not."""
    asked = {one.pk: one for one in comparisons if one.measure.is_required}
    if not asked:
        return {}
    measures = {one.measure_id for one in asked.values()}
    requirements = list(Requirement.objects.filter(measure__in=measures))
    return {
        pk: Law(
            requirement=_in_force(requirements, one),
            direction=Direction(one.measure.direction),
            least_base=one.measure.least_base,
        )
        for pk, one in asked.items()
    }


def law_of(comparison: Comparison) -> Law | None:
    """None where results are held against what was expected."""
    return laws_of([comparison]).get(comparison.pk)


def _in_force(requirements: Iterable[Requirement], comparison: Comparison) -> Requirement | None:
    """What is required on the period's last day: of the target group itself before of all."""
    found = [
        one
        for one in requirements
        if one.measure_id == comparison.measure_id
        and one.target_group_id in (None, comparison.target_group_id)
        and one.valid_from <= comparison.ends_on
        and (one.valid_to is None or comparison.ends_on < one.valid_to)
    ]
    return max(found, key=lambda one: one.target_group_id is not None, default=None)


def held(rows: Iterable[AnyRow], laws: Mapping[int, Law]) -> list[Held[AnyRow]]:
    """Those of the rows that the law has a say in. laws: by primary key of comparison."""
    return [Held(row, laws[row.result.comparison_id]) for row in rows if row.result.comparison_id in laws]


def beside(rows: Sequence[AnyRow], law: Law) -> dict[str, object]:
    """What a page of one comparison shows: the law, its rows the worst first, and those of each keeping."""
    shown = [Held(row, law) for row in rows]
    return {"law": law, "held": sorted(shown, key=Held.rank), "keeping": by_keeping(shown), "all": len(shown)}


def by_keeping(shown: Iterable[Held[AnyRow]]) -> dict[str, list[AnyRow]]:
    found: dict[str, list[AnyRow]] = {keeping.value: [] for keeping in Keeping}
    for one in shown:
        found[one.keeping].append(one.row)
    return found


def draw(periods: Sequence[Held[AnyRow]]) -> dict[str, object] | None:
    """Shares period by period beside what is required in the last; None where none may be drawn.

    periods: in the order of time.
    """
    shown = [(one, one.interval) for one in periods if one.interval]
    if not shown or not (requirement := shown[-1][0].law.requirement):
        return None
    return draw_shares(
        [
            Point(
                period=parse(one.row.result.comparison.period),
                value=100 * one.row.result.actual / one.row.result.base,
                low=100 * interval.lower,
                high=100 * interval.upper,
                kind={"bad": "bad", "warn": "warn"}.get(one.keeping.tone, ""),
                actual=one.row.result.actual,
                base=one.row.result.base,
            )
            for one, interval in shown
            if interval
        ],
        required=requirement.required_share,
    )
