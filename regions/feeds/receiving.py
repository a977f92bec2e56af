"""What has arrived: kept with what it would change, then let through, put aside or refused, all of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jobcenter.accounts.models import User
from jobcenter.geography.models import Area
from jobcenter.runtime.csvlines import Unreadable
from jobcenter.runtime.work import look_now
from regions.feeds import incoming, replies
from regions.feeds.figures import JUMP, Difference, Figure
from regions.feeds.known import known_to
from regions.feeds.layout import OWN
from regions.feeds.models import Arrival, Setup
from regions.feeds.reading import Known, Problem, Reading, read_table
from regions.feeds.table import Table, table_of
from regions.measures.models import Delivery

MOST_PROBLEMS = 200
"""Lines that are told one by one; the rest are counted."""


@dataclass(frozen=True)
class Origin:
    """Whose figures, as of when, and what they came as: the name of a file, or the address that was asked.

    by: who brought it, None for the portal itself. area: whose office did, None for the whole country.
    setup: how the source is read; None for a file of the portal's own form.
    """

    source: str
    data_date: date
    file_name: str
    content: bytes
    by: User | None = None
    area: Area | None = None
    setup: Setup | None = None

    @property
    def digest(self) -> str:
        return digest_of(self.content)

    @classmethod
    def of(cls, arrival: Arrival) -> Origin:
        return cls(
            source=arrival.source,
            data_date=arrival.data_date,
            file_name=arrival.came_as,
            content=bytes(arrival.content),
            by=arrival.by,
            area=arrival.area,
            setup=arrival.setup,
        )


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@transaction.atomic
def arrive(origin: Origin, *, may_count: bool = False) -> Arrival:
    """Keep what has come as evidence, with what it would change. Nothing counts before it is let through.

    may_count: the rule lets it through at once when nobody need look: nothing held back, nothing removed.
    """
    try:
        reading = read_anew(origin)
    except Unreadable as error:
        return _turn_down(_arrival(origin), said=str(error))
    if reading.problems:
        return _turn_down(_arrival(origin), problems=reading.problems)
    if may_count:
        _one_at_a_time()
    found = _compare(reading.figures, origin=origin)
    arrival = _tell(_arrival(origin, missing=reading.missing), found)
    if may_count and not (found.is_empty or found.held or found.removed):
        _count(arrival, origin, by=None)
    elif found.is_empty:
        _decide(arrival, Arrival.State.UNCHANGED)
    arrival.save()
    incoming.clear()
    return arrival


class Changed(Exception):
    """What a file would change is not what was shown, or it can no longer be used; in a sentence which."""


def let_through(arrival: Arrival, *, by: User, shown: str, reason: str = "") -> Arrival:
    """Let a delivery that waits count, whole and at once. shown: the difference that somebody has read.

    Raises Changed, and nothing counts, when it would not do now what was shown. Two at once are taken in
    one after the other; the second finds what no longer waits, and gets it back as it is.
    """
    with transaction.atomic():
        _one_at_a_time()
        arrival = Arrival.objects.select_for_update().get(pk=arrival.pk)
        if not arrival.waits:
            return arrival
        origin = Origin.of(arrival)
        try:
            reading = read_anew(origin)
        except Unreadable as error:
            return _turn_down(arrival, said=str(error))
        if reading.problems:
            return _turn_down(arrival, problems=reading.problems)
        _tell(arrival, _compare(reading.figures, origin=origin))
        is_as_shown = arrival.shown == shown
        if is_as_shown:
            _count(arrival, origin, by=by, reason=reason)
        arrival.save()
        incoming.clear()
    if is_as_shown:
        return arrival
    raise Changed(_("Other figures have come since. This is what the delivery changes now."))


@transaction.atomic
def put_aside(arrival: Arrival, *, by: User, reason: str) -> bool:
    """A delivery that waits is not to count. False when it no longer waited."""
    waiting = Arrival.objects.waiting().filter(pk=arrival.pk)
    return bool(
        waiting.update(state=Arrival.State.DROPPED, decided_at=timezone.now(), decided_by=by, reason=reason)
    )


@transaction.atomic
def receive(figures: Sequence[Figure], *, origin: Origin, missing: int = 0) -> Arrival | None:
    """Take the portal's own figures in at once; None, and nothing is written, when they change nothing.

    figures: of known places, measures and groups, each key once. missing: lines that had no figure.
    """
    _one_at_a_time()
    found = _compare(figures, origin=origin, holds_back=False)
    if found.is_empty:
        incoming.clear()
        return None
    arrival = _tell(_arrival(origin, missing=missing), found)
    _count(arrival, origin, by=origin.by)
    arrival.save()
    incoming.clear()
    return arrival


def read_anew(origin: Origin) -> Reading:
    """The figures of what arrived, held against what is known now. Raises Unreadable."""
    layout = origin.setup.as_layout if origin.setup else OWN
    return read_table(table_in(origin), known=known_for(origin), layout=layout)


def table_in(origin: Origin) -> Table:
    """A reply of Jobindsats where it was fetched, else a file. Raises Unreadable."""
    is_reply = origin.setup and origin.setup.is_fetched
    return replies.figures(origin.content) if is_reply else table_of(origin.content)


def known_for(origin: Origin) -> Known:
    """What whoever brought it may tell about, today."""
    return known_to(area=origin.area, today=timezone.localdate())


@transaction.atomic
def keep_unread(origin: Origin) -> Arrival:
    """Keep a file whose columns have yet to be explained. It is refused until they are."""
    return _turn_down(_arrival(origin), said=_("It is not explained yet what the columns hold."))


def _one_at_a_time() -> None:
    """So that each delivery says truly what it changed."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE measures_delivery IN SHARE ROW EXCLUSIVE MODE")


