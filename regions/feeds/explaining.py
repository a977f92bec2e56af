"""What the columns of a source hold: explained on a file that has come, tried on it, kept from a day on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from jobcenter.accounts.models import User
from regions.feeds.figures import Figure
from regions.feeds.layout import Layout
from regions.feeds.models import Arrival, Setup, Source
from regions.feeds.reading import Problem, read_table
from regions.feeds.receiving import Origin, arrive, known_for, table_in

MOST_SHOWN = 8


@dataclass(frozen=True)
class Tried:
    """What a layout makes of a file: how many figures, the first of them, and what is wrong."""

    count: int
    missing: int
    wholes: int
    refused: int
    figures: list[Figure]
    problems: list[Problem]


def attempt(arrival: Arrival, layout: Layout) -> Tried:
    """Read what has come in this way, and keep nothing. Raises Unreadable."""
    origin = Origin.of(arrival)
    reading = read_table(table_in(origin), known=known_for(origin), layout=layout)
    return Tried(
        count=len(reading.figures),
        missing=reading.missing,
        wholes=reading.wholes,
        refused=len(reading.problems),
        figures=list(reading.figures[:MOST_SHOWN]),
        problems=list(reading.problems[:MOST_SHOWN]),
    )


@transaction.atomic
def explain(arrival: Arrival, layout: Layout, *, withdraws: bool, jump: int, by: User) -> Arrival:
    """From today on the source is read in this way, and so is what has come: it arrives again, and takes the
    place of the one that was refused.

    How it was read before stays, until yesterday. Explained twice on a day, the later counts.
    """
    today = timezone.localdate()
    source, _is_new = Source.objects.get_or_create(name=arrival.source)
    setup = source.setup or Setup(source=source)
    if setup.pk and setup.valid_from < today:
        Setup.objects.filter(pk=setup.pk).update(valid_to=today)
        setup.pk = None
        setup._state.adding = True
    setup.valid_from, setup.valid_to, setup.by = today, None, by
    setup.layout, setup.withdraws, setup.jump = layout.as_json(), withdraws, jump
    setup.save()
    read = arrive(replace(Origin.of(arrival), by=by, setup=setup))
    Arrival.objects.filter(pk=arrival.pk).update(replaced_by=read)
    return read
