"""The public search: which vacancies fit, how many there are of each sort, and in what order they come.

It looks through `Listing`, one narrow row for each vacancy anyone may see. The numbers beside the choices
come from one pass that counts what fits text and place in cells (occupation × terms × hours × start × age),
and by municipality; a number is the sum of some cells. Where so much fits that the numbers are told as
"1,000+", they are kept for a minute: counting all of the country's vacancies anew for each reader would cost
most where it tells least.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import BooleanField, Case, ExpressionWrapper, F, Q, Value, When
from django.db.models.functions import Left
from django.utils import timezone

from employers.vacancies.distance import Place, spots_within
from employers.vacancies.known import DEEPEST, municipalities
from employers.vacancies.models import Listing, ListingQuerySet, Terms
from employers.vacancies.models.listing import Among, Fits, array_of, query_of
from jobcenter.geography.models import Municipality
from jobcenter.runtime.kept import Kept

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

    @cached_property
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


class Cell(NamedTuple):
    """So many vacancies are alike in everything that is counted. `age`: days, of those in NEWER, or OLDER."""

    code: str
    terms: str
    full_time: bool | None
    start: str
    age: int
    vacancies: int
    positions: int


GROUPS = ("code", "terms", "full_time", "start", "age")
"""What is counted in cells: the first of a cell's parts."""


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
    """By code, whichever of them are chosen; the most first."""
    counted_at: datetime

    @property
    def readable(self) -> int:
        """So many of them the list shows."""
        return min(self.vacancies, EXACT_UP_TO)


def find(wish: Wish, *, at: datetime) -> ListingQuerySet:
    """What anyone may see and fits the wish: the best fit first when words are given, else the newest."""
    found = _around(wish, at=at).filter(_municipalities(wish), _chosen(wish, at=at))
    if words := words_of(wish.text):
        in_heading = Case(When(Fits(F("heading"), query_of(words)), then=Value(1)), default=Value(0))
        return found.annotate(best=in_heading).order_by("-best", "-published_at", "-pk")
    return found.order_by("-published_at", "-pk")


def count(wish: Wish, *, at: datetime) -> Counts:
    """The numbers beside the choices; when they are many, they may be a minute old: `counted_at` tells."""
    counts = KEPT.get(repr(wish))
    if not counts:
        counts = _counted(wish, at=at)
        if counts.vacancies > EXACT_UP_TO:
            KEPT.put(repr(wish), counts)
    return counts


KEPT = Kept[str, Counts](seconds=60, most=1000)


