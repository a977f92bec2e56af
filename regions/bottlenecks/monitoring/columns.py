"""The monitoring as files: what its pages show, to the reader it is shown to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcenter.pages.sheets import Column
from regions.bottlenecks.monitoring.beveridge import Curve, Point
from regions.bottlenecks.monitoring.occupations import At, Everywhere
from regions.bottlenecks.monitoring.seeing import COUNTED, NUMBERS, PERSONS, Cell, Kind, Seen
from regions.bottlenecks.monitoring.somewhere import Row as OccupationRow
from regions.bottlenecks.monitoring.somewhere import Somewhere
from regions.measures.periods import Period
from regions.measures.small_numbers import WORDS
from regions.measures.suppression import State

Row = TypeVar("Row")

SEVERE = gettext_lazy("Severe shortage in the country")
"""Of the occupation, and so the same in each of its lines."""


def of_places(shown: Everywhere) -> list[Column[At]]:
    """One occupation in one half-year, a line for each place."""
    return [
        Column(_("Half-year"), lambda at: shown.period.code),
        Column(_("DISCO"), lambda at: shown.occupation.code),
        Column(_("Occupation"), lambda at: shown.occupation.title),
        Column(_("Kind of place"), lambda at: at.spot.place.label),
        Column(_("Code"), lambda at: at.spot.code),
        Column(_("Place"), lambda at: at.spot.name),
        Column(SEVERE, lambda at: _yes_or_no(shown.is_severe)),
        *numbers(lambda at: at.seen),
    ]


def of_occupations(shown: Somewhere) -> list[Column[OccupationRow]]:
    """One place in one half-year, a line for each occupation."""
    return [
        Column(_("Half-year"), lambda row: shown.period.code),
        Column(_("Kind of place"), lambda row: shown.spot.place.label),
        Column(_("Code"), lambda row: shown.spot.code),
        Column(_("Place"), lambda row: shown.spot.name),
        Column(_("DISCO"), lambda row: row.occupation.code),
        Column(_("Occupation"), lambda row: row.occupation.title),
        Column(SEVERE, lambda row: _yes_or_no(row.is_severe)),
        *numbers(lambda row: row.seen),
    ]


def of_grid(period: Period, *, severe: Collection[str]) -> list[Column[Cell]]:
    """Occupation by place, a line for each cell. severe: codes of the occupations that are severely short."""
    return [
        Column(_("Half-year"), lambda cell: period.code),
        Column(_("DISCO"), lambda cell: cell[0].code),
        Column(_("Occupation"), lambda cell: cell[0].title),
        Column(_("Kind of place"), lambda cell: cell[1].place.label),
        Column(_("Code"), lambda cell: cell[1].code),
        Column(_("Place"), lambda cell: cell[1].name),
        Column(SEVERE, lambda cell: _yes_or_no(cell[0].code in severe)),
        *numbers(lambda cell: cell[2]),
    ]


def points_of(curves: Iterable[Curve]) -> list[tuple[Curve, Point]]:
    return [(curve, point) for curve in curves for point in curve.points]


OF_CURVES: list[Column[tuple[Curve, Point]]] = [
    Column(gettext_lazy("Half-year"), lambda one: one[1].period),
    Column(gettext_lazy("DISCO"), lambda one: one[0].occupation.code),
    Column(gettext_lazy("Main group"), lambda one: one[0].occupation.title),
    Column(gettext_lazy("Place"), lambda one: one[0].spot.name),
    Column(gettext_lazy("Unemployed"), lambda one: one[1].seen.figures.unemployed),
    Column(gettext_lazy("Employed"), lambda one: one[1].seen.figures.employed),
    Column(gettext_lazy("Persons: status"), lambda one: _status(one[1].seen, "persons", "unemployed")),
    Column(gettext_lazy("Open positions"), lambda one: one[1].seen.figures.positions),
    Column(gettext_lazy("Unemployment rate"), lambda one: one[1].unemployment),
    Column(gettext_lazy("Vacancy rate"), lambda one: one[1].vacancies),
]


def numbers(seen_of: Callable[[Row], Seen | None]) -> list[Column[Row]]:
    """What is known, and beside it whether a number that is not there is hidden, missing or zero."""

    def counted(name: str) -> Column[Row]:
        def value(row: Row) -> int | None:
            seen = seen_of(row)
            return seen.counted(name) if seen else None

        title, _kind = COUNTED[name]
        return Column(title, value)

    def indicator(name: str) -> Callable[[Row], float | None]:
        def value(row: Row) -> float | None:
            seen = seen_of(row)
            number = seen.number(name) if seen else None
            return None if number is None else round(number, 4)

        return value

    return [
        Column(_("Category"), lambda row: _category(seen_of(row))),
        *(counted(name) for name in ("attempts", "failed")),
        Column(_("Answers: status"), lambda row: _status(seen_of(row), "answers", "attempts")),
        *(Column(number.name, indicator(name)) for name, number in NUMBERS.items()),
        *(counted(name) for name in PERSONS),
        Column(_("Persons: status"), lambda row: _status(seen_of(row), "persons", "employed")),
        *(counted(name) for name in ("positions", "observed")),
    ]


def _yes_or_no(is_so: bool) -> str:
    return _("yes") if is_so else _("no")


def _category(seen: Seen | None) -> str | Promise:
    if seen is None:
        return ""
    return seen.category.label if seen.category else WORDS[State.SUPPRESSED]


def _status(seen: Seen | None, kind: Kind, counted: str) -> str | Promise:
    if seen is None or (getattr(seen.figures, counted) is None and not seen.hides(kind)):
        return WORDS[State.MISSING]
    if seen.hides(kind):
        return WORDS[State.SUPPRESSED]
    return WORDS[State.SHOWN if getattr(seen.figures, counted) else State.ZERO]
