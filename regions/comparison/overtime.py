"""A jobcentre's figures one after the other: read, and held beside the limits of their own small movements.

Only figures that share no month are held so. A rolling figure (four quarters at a time) carries each quarter
into the next three, and the rules about runs would then be broken by the arithmetic alone. So where a measure
has quarters or months as well, these are looked at; where it has rolling figures only, those of them that do
not overlap.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

from django.db.models import Q

from jobcenter.centres.models import Jobcentre
from regions.comparison.process import Process, process
from regions.comparison.runs import Run, runs
from regions.measures.direction import Direction
from regions.measures.models import Measure, Measurement, TargetGroup
from regions.measures.periods import Frequency, Period, apart, parse
from regions.measures.suppression import Cell, Limits

ENOUGH = 8
"""Fewer figures than this set no limits: a run of seven would be all there is."""

MOST = 24
"""So many of the latest figures are shown: two years of months, six of quarters."""

Subject = tuple[Measure, TargetGroup | None]

Key = tuple[int, int | None]
"""A subject by its primary keys."""


class NotDrawn(StrEnum):
    """Why a series has no limits."""

    ROLLING = "rolling"
    FEW = "few"


@dataclass(frozen=True)
class Series:
    """A jobcentre on one measure and target group, the oldest figure first.

    is_rolling: only rolling figures were delivered; these are the ones that share no month.
    left_out: figures of the same kind whose base is too small to tell a share by. hidden: those that
    others than the jobcentre itself are not told, which are looked at as if they were not there.
    """

    measure: Measure
    target_group: TargetGroup | None
    measurements: Sequence[Measurement]
    is_rolling: bool
    left_out: int = 0
    hidden: int = 0
    process: Process | None = field(default=None, compare=False)
    runs: Sequence[Run] = ()

    @property
    def periods(self) -> list[Period]:
        return [parse(measurement.period) for measurement in self.measurements]

    @property
    def not_drawn(self) -> NotDrawn | None:
        if self.process:
            return None
        return NotDrawn.ROLLING if self.is_rolling else NotDrawn.FEW

    @property
    def now(self) -> list[Run]:
        """The runs that the latest figure has part in."""
        return [run for run in self.runs if run.holds(len(self.measurements) - 1)]

    @property
    def is_worse_now(self) -> bool:
        return any(run.is_worse for run in self.now)


def key_of(subject: Subject) -> Key:
    measure, group = subject
    return measure.pk, group.pk if group else None


def read(
    *, jobcentre: Jobcentre, subjects: Iterable[Subject], limits: Limits, is_own: bool = False
) -> dict[Key, Series]:
    """The series of each measure and target group. One query.

    One that the jobcentre has no figure of is not there. is_own: whether the reader belongs to it.
    """
    wanted = {key_of(subject): subject for subject in subjects}
    measures_of: dict[int | None, list[int]] = {}
    for measure, group in wanted:
        measures_of.setdefault(group, []).append(measure)
    which = Q(pk__in=[])
    for group, measures in measures_of.items():
        which |= Q(target_group=group, measure__in=measures)
    rows = Measurement.objects.filter(which, jobcentre=jobcentre).order_by(
        "measure_id", "target_group_id", "ends_on", "starts_on"
    )
    return {
        key: series(*wanted[key], list(of_one), limits=None if is_own else limits)
        for key, of_one in groupby(rows, key=lambda row: (row.measure_id, row.target_group_id))
    }


def series(
    measure: Measure,
    target_group: TargetGroup | None,
    measurements: Sequence[Measurement],
    *,
    limits: Limits | None,
) -> Series:
    """Find the figures to hold beside each other, and their limits.

    measurements: of one jobcentre, measure and target group, in order of their last day; at least one.
    limits: below which a number is hidden; None for those it is about.
    """
    apart, is_rolling = _apart(measurements)
    told = [one for one in apart if not (limits and _is_small(one, measure, limits))]
    enough = [one for one in told if one.denominator is None or one.denominator >= measure.least_base]
    shown = enough[-MOST:]
    found = process([one.value for one in shown]) if len(shown) >= ENOUGH else None
    return Series(
        measure=measure,
        target_group=target_group,
        measurements=shown,
        is_rolling=is_rolling,
        left_out=len(told) - len(enough),
        hidden=len(apart) - len(told),
        process=found,
        runs=(runs(found, direction=Direction(measure.direction)) if found else ()),
    )


def _is_small(measurement: Measurement, measure: Measure, limits: Limits) -> bool:
    """Whether it could be about somebody: a number of persons, or some of so many."""
    if measurement.denominator and measurement.numerator is not None:
        return Cell(measurement.numerator, measurement.denominator).is_small(limits)
    return measure.unit == Measure.Unit.PERSONS and 0 < measurement.value < limits.min_cell


def _apart(measurements: Sequence[Measurement]) -> tuple[list[Measurement], bool]:
    """The figures of the kind of period there is most of, none of which overlap; and whether they roll."""
    of_kind: dict[Frequency, list[Measurement]] = {}
    for measurement in measurements:
        of_kind.setdefault(parse(measurement.period).frequency, []).append(measurement)
    whole = [kind for kind in of_kind if kind.length == kind.step]
    if whole:
        return of_kind[max(whole, key=lambda kind: (len(of_kind[kind]), -kind.length))], False
    rolling = of_kind[max(of_kind, key=lambda kind: len(of_kind[kind]))]
    return apart(reversed(rolling), of=lambda one: parse(one.period))[::-1], True
