"""The public search: which vacancies fit, how many there are of each sort, and in what order they come."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone

from employers.vacancies.distance import Place, km_from
from employers.vacancies.models import Vacancy

FULL_TIME = Decimal(35)
"""Hours a week from which a job is called full time: 37 is usual, some agreements have 35 and 36."""

MOST_WORDS = 12

HOURS = {"fuld": Q(hours__gte=FULL_TIME), "deltid": Q(hours__lt=FULL_TIME)}
FIELDS = [str(digit) for digit in range(10)]
"""The first digit of an occupation's code: DISCO's ten major groups."""


@dataclass(frozen=True)
class Wish:
    """What a seeker asks for. Empty parts ask for nothing."""

    text: str = ""
    place: Place | None = None
    within_km: int | None = None
    hours: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    newer_than_days: int | None = None


@dataclass(frozen=True)
class Counts:
    """How many fit in all, and how many would with each choice of a group instead of what is chosen there."""

    vacancies: int
    positions: int
    hours: dict[str, int]
    fields: dict[str, int]
    newer: dict[int, int]


NEWER = (1, 7)
"""Days since publication that one can limit the list to."""


def find(wish: Wish, *, at: datetime) -> QuerySet[Vacancy]:
    """Public vacancies that fit the wish: the best fit first when words are given, else the newest.

    Each has `km`, the distance from the wish's place, or None without one.
    """
    found = _around(wish, at=at).filter(_hours(wish), _fields(wish), _newer(wish, at=at))
    order = ["-published_at", "-pk"]
    if query := _query(wish.text):
        found = found.annotate(fit=SearchRank(F("search"), query))
        order = ["-fit", *order]
    return found.order_by(*order)


def count(wish: Wish, *, at: datetime) -> Counts:
    """The numbers beside the choices, in one query. Each group is counted under what the others ask for."""
    hours, fields, newer = _hours(wish), _fields(wish), _newer(wish, at=at)
    numbers = _around(wish, at=at).aggregate(
        vacancies=Count("pk", filter=hours & fields & newer),
        positions=Sum("positions", filter=hours & fields & newer, default=0),
        **{f"hours_{name}": Count("pk", filter=choice & fields & newer) for name, choice in HOURS.items()},
        **{f"field_{digit}": Count("pk", filter=_in_field(digit) & hours & newer) for digit in FIELDS},
        **{f"newer_{days}": Count("pk", filter=_since(days, at=at) & hours & fields) for days in NEWER},
    )
    return Counts(
        vacancies=numbers["vacancies"],
        positions=numbers["positions"],
        hours={name: numbers[f"hours_{name}"] for name in HOURS},
        fields={digit: numbers[f"field_{digit}"] for digit in FIELDS},
        newer={days: numbers[f"newer_{days}"] for days in NEWER},
    )


def words_of(text: str) -> list[str]:
    """The words of what someone typed: letters and digits, nothing that a query could trip over."""
    return re.findall(r"[^\W_]+", text)[:MOST_WORDS]


def _query(text: str) -> SearchQuery | None:
    """All words, stemmed as Danish; the last may be half written. None without words.

    Each word stands in quotes of its own and holds only letters and digits, so whatever was typed, the
    query is well formed.
    """
    words = words_of(text)
    if not words:
        return None
    *whole, last = (f"'{word}'" for word in words)
    return SearchQuery(" & ".join([*whole, f"{last}:*"]), config="danish", search_type="raw")


def _around(wish: Wish, *, at: datetime) -> QuerySet[Vacancy]:
    """Text and place: what the numbers beside the choices are counted among."""
    found = Vacancy.objects.public(on=timezone.localdate(at))
    if query := _query(wish.text):
        in_names = Q(pk__isnull=False)
        for word in words_of(wish.text):
            in_names &= (
                Q(title__icontains=word)
                | Q(company__name__icontains=word)
                | Q(occupation__title_da__icontains=word)
                | Q(workplace__municipality__name__iexact=word)
            )
        found = found.filter(Q(search=query) | in_names)
    if wish.place:
        found = found.annotate(km=km_from(wish.place))
        if wish.within_km is not None:
            found = found.filter(km__lte=wish.within_km)
    return found


def _hours(wish: Wish) -> Q:
    return _any([HOURS[name] for name in wish.hours])


def _fields(wish: Wish) -> Q:
    return _any([_in_field(digit) for digit in wish.fields])


def _newer(wish: Wish, *, at: datetime) -> Q:
    return _since(wish.newer_than_days, at=at) if wish.newer_than_days else _any([])


def _in_field(digit: str) -> Q:
    return Q(occupation__code__startswith=digit)


def _since(days: int, *, at: datetime) -> Q:
    return Q(published_at__gte=at - timedelta(days=days))


def _any(choices: list[Q]) -> Q:
    """One of them; without any, everything."""
    if not choices:
        return Q(pk__isnull=False)
    together = choices[0]
    for choice in choices[1:]:
        together |= choice
    return together
