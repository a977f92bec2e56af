"""Register figures into their table: tried and shown first, and then all of a file or nothing.

A file tells of whole half-years: what is there of those and is not in the file goes. What changes is computed
anew by itself, for the database notes it (`StockChange`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jobcenter.accounts.models import User
from jobcenter.classifications.models import UNIT_GROUP, Occupation
from jobcenter.geography.models import Municipality
from jobcenter.runtime.csvlines import Unreadable
from jobcenter.runtime.work import look_now
from regions.bottlenecks.models import Rule, StockDelivery, StockFigure
from regions.bottlenecks.registers.changes import Difference, difference, half_years
from regions.bottlenecks.registers.reading import NUMBERS, Key, Known, Persons, read
from regions.feeds.receiving import Changed
from regions.measures.periods import Frequency, latest_ended, parse

State = StockDelivery.State


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


def known_on(day: date) -> Known:
    """What a file may tell of. Three queries."""
    first = Rule.objects.order_by("valid_from").values_list("valid_from", flat=True).first()
    return Known(
        occupations=set(Occupation.objects.filter(level=UNIT_GROUP).values_list("code", flat=True)),
        municipalities=set(Municipality.objects.valid(day).values_list("code", flat=True)),
        first=latest_ended(Frequency.HALF_YEAR, on=first).one_step_on() if first else None,
        latest=latest_ended(Frequency.HALF_YEAR, on=day),
    )


def compare(figures: Mapping[Key, Persons]) -> Difference:
    """What the figures would change now. Two queries."""
    told = half_years(figures)
    return difference(
        figures,
        standing=dict(_standing(told)),
        before=dict(_standing({parse(period).previous().code for period in told} - told)),
        latest=latest_ended(Frequency.HALF_YEAR, on=timezone.localdate()),
    )


@transaction.atomic
def arrive(
    figures: Mapping[Key, Persons], *, origin: Origin, may_count: bool = False
) -> StockDelivery | None:
    """Keep a file with what it would change; None, and nothing is written, where it changes nothing.

    may_count: the rule lets it through at once when nobody need look: nothing held back, nothing removed.
    The same file, while it waits, is the one that is there.
    """
    _one_at_a_time()
    found = compare(figures)
    if found.is_empty:
        return None
    if same := StockDelivery.objects.waiting().filter(digest=origin.digest).first():
        return same
    delivery = _delivery(origin, found)
    if may_count and not (found.held or found.removed):
        _count(delivery, figures, by=None)
    else:
        delivery.save()
    return delivery


@transaction.atomic
def receive(figures: Mapping[Key, Persons], *, origin: Origin, reason: str = "") -> StockDelivery | None:
    """Take figures in at once, without anybody's look; None, and nothing is written, where nothing changes.

    reason: why what would be held back is right.
    """
    _one_at_a_time()
    found = compare(figures)
    if found.is_empty:
        return None
    delivery = _delivery(origin, found)
    _count(delivery, figures, by=origin.by, reason=reason)
    return delivery


def let_through(delivery: StockDelivery, *, by: User, shown: str, reason: str = "") -> StockDelivery | None:
    """Let a delivery that waits count, whole and at once; None when it no longer waited.

    shown: digest of the difference that somebody has read. Raises Changed, and nothing counts, when it would
    not do now what was shown; then the delivery tells what it does. Two at once are taken in one after the
    other.
    """
    with transaction.atomic():
        _one_at_a_time()
        kept = StockDelivery.objects.waiting().select_for_update().filter(pk=delivery.pk).first()
        if kept is None:
            return None
        figures = _read_anew(kept)
        found = compare(figures)
        _tell(kept, found)
        is_as_shown = found.digest == shown
        if is_as_shown:
            _count(kept, figures, by=by, reason=reason)
        else:
            kept.save()
    if is_as_shown:
        return kept
    raise Changed(_("Other figures have come since. This is what the file changes now."))


@transaction.atomic
def put_aside(delivery: StockDelivery, *, by: User, reason: str) -> bool:
    """A delivery that waits is not to count. False when it no longer waited."""
    waiting = StockDelivery.objects.waiting().filter(pk=delivery.pk)
    return bool(waiting.update(state=State.DROPPED, decided_at=timezone.now(), decided_by=by, reason=reason))


def _read_anew(delivery: StockDelivery) -> Mapping[Key, Persons]:
    """Held against what is known now. Raises Changed."""
    try:
        reading = read(bytes(delivery.content), known=known_on(timezone.localdate()))
    except Unreadable as error:
        raise Changed(str(error)) from None
    if reading.problems:
        raise Changed(
            _("Occupations or municipalities have changed since the file came: it can no longer be used.")
        )
    return reading.figures


def _one_at_a_time() -> None:
    """So that each file says truly what it changed."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE bottlenecks_stockfigure IN SHARE ROW EXCLUSIVE MODE")


def _delivery(origin: Origin, found: Difference) -> StockDelivery:
    delivery = StockDelivery(
        source=origin.source,
        data_date=origin.data_date,
        file_name=origin.file_name[:200],
        content=origin.content,
        digest=origin.digest,
        by=origin.by,
    )
    _tell(delivery, found)
    return delivery


def _tell(delivery: StockDelivery, found: Difference) -> None:
    """Write down what it would change."""
    for name in ("added", "changed", "removed", "unchanged", "held"):
        setattr(delivery, name, getattr(found, name))
    delivery.told = found.as_json()


def _count(
    delivery: StockDelivery, figures: Mapping[Key, Persons], *, by: User | None, reason: str = ""
) -> None:
    """Put the figures in the place of what is known of their half-years, and have it computed anew."""
    delivery.state, delivery.decided_at = State.COUNTED, timezone.now()
    delivery.decided_by, delivery.reason = by, reason
    delivery.save()
    StockFigure.objects.filter(period__in=half_years(figures)).delete()
    _write(delivery, figures)
    look_now("dashboard.follow")


def _write(delivery: StockDelivery, figures: Mapping[Key, Persons]) -> None:
    """By COPY: a file of the whole country has 42,000 lines, and somebody waits for the page."""
    occupations = dict(Occupation.objects.values_list("code", "pk"))
    municipalities = dict(Municipality.objects.values_list("code", "pk"))
    columns = ("delivery_id", "period", "occupation_id", "municipality_id", *NUMBERS)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY bottlenecks_stockfigure ({', '.join(columns)}) FROM STDIN") as copy,
    ):
        for (period, occupation, municipality), persons in figures.items():
            copy.write_row(
                (delivery.pk, period, occupations[occupation], municipalities[municipality], *persons)
            )


def _standing(periods: Collection[str]) -> Iterator[tuple[Key, Persons]]:
    rows = StockFigure.objects.filter(period__in=periods).values_list(
        "period", "occupation__code", "municipality__code", *NUMBERS
    )
    for period, occupation, municipality, *persons in rows:
        yield (period, occupation, municipality), tuple(persons)
