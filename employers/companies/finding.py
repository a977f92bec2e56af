"""Companies by name or number, among hundreds of thousands: few are fetched, and those are ranked."""

from __future__ import annotations

from typing import TypeVar

from django.db import connection
from django.db.models import Q, QuerySet

from employers.companies.models import Company, Former, Named, NameGram, RegisterCompany
from employers.companies.names import Sought, folded, ranked, sought

AnyNamed = TypeVar("AnyNamed", bound=Named)

BEGINNING = 60
"""So many of those whose name begins as typed are looked at, in alphabetical order."""

HOLDING = 600
"""So many of those whose name has the words' rarest pieces."""

RESEMBLING = 3000
"""So many of those whose name may be meant, with a slip in what was typed."""

FEW_DIGITS = 3


def find(companies: QuerySet[AnyNamed], typed: str, *, most: int) -> list[AnyNamed]:
    """At most so many of the companies that fit what was typed, best first; [] if nothing can be sought.

    Digits are the beginning of a CVR number; else it is a name, in any order and case, with æ or ae, and
    with a slip of the finger in it. A handful of indexed queries, however many companies there are.
    """
    digits = "".join(typed.split())
    if digits.isascii() and digits.isdigit() and len(digits) >= FEW_DIGITS:
        return list(companies.filter(_number_begins(companies, digits)).order_by("cvr")[:most])
    pks = _ranked(companies, typed)[:most]
    found = companies.in_bulk(pks)
    return [found[pk] for pk in pks if pk in found]


def _number_begins(companies: QuerySet[AnyNamed], digits: str) -> Q:
    """By its own number or, of those we know, by one of a company that was merged into it."""
    begins = Q(cvr__startswith=digits)
    if companies.model is Company:
        begins |= Q(pk__in=Former.objects.filter(kind="company", cvr__startswith=digits).values("now"))
    return begins


def _ranked(companies: QuerySet[AnyNamed], typed: str) -> list[object]:
    """Primary keys of those whose name fits, best first."""
    wanted = sought(typed)
    if not wanted.words:
        return []
    counts = dict(NameGram.objects.filter(gram__in=wanted.grams).values_list("gram", "companies"))
    # Without its order: the rarest pieces are to choose the way through the table, not the alphabet.
    names = companies.order_by().values_list("pk", "name_key")
    key = folded(typed)
    looked_at = dict(names.filter(name_key__startswith=key).order_by("name_key")[:BEGINNING])
    if exact := wanted.rarest(counts):
        looked_at |= dict(names.filter(name_grams__contains=exact)[:HOLDING])
    fitting = _best(wanted, looked_at)
    is_as_typed = bool(fitting) and wanted.stands_in(looked_at[fitting[0]])
    if not is_as_typed and (rarest := wanted.despite_a_slip(counts)):
        looked_at |= dict(names.filter(name_grams__overlap=rarest)[:RESEMBLING])
        fitting = _best(wanted, looked_at)
    return fitting


def _best(wanted: Sought, looked_at: dict[object, str]) -> list[object]:
    pks = list(looked_at)
    return [pks[place] for _fit, place in ranked(wanted, list(looked_at.values()))]


def count_grams() -> None:
    """Count anew how many companies of the register have each piece: one statement."""
    table = RegisterCompany._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {NameGram._meta.db_table}")
        cursor.execute(
            f"INSERT INTO {NameGram._meta.db_table} (gram, companies)"
            f" SELECT gram, count(*) FROM {table}, unnest(name_grams) AS gram GROUP BY gram"
        )