def _counted(wish: Wish, *, at: datetime) -> Counts:
    """Each group counted under what the others ask for."""
    cells, municipalities = _cells(wish, at=at)
    asked = _asked(wish)
    fitting: list[Cell] = []
    numbers = {group: Counter[Any]() for group in GROUPS}
    for cell in cells:
        amiss = [group for group, fits in asked.items() if not fits(cell)]
        if not amiss:
            fitting.append(cell)
        for group in GROUPS if not amiss else amiss if len(amiss) == 1 else ():
            numbers[group][getattr(cell, group)] += cell.vacancies
    of_codes, of_ages = numbers["code"], numbers["age"]
    shown = {
        code[:digits]
        for code in of_codes
        for digits in range(1, DEEPEST + 1)
        if _is_shown(code[:digits], wish)
    }
    return Counts(
        vacancies=sum(cell.vacancies for cell in fitting),
        positions=sum(cell.positions for cell in fitting),
        terms={name: numbers["terms"][name] for name in Terms.values},
        hours={name: numbers["full_time"][full_time] for name, full_time in HOURS.items()},
        fields={
            code: sum(number for deeper, number in of_codes.items() if deeper.startswith(code))
            for code in sorted({*shown, *wish.fields})
        },
        starts={name: numbers["start"][name] for name in STARTS},
        newer={days: sum(number for age, number in of_ages.items() if age <= days) for days in NEWER},
        municipalities=municipalities,
        counted_at=at,
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
            place = Municipality.objects.filter(pk=wish.place.municipality)
            shared = Municipality.objects.in_catchment_of(place)
            return found.filter(municipality__in=list(shared.values_list("pk", flat=True)))
        case _:
            return found.filter(Among(F("spot"), array_of(wish.spots or [])))


ALIKE = ("branch", "terms", "full_time", "is_soon", *(f"within_{days}" for days in NEWER))
NUMBERS = f"""
    SELECT place, {", ".join(ALIKE)},
        count(*) FILTER (WHERE is_there), sum(positions) FILTER (WHERE is_there),
        count(*) FILTER (WHERE is_chosen)
    FROM (%s) AS listing
    GROUP BY GROUPING SETS (({", ".join(ALIKE)}), (place))
"""
"""place: a municipality. is_there: in those chosen. is_chosen: what every other group asks for."""

STARTS_OF = {True: "snart", False: "senere", None: ""}


def _cells(wish: Wish, *, at: datetime) -> tuple[list[Cell], dict[str, int]]:
    """What fits text and place: by all that is counted, and by municipality. One pass.

    Whether a date is within a limit is asked in so many words, since the planner knows that the answer is
    yes or no; and it is let have the memory to count in, since it expects many more cells than there are.
    """
    deepest = max((len(code) + 1 for code in wish.fields), default=1)
    sql, parameters = (
        _around(wish, at=at)
        .order_by()
        .values(
            "positions",
            "terms",
            "full_time",
            place=F("municipality"),
            branch=Left("code", min(deepest, DEEPEST)),
            is_soon=_holds(Q(starts_on__lte=timezone.localdate(at) + SOON)),
            is_there=_holds(_municipalities(wish)),
            is_chosen=_holds(_chosen(wish, at=at)),
            **{f"within_{days}": _holds(Q(published_at__gte=at - timedelta(days=days))) for days in NEWER},
        )
        .query.sql_with_params()
    )
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '32MB'")
        cursor.execute(NUMBERS % sql, parameters)
        rows = cursor.fetchall()
    cells, places = [], []
    for place, code, terms, full_time, is_soon, *within, vacancies, positions, chosen in rows:
        if place is not None:
            places.append((place, chosen))
        elif vacancies:
            age = next((days for days, is_within in zip(NEWER, within, strict=True) if is_within), OLDER)
            cells.append(Cell(code, terms, full_time, STARTS_OF[is_soon], age, vacancies, positions))
    return cells, _by_code(places)


def _by_code(places: list[tuple[int, int]]) -> dict[str, int]:
    """Numbers by the municipality's code instead of its primary key, the most first."""
    code_of = {municipality.pk: municipality.code for municipality in municipalities().values()}
    numbers = [(code_of[pk], number) for pk, number in places if number]
    return dict(sorted(numbers, key=lambda pair: (-pair[1], pair[0])))


def _holds(condition: Q) -> ExpressionWrapper | Value:
    """A condition as something to count by."""
    return ExpressionWrapper(condition, output_field=BooleanField()) if condition else Value(True)


def _asked(wish: Wish) -> dict[str, Callable[[Cell], bool]]:
    """For each group in which something is chosen, whether a cell has it."""
    asked: dict[str, Callable[[Cell], bool]] = {}
    if codes := tuple(wish.codes):
        asked["code"] = lambda cell: cell.code.startswith(codes)
    if wish.terms:
        asked["terms"] = lambda cell: cell.terms in wish.terms
    if full_time := [HOURS[name] for name in wish.hours]:
        asked["full_time"] = lambda cell: cell.full_time in full_time
    if wish.starts:
        asked["start"] = lambda cell: cell.start in wish.starts
    if days := wish.newer_than_days:
        asked["age"] = lambda cell: cell.age <= days
    return asked


def _is_shown(code: str, wish: Wish) -> bool:
    """The major groups are always offered; what is under a code when it, or something under it, is chosen."""
    return len(code) == 1 or any(chosen.startswith(code[:-1]) for chosen in wish.fields)


def _municipalities(wish: Wish) -> Q:
    return Q(municipality__code__in=wish.municipalities) if wish.municipalities else Q()


def _chosen(wish: Wish, *, at: datetime) -> Q:
    """What is chosen in every group but the municipalities."""
    chosen = Q()
    if wish.terms:
        chosen &= Q(terms__in=wish.terms)
    if wish.hours:
        chosen &= Q(full_time__in=[HOURS[name] for name in wish.hours])
    if wish.newer_than_days:
        chosen &= Q(published_at__gte=at - timedelta(days=wish.newer_than_days))
    return chosen & _codes(wish) & _starts(wish, at=at)


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
