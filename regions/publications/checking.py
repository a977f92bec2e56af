"""What a quarter's publication would leave out, and why it cannot be published yet.

A measure is left out while its figures are immature, while a delivery of them waits for somebody to let it
through, or because nothing has been compared. What is weak or hidden is published, and counted here.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from regions.comparison.models import Comparison
from regions.feeds.figures import Difference
from regions.feeds.models import Arrival
from regions.measures.models import Changed, Measure
from regions.measures.periods import (
    Frequency,
    NotAPeriod,
    Period,
    final_in,
    is_mature,
    latest_ended,
    parse,
    under_way,
)
from regions.publications import correcting
from regions.publications.choosing import chosen
from regions.publications.models import FrozenResult, Publication


class Why(StrEnum):
    """Why a measure is left out of an issue."""

    REQUIRED = "required"
    IMMATURE = "immature"
    WAITING = "waiting"
    NONE = "none"


class Obstacle(StrEnum):
    """Why a draft cannot be published as it is."""

    EMPTY = "empty"
    MOVED_ON = "moved_on"
    NOTHING_CHANGED = "nothing_changed"


OBSTACLES: dict[Obstacle, str | Promise] = {
    Obstacle.EMPTY: _("Nothing has been compared in the quarter, so there is nothing to publish."),
    Obstacle.MOVED_ON: _(
        "The results have changed since the draft was drawn up. Draw it up again, and check it once more."
    ),
    Obstacle.NOTHING_CHANGED: _("Nothing differs from the issue that is to be corrected."),
}


@dataclass(frozen=True)
class Check:
    """What somebody must know before they publish a draft.

    results, hidden, missing, not_expected: results in all; those of small numbers; jobcentres without
    figures; those of whom nothing could be expected. weak: comparisons with a weak model. not_computed:
    figures of the quarter that have come and are not compared yet.
    """

    results: int
    hidden: int
    missing: int
    not_expected: int
    weak: int
    not_computed: int
    obstacles: Collection[Obstacle]

    @property
    def sentences(self) -> list[str]:
        return [str(OBSTACLES[obstacle]) for obstacle in self.obstacles]


def check(publication: Publication) -> Check:
    """Read what a draft holds. Six queries, however much that is."""
    of_draft = FrozenResult.objects.filter(comparison__publication=publication)
    counts = of_draft.aggregate(
        results=Count("pk"),
        hidden=Count("pk", filter=Q(state=FrozenResult.State.SUPPRESSED)),
        missing=Count("pk", filter=Q(state=FrozenResult.State.MISSING)),
        not_expected=Count("pk", filter=Q(state__in=("shown", "zero"), expected=None)),
    )
    waiting = Changed.objects.order_by().values_list("period", flat=True).distinct()
    return Check(
        **counts,
        weak=publication.comparisons.exclude(weakness="").count(),
        not_computed=sum(is_of(period, publication.period) for period in waiting),
        obstacles=list(obstacles(publication)),
    )


def obstacles(publication: Publication) -> list[Obstacle]:
    drawn = set(publication.comparisons.values_list("measure", "target_group", "period", "digest"))
    now = set(chosen(publication.quarter).values_list("measure", "target_group", "period", "digest"))
    if not drawn and not now:
        return [Obstacle.EMPTY]
    found = [Obstacle.MOVED_ON] if drawn != now else []
    if publication.corrects and not correcting.differences(publication):
        found.append(Obstacle.NOTHING_CHANGED)
    return found


def left_out(*, quarter: Period, compared: Collection[int], on: date) -> list[dict[str, Any]]:
    """Measures of jobcentres' results that an issue tells nothing of, as it keeps them: by code, with the
    day they can be used from where they are immature.

    compared: ids of the measures it holds. A measure of which a newer delivery waits is told too.
    """
    held = waiting(quarter)
    told = []
    for measure in Measure.objects.assessable():
        period = latest_ended(Frequency(measure.period_type), on=quarter.ends_on + timedelta(days=1))
        why, usable = None, None
        if measure.is_required:
            why = Why.REQUIRED
        elif measure.code in held:
            why = Why.WAITING
        elif measure.pk in compared:
            continue
        elif not is_mature(period, lag=measure.mature_after, on=on):
            why, usable = Why.IMMATURE, final_in(period, lag=measure.mature_after).starts_on
        told.append(
            {
                "code": measure.code,
                "da": measure.title_da,
                "en": measure.title_en,
                "why": str(why or Why.NONE),
                "usable": usable.isoformat() if usable else None,
            }
        )
    return told


def waiting(quarter: Period) -> set[str]:
    """Codes of measures of which a delivery for the quarter waits to be let through. One query."""
    told = Arrival.objects.waiting().values_list("told", flat=True)
    return {
        part.measure
        for said in told
        if said
        for part in Difference.from_json(said).parts
        if is_of(part.period, quarter.code)
    }


def is_of(period: str, quarter: str) -> bool:
    """Whether a period ends in the quarter."""
    try:
        ends_on = parse(period).ends_on
    except NotAPeriod:
        return False
    return parse(quarter).starts_on <= ends_on <= parse(quarter).ends_on


def quarters_to_publish() -> list[Period]:
    """Quarters in which something was compared, the latest first. One query."""
    ends = Comparison.objects.order_by("-ends_on").values_list("ends_on", flat=True).distinct()
    return list(dict.fromkeys(under_way(Frequency.QUARTER, on=day) for day in ends))
