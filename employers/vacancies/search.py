"""The public search: which vacancies fit, how many there are of each sort, and in what order they come.

It looks through `Listing`, one narrow row for each vacancy anyone may see. The numbers beside the choices
come from one pass that counts what fits text and place in cells (occupation × terms × hours × start × age);
a number is the sum of some cells.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property

from django.db.models import Case, CharField, Count, F, IntegerField, Q, Sum, Value, When
from django.db.models.functions import Left
from django.utils import timezone

from employers.vacancies.distance import Place, spots_within
from employers.vacancies.models import Listing, ListingQuerySet, Terms
from employers.vacancies.models.listing import Fits, query_of
from jobcenter.geography.models import Catchment

FULL_TIME = Decimal(35)
"""Hours a week from which a job is called full time: 37 is usual, some agreements have 35 and 36.
The triggers that keep the listings have it, too."""

MOST_WORDS = 12
EXACT_UP_TO = 1000
"""Numbers are told exactly up to this and as "1,000+" beyond; as far the list can be read."""

TERMS: dict[str, str] = {
    "fast": Terms.ORDINARY,
    "tidsbegraenset": Terms.TEMPORARY,
    "elev": Terms.APPRENTICESHIP,
    "studie": Terms.STUDENT,
    "saerlige": Terms.INCLUSIVE,
}
"""Terms by their name in an address."""

HOURS = {"fuld": True, "deltid": False}
FIELDS = [str(digit) for digit in range(10)]
"""The first digit of an occupation's code: DISCO's ten major groups."""

DEEPEST = 4
"""So many digits of the classification one can go down to."""

STARTS = ("snart", "senere")
SOON = timedelta(days=31)
NEWER = (1, 7)
"""Days since publication that one can limit the list to."""
OLDER = 99


@dataclass(frozen=True)
class Wish:
    """What a seeker asks for. Empty parts ask for nothing.

    where: the place as it was written; `place` what was understood by it. reach: kilometres as digits,
    "kommune" or "opland" (its municipality, its labour catchment), or "" for all of Denmark.
    fields: codes of the classification's first four levels. municipalities: their codes.
    """

    text: str = ""
    where: str = ""
    place: Place | None = None
    reach: str = ""
    terms: list[str] = field(default_factory=list)
    hours: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    starts: list[str] = field(default_factory=list)
    municipalities: list[str] = field(default_factory=list)
    newer_than_days: int | None = None

    @property
    def codes(self) -> list[str]:
        """The codes chosen, without those under which something narrower is chosen."""
        return [
            code
            for code in self.fields
            if not any(other != code and other.startswith(code) for other in self.fields)
        ]

    @cached_property
    def spots(self) -> list[str] | None:
        """Where a listing may lie (see `Listing.spot`), when the reach is in kilometres. Asked once."""
        return spots_within(self.place, float(self.within_km)) if self.place and self.within_km else None

    @property
    def within_km(self) -> int | None:
        return int(self.reach) if self.place and self.reach.isdigit() else None


@dataclass(frozen=True)
class Cell:
    """So many vacancies are alike in everything that is counted. `age`: days, of those in NEWER, or OLDER."""

    code: str
    terms: str
    full_time: bool | None
    start: str
    age: int
    vacancies: int
    positions: int


@dataclass(frozen=True)
class Counts:
    """How many fit in all, and how many would with each choice of a group instead of what is chosen there."""

    vacancies: int
    positions: int
    terms: Mapping[str, int]
    hours: Mapping[str, int]
    fields: Mapping[str, int]
    starts: Mapping[str, int]
    newer: Mapping[int, int]
    municipalities: Mapping[str, int]

    @property
    def readable(self) -> int:
        """So many of them the list shows."""
        return min(self.vacancies, EXACT_UP_TO)


def find(wish: Wish, *, at: datetime) -> ListingQuerySet:
    """What anyone may see and fits the wish: the best fit first when words are given, else the newest."""
    found = _chosen(_in_municipalities(_around(wish, at=at), wish), wish, at=at)
    if words := words_of(wish.text):
        in_heading = Case(When(Fits(F("heading"), query_of(words)), then=Value(1)), default=Value(0))
        return found.annotate(best=in_heading).order_by("-best", "-published_at", "-pk")
    return found.order_by("-published_at", "-pk")


def count(wish: Wish, *, at: datetime) -> Counts:
    """The numbers beside the choices. Each group is counted under what the others ask for. Two queries."""
    cells = _cells(wish, at=at)
    fitting = [cell for cell in cells if _fits(cell, wish)]
    of_terms = Counter[str]()
    of_hours = Counter[bool | None]()
    of_codes = Counter[str]()
    of_starts = Counter[str]()
    of_ages = Counter[int]()
    for counter, group in (
        (of_terms, "terms"),
        (of_hours, "full_time"),
        (of_codes, "code"),
        (of_starts, "start"),
        (of_ages, "age"),
    ):
        for cell in cells:
            if _fits(cell, wish, but=group):
                counter[getattr(cell, group)] += cell.vacancies
    shown = {
        code[:digits]
        for code in of_codes
        for digits in range(1, DEEPEST + 1)
        if _is_shown(code[:digits], wish)
    }
    return Counts(
        vacancies=sum(cell.vacancies for cell in fitting),
        positions=sum(cell.positions for cell in fitting),
        terms={name: of_terms[name] for name in Terms.values},
        hours={name: of_hours[full_time] for name, full_time in HOURS.items()},
        fields={
            code: sum(number for deeper, number in of_codes.items() if deeper.startswith(code))
            for code in sorted({*shown, *wish.fields})
        },
        starts={name: of_starts[name] for name in STARTS},
        newer={days: sum(number for age, number in of_ages.items() if age <= days) for days in NEWER},
        municipalities=by_municipality(wish, at=at),
    )


def by_municipality(wish: Wish, *, at: datetime) -> dict[str, int]:
    """How many fit in each municipality, by its code, whichever of them are chosen; the most first."""
    return dict(
        _chosen(_around(wish, at=at), wish, at=at)
        .order_by()
        .values_list("municipality__code")
        .annotate(number=Count("pk"))
        .order_by("-number", "municipality__code")
    )


def words_of(text: str) -> list[str]:
    """The words of what someone typed: letters and digits, nothing that a query could trip over."""
    return re.findall(r"[^\W_]+", text)[:MOST_WORDS]


def _around(wish: Wish, *, at: datetime) -> ListingQuerySet:
    """Text and place: what the numbers beside all choices are counted among."""
    found = Listing.objects.open(on=timezone.localdate(at))
    if words := words_of(wish.text):
        found = found.filter(Fits(F("words"), query_of(words)))
    if not wish.place:
        return found
    match wish.reach:
        case "":
            return found
        case "kommune":
            return found.filter(municipality=wish.place.municipality)
        case "opland":
            centre = Catchment.objects.filter(centre=wish.place.municipality)
            return found.filter(municipality__in=list(centre.values_list("municipality", flat=True)))
        case _:
            return found.filter(spot__in=wish.spots or [])


def _in_municipalities(found: ListingQuerySet, wish: Wish) -> ListingQuerySet:
    return found.filter(municipality__code__in=wish.municipalities) if wish.municipalities else found


def _chosen(found: ListingQuerySet, wish: Wish, *, at: datetime) -> ListingQuerySet:
    """What fits the choices of every group but the municipalities."""
    found = found.filter(_terms(wish), _hours(wish), _codes(wish), _starts(wish, at=at))
    if wish.newer_than_days:
        found = found.filter(published_at__gte=at - timedelta(days=wish.newer_than_days))
    return found


def _cells(wish: Wish, *, at: datetime) -> list[Cell]:
    """What fits text and place, counted by everything else. One query, whatever is chosen."""
    deepest = max((len(code) + 1 for code in wish.fields), default=1)
    soon = timezone.localdate(at) + SOON
    ages = [When(published_at__gte=at - timedelta(days=days), then=Value(days)) for days in NEWER]
    rows = (
        _in_municipalities(_around(wish, at=at), wish)
        .annotate(
            branch=Left("code", min(deepest, DEEPEST)),
            start=Case(
                When(starts_on__lte=soon, then=Value("snart")),
                When(starts_on__gt=soon, then=Value("senere")),
                default=Value(""),
                output_field=CharField(),
            ),
            age=Case(*ages, default=Value(OLDER), output_field=IntegerField()),
        )
        .order_by()
        .values_list("branch", "terms", "full_time", "start", "age")
        .annotate(vacancies=Count("pk"), positions=Sum("positions"))
    )
    return [Cell(*row) for row in rows]


def _fits(cell: Cell, wish: Wish, *, but: str = "") -> bool:
    """Whether a cell has what is chosen in every group, or in every group but one."""
    codes = wish.codes
    return (
        (but == "terms" or not wish.terms or cell.terms in wish.terms)
        and (but == "full_time" or not wish.hours or cell.full_time in [HOURS[name] for name in wish.hours])
        and (but == "code" or not codes or cell.code.startswith(tuple(codes)))
        and (but == "start" or not wish.starts or cell.start in wish.starts)
        and (but == "age" or not wish.newer_than_days or cell.age <= wish.newer_than_days)
    )


def _is_shown(code: str, wish: Wish) -> bool:
    """The major groups are always offered; what is under a code when it, or something under it, is chosen."""
    return len(code) == 1 or any(chosen.startswith(code[:-1]) for chosen in wish.fields)


def _terms(wish: Wish) -> Q:
    return Q(terms__in=wish.terms) if wish.terms else Q()


def _hours(wish: Wish) -> Q:
    return Q(full_time__in=[HOURS[name] for name in wish.hours]) if wish.hours else Q()


def _codes(wish: Wish) -> Q:
    chosen = Q()
    for code in wish.codes:
        chosen |= Q(code__startswith=code)
    return chosen


def _starts(wish: Wish, *, at: datetime) -> Q:
    soon = timezone.localdate(at) + SOON
    wanted = {"snart": Q(starts_on__lte=soon), "senere": Q(starts_on__gt=soon)}
    chosen = Q()
    for name in wish.starts:
        chosen |= wanted[name]
    return chosen
