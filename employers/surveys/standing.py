"""How the survey goes: its draws week by week, and how much of what closed is answered, in an area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils.functional import cached_property

from employers.cooperation.happened import Period
from employers.surveys.models import Draw, Survey
from employers.surveys.shares import Answers, Cell, added_up, counted
from employers.vacancies.models import Outcome
from jobcenter.classifications.models import Occupation
from jobcenter.geography.models import Area, AreaMunicipality, Municipality


@dataclass(frozen=True)
class Line:
    """An occupation in a municipality, or in all of them (without one), and its answers."""

    occupation: Occupation
    answers: Answers
    municipality: Municipality | None = None


@dataclass(frozen=True)
class Week:
    """A draw of the whole country, and what became in the area of the surveys it made.

    asked: whose mail has left. told: how it went was told in another way after that. waits: may still be
    answered. silent: the time to answer is over. withdrawn: before or after the mail left.
    """

    draw: Draw
    is_the_same: bool
    asked: int = 0
    answered: int = 0
    told: int = 0
    waits: int = 0
    silent: int = 0
    withdrawn: int = 0

    @property
    def from_vacancies(self) -> int:
        return len(self.draw.frame)

    @cached_property
    def from_companies(self) -> int:
        return len({one.company for one in self.draw.candidates})

    @cached_property
    def drawn(self) -> int:
        return len(self.draw.drawn())

    @property
    def calendar_week(self) -> int:
        return self.draw.week.isocalendar().week


def where(area: Area | None, *, on: date) -> dict[str, Any]:
    """What narrows vacancies to an area's workplaces on a day; nothing for the country."""
    if not area:
        return {}
    inside = AreaMunicipality.objects.valid(on).filter(area=area).values("municipality")
    return {"workplace__municipality__in": inside}


def cells_of(area: Area | None, *, period: Period) -> dict[Cell, Answers]:
    """The area's answers of a period, as its municipalities were on the last day. One query."""
    return counted(first=period.first, last=period.last, **where(area, on=period.last))


def by_occupation(cells: Mapping[Cell, Answers]) -> list[Line]:
    """The occupations of the cells, those with the most unknown first. One query."""
    sums = added_up(cells, by=lambda cell: cell.occupation)
    occupations = _occupations(sums)
    lines = [Line(occupations[code], answers) for code, answers in sums.items() if code in occupations]
    return sorted(lines, key=lambda line: (-line.answers.not_answered, line.occupation.code))


def by_place(cells: Mapping[Cell, Answers]) -> list[Line]:
    """Each occupation in each municipality, by code. Two queries."""
    sums = added_up(cells, by=lambda cell: (cell.occupation, cell.municipality))
    occupations = _occupations({occupation for occupation, _municipality in sums})
    places = Municipality.objects.in_bulk({place for _occupation, place in sums}, field_name="code")
    return [
        Line(occupations[occupation], answers, places[place])
        for (occupation, place), answers in sorted(sums.items())
        if occupation in occupations
    ]


def weeks(draws: Sequence[Draw], *, area: Area | None, on: date) -> list[Week]:
    """What became of the draws in the area, each drawn anew from its seed. Two queries, however many."""
    chosen: dict[int, set[int]] = {}
    for draw, vacancy in Survey.objects.filter(draw__in=draws).values_list("draw", "vacancy"):
        chosen.setdefault(draw, set()).add(vacancy)
    became = _became(draws, area=area, on=on)
    return [
        Week(
            draw,
            is_the_same=set(draw.drawn()) == chosen.get(draw.pk, set()),
            **became.get(draw.pk, {}),
        )
        for draw in draws
    ]


def _became(draws: Sequence[Draw], *, area: Area | None, on: date) -> dict[int, dict[str, int]]:
    is_asked, is_silent = Q(sent_at__isnull=False), Q(answered_at=None, withdrawn_at=None)
    is_unknown = Q(vacancy__outcome=Outcome.UNKNOWN)
    inside = {f"vacancy__{name}": value for name, value in where(area, on=on).items()}
    rows = (
        Survey.objects.filter(draw__in=draws, **inside)
        .order_by()
        .values_list("draw")
        .annotate(
            asked=Count("pk", filter=is_asked),
            answered=Count("pk", filter=Q(answered_at__isnull=False)),
            told=Count("pk", filter=is_asked & is_silent & ~is_unknown),
            waits=Count("pk", filter=is_silent & is_unknown & Q(open_until__gte=on)),
            silent=Count("pk", filter=is_silent & is_unknown & Q(open_until__lt=on)),
            withdrawn=Count("pk", filter=Q(withdrawn_at__isnull=False)),
        )
    )
    names = ("asked", "answered", "told", "waits", "silent", "withdrawn")
    return {draw: dict(zip(names, numbers, strict=True)) for draw, *numbers in rows}


def _occupations(codes: Any) -> dict[str, Occupation]:
    return {one.code: one for one in Occupation.objects.unit_groups().filter(code__in=list(codes))}
