"""Tables fetched from Jobindsats: promised by their schedule, carried out by whoever comes first."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from jobcenter.accounts.models import User
from jobcenter.runtime.work import look_now, publish
from regions.feeds.jobindsats import PATIENCE, Jobindsats, Question, Reply
from regions.feeds.models import Arrival, Fetch, Setup
from regions.feeds.receiving import Origin, arrive, digest_of

LEASE = timedelta(seconds=2 * PATIENCE)
"""A server that is ill is asked again with growing pauses: that takes longer than other work."""


def promise(*, on: date) -> int:
    """Promise what is due on a day, each table once, whoever asks and how often; returns how many."""
    due = [
        setup
        for setup in Setup.objects.valid(on).exclude(address="")
        if not setup.fetches.filter(by=None, for_day__gt=on - timedelta(days=setup.every_days)).exists()
    ]
    made = Fetch.objects.bulk_create((Fetch(setup=setup, for_day=on) for setup in due), ignore_conflicts=True)
    return len(made)


@transaction.atomic
def ask_for(setup: Setup, *, by: User) -> bool:
    """Fetch it now, since somebody asks. False when it is being fetched already."""
    made = Fetch.objects.bulk_create(
        [Fetch(setup=setup, for_day=timezone.localdate(), by=by)], ignore_conflicts=True
    )
    wanted = Fetch.objects.unfinished().filter(setup=setup)
    wanted.update(due_at=timezone.now())
    for fetch in wanted:
        look_now("feeds.fetch", fetch.pk)
    return bool(made and wanted.filter(by=by).exists())


def sweep() -> None:
    """Look for tables whose message was lost or whose worker died."""
    for pk in Fetch.objects.waiting().values_list("pk", flat=True):
        publish("feeds.fetch", pk)


def carry_out(pk: int, *, pause: Callable[[float], None] = time.sleep) -> None:
    """Fetch one table. What came is kept, and that it was fetched, in one transaction.

    A server that gives no figures puts the row back, to be tried again after a growing pause; what stands
    stays. The database is not kept waiting: it is asked when the reply is there.
    """
    with Fetch.objects.claim(pk, lease=LEASE) as fetch:
        if fetch:
            reply = fetched(fetch.setup, pause=pause)
            with transaction.atomic():
                fetch.arrival = _seen_before(fetch.setup, reply) or _arrived(fetch, reply)
                fetch.save(update_fields=["arrival"])
                fetch.finish()


def fetched(setup: Setup, *, pause: Callable[[float], None] = time.sleep) -> Reply:
    """What the API says now. Raises jobindsats.Away."""
    question = Question(setup.table, periods=setup.frequency, latest=setup.latest, asked=setup.asked)
    with Jobindsats(address=setup.address, token=settings.JOBINDSATS_TOKEN, pause=pause) as server:
        return server.data(question)


def _seen_before(setup: Setup, reply: Reply) -> Arrival | None:
    """The last that came, when this is the same and there is nothing to try again."""
    last = Arrival.objects.filter(setup=setup).without_content().first()
    is_same = last and last.digest == digest_of(reply.content) and last.state != Arrival.State.REFUSED
    return last if is_same else None


def _arrived(fetch: Fetch, reply: Reply) -> Arrival:
    return arrive(
        Origin(
            source=fetch.setup.source.name,
            data_date=fetch.for_day,
            file_name=reply.address,
            content=reply.content,
            by=fetch.by,
            setup=fetch.setup,
        ),
        may_count=True,
    )