def _compare(figures: Sequence[Figure], *, origin: Origin, holds_back: bool = True) -> Difference:
    setup = origin.setup
    incoming.put(figures)
    return incoming.hold_beside(
        source=origin.source,
        area=origin.area,
        withdraws=bool(setup and setup.withdraws),
        jump=(setup.jump if setup else JUMP) if holds_back else None,
    )


def _arrival(origin: Origin, **fields: object) -> Arrival:
    return Arrival(
        source=origin.source,
        setup=origin.setup,
        area=origin.area,
        data_date=origin.data_date,
        came_as=origin.file_name[:500],
        content=origin.content,
        digest=origin.digest,
        by=origin.by,
        **fields,
    )


def _tell(arrival: Arrival, found: Difference) -> Arrival:
    """Write down what it would change."""
    for name in ("added", "changed", "unchanged", "removed", "held"):
        setattr(arrival, name, getattr(found, name))
    arrival.rows = found.added + found.changed + found.unchanged + arrival.missing
    arrival.told = found.as_json()
    arrival.__dict__.pop("difference", None)
    return arrival


def _turn_down(arrival: Arrival, *, said: str = "", problems: Sequence[Problem] = ()) -> Arrival:
    arrival.said = said
    arrival.refused = len(problems)
    arrival.problems = [[problem.line, problem.text] for problem in problems[:MOST_PROBLEMS]]
    _decide(arrival, Arrival.State.REFUSED)
    arrival.save()
    return arrival


def _count(arrival: Arrival, origin: Origin, *, by: User | None, reason: str = "") -> None:
    """Write the figures that were compared last in this transaction, and that the arrival counts."""
    arrival.delivery = Delivery.objects.create(
        source=origin.source,
        data_date=origin.data_date,
        by=origin.by,
        file_name=origin.file_name[:200],
        digest=origin.digest,
    )
    incoming.write(arrival.delivery)
    look_now("dashboard.follow")
    arrival.decided_by, arrival.reason = by, reason
    _decide(arrival, Arrival.State.COUNTED)


def _decide(arrival: Arrival, state: Arrival.State) -> None:
    arrival.state, arrival.decided_at = state, timezone.now()
