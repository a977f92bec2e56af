"""Register figures into their table: what a file would change, and then all of it or nothing.

A file tells of whole half-years: what is there of those and is not in the file goes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import connection, transaction

from jobcenter.accounts.models import User
from jobcenter.classifications.models import Occupation
from jobcenter.geography.models import Municipality
from regions.bottlenecks.models import StockDelivery, StockFigure
from regions.bottlenecks.registers import NUMBERS, Key, Persons


@dataclass(frozen=True)
class Origin:
    """Where figures come from. by: None for the portal itself."""

    source: str
    data_date: date
    file_name: str
    content: bytes
    by: User | None = None

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass
class Difference:
    """What a file would change, by half-year, occupation and municipality."""

    added: list[Key] = field(default_factory=list)
    changed: list[Key] = field(default_factory=list)
    removed: list[Key] = field(default_factory=list)
    unchanged: list[Key] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.removed)


def compare(figures: Mapping[Key, Persons]) -> Difference:
    """What the figures would change now. One query."""
    standing = dict(_standing({period for period, _occupation, _municipality in figures}))
    found = Difference(removed=[key for key in standing if key not in figures])
    for key, persons in figures.items():
        if key not in standing:
            found.added.append(key)
        elif standing[key] != persons:
            found.changed.append(key)
        else:
            found.unchanged.append(key)
    return found


@transaction.atomic
def receive(figures: Mapping[Key, Persons], *, origin: Origin) -> StockDelivery | None:
    """Take the figures in, and keep the file; None, and nothing is written, where they change nothing.

    Two deliveries at once are taken in one after the other.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE bottlenecks_stockfigure IN SHARE ROW EXCLUSIVE MODE")
    found = compare(figures)
    if found.is_empty:
        return None
    delivery = StockDelivery.objects.create(
        source=origin.source,
        data_date=origin.data_date,
        file_name=origin.file_name,
        content=origin.content,
        digest=origin.digest,
        by=origin.by,
        added=len(found.added),
        changed=len(found.changed),
        removed=len(found.removed),
        unchanged=len(found.unchanged),
    )
    periods = {period for period, _occupation, _municipality in figures}
    StockFigure.objects.filter(period__in=periods).delete()
    occupations = dict(Occupation.objects.values_list("code", "pk"))
    municipalities = dict(Municipality.objects.values_list("code", "pk"))
    StockFigure.objects.bulk_create(
        (
            StockFigure(
                delivery=delivery,
                period=period,
                occupation_id=occupations[occupation],
                municipality_id=municipalities[municipality],
                **dict(zip(NUMBERS, persons, strict=True)),
            )
            for (period, occupation, municipality), persons in figures.items()
        ),
        batch_size=5000,
    )
    return delivery


def _standing(periods: Collection[str]) -> Iterator[tuple[Key, Persons]]:
    rows = StockFigure.objects.filter(period__in=periods).values_list(
        "period", "occupation__code", "municipality__code", *NUMBERS
    )
    for period, occupation, municipality, *persons in rows:
        yield (period, occupation, municipality), tuple(persons)
