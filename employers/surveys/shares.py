"""How many employers said what came of their vacancies: to stand beside every rate made of their answers.

    of_cells = counted(first=date(2026, 1, 1), last=date(2026, 6, 30))
    of_occupations = added_up(of_cells, by=lambda cell: cell.occupation)

Counting is one query for the country; adding up is pure, so that a sum can never contradict its parts.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple, TypeVar

from django.db.models import Count, Q
from django.db.models.functions import Left, TruncMonth
from django.utils import timezone

from employers.vacancies.models import Outcome, Vacancy
from jobcenter.classifications.models import UNIT_GROUP
from jobcenter.runtime.days import midnight

Key = TypeVar("Key", bound=Hashable)


class Cell(NamedTuple):
    """Where and when a vacancy closed: occupation of four digits, municipality's code, month's first day."""

    occupation: str
    municipality: str
    month: date


@dataclass(frozen=True, kw_only=True)
class Answers:
    """Vacancies that closed, and how many of them are known to have ended in some way.

    at_closing: told as it closed or afterwards, by whoever spoke for the employer unasked. by_survey: told by
    the survey. asked: whom the survey was mailed to, whether they answered or not. Withdrawn vacancies are
    answers too. Raises ValueError for numbers that do not fit each other.
    """

    closed: int = 0
    at_closing: int = 0
    by_survey: int = 0
    asked: int = 0

    def __post_init__(self) -> None:
        is_sound = (
            self.at_closing + self.by_survey <= self.closed and self.by_survey <= self.asked <= self.closed
        )
        if min(astuple(self)) < 0 or not is_sound:
            raise ValueError(f"{self} do not fit each other")

    def __add__(self, other: Answers) -> Answers:
        return Answers(
            closed=self.closed + other.closed,
            at_closing=self.at_closing + other.at_closing,
            by_survey=self.by_survey + other.by_survey,
            asked=self.asked + other.asked,
        )

    @property
    def answered(self) -> int:
        return self.at_closing + self.by_survey

    @property
    def not_answered(self) -> int:
        """How they ended is unknown. That is never “in vain”."""
        return self.closed - self.answered

    @property
    def share(self) -> float | None:
        """Of those that closed, 0 to 1; None where none did: that is not nought."""
        return self.answered / self.closed if self.closed else None

    @property
    def share_of_asked(self) -> float | None:
        """How many of those the survey was mailed to answered it; None where none were."""
        return self.by_survey / self.asked if self.asked else None


def counted(*, first: date, last: date, **where: Any) -> dict[Cell, Answers]:
    """What closed from the first to the last day, by occupation, municipality and month. One query.

    A vacancy is where its workplace is, and in the month it closed in, in Danish time. The same vacancies
    count as in the failed recruitment rate, and beside them the withdrawn and the unknown. Only cells in
    which something closed are there. where: narrows the vacancies, as `filter` takes it.
    """
    rows = (
        Vacancy.objects.filter(
            state=Vacancy.State.CLOSED,
            closed_at__gte=midnight(first),
            closed_at__lt=midnight(last + timedelta(days=1)),
            **where,
        )
        .order_by()
        .annotate(
            unit_group=Left("occupation__code", UNIT_GROUP),
            month=TruncMonth("closed_at"),
        )
        .values_list("unit_group", "workplace__municipality__code", "month")
        .annotate(
            closed=Count("pk"),
            known=Count("pk", filter=~Q(outcome=Outcome.UNKNOWN)),
            by_survey=Count("pk", filter=Q(survey__answered_at__isnull=False)),
            asked=Count("pk", filter=Q(survey__sent_at__isnull=False)),
        )
    )
    return {
        Cell(occupation, municipality, timezone.localdate(month)): Answers(
            closed=closed, at_closing=known - by_survey, by_survey=by_survey, asked=asked
        )
        for occupation, municipality, month, closed, known, by_survey, asked in rows
    }


def added_up(cells: Mapping[Cell, Answers], *, by: Callable[[Cell], Key]) -> dict[Key, Answers]:
    """The cells added up by what `by` makes of each: an occupation, an area, a half-year. Pure."""
    sums: dict[Key, Answers] = {}
    for cell, answers in cells.items():
        key = by(cell)
        sums[key] = sums.get(key, Answers()) + answers
    return sums
