"""How fresh the figures are: of each source and measure the latest period, and when the next is due.

Figures of a period are final so many months after it has ended, as the measure's definition says. They are
expected within the month in which they become final; after it they are overdue. What a room further up takes
in on pages of its own is told by its `awaited.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import import_module

from django.apps import apps
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Length, Substr
from django.utils.module_loading import module_has_submodule

from jobcenter.geography.models import Area
from regions.feeds.load import COMMUTING_SOURCE, PANEL_SOURCE
from regions.feeds.models import Arrival, Fetch, Setup
from regions.measures.models import Measure, Measurement
from regions.measures.periods import Period, final_in, parse

CLOSED = frozenset({PANEL_SOURCE, COMMUTING_SOURCE})
"""Sources whose figures come with the portal: nothing more is expected of them."""


@dataclass(frozen=True)
class OfMeasure:
    """latest: the latest period there are figures of. received: when the last of them came."""

    measure: Measure
    latest: Period
    received: datetime
    today: date
    is_awaited: bool

    @property
    def final_from(self) -> date:
        return final_in(self.latest, lag=self.measure.mature_after).starts_on

    @property
    def is_held_back(self) -> bool:
        """The latest figures have come before they are final: they are kept, and used by nothing."""
        return self.today < self.final_from

    @property
    def following(self) -> Period:
        return self.latest.one_step_on()

    @property
    def expected_by(self) -> date:
        return final_in(self.following, lag=self.measure.mature_after).ends_on

    @property
    def is_overdue(self) -> bool:
        return self.is_awaited and self.today > self.expected_by


@dataclass(frozen=True)
class OfSource:
    """latest: the last delivery that came, whatever became of it. fetch: the last that was promised."""

    name: str
    setup: Setup | None
    measures: list[OfMeasure]
    waiting: list[Arrival]
    latest: Arrival | None
    fetch: Fetch | None
    today: date

    @property
    def is_closed(self) -> bool:
        return self.name in CLOSED

    @property
    def overdue(self) -> int:
        return sum(one.is_overdue for one in self.measures)

    @property
    def was_refused(self) -> bool:
        return bool(self.latest and self.latest.state == Arrival.State.REFUSED)

    @property
    def is_away(self) -> bool:
        """The server was asked and gave no figures."""
        return bool(self.fetch and not self.fetch.finished_at and self.fetch.said)

    @property
    def has_failed(self) -> bool:
        return self.was_refused or self.is_away

    @property
    def needs_somebody(self) -> bool:
        return bool(self.overdue or self.waiting or self.has_failed)

    @property
    def next_fetch(self) -> date | None:
        """The day it is fetched by its schedule; None for what somebody brings."""
        if not self.setup or not self.setup.is_fetched:
            return None
        if not self.fetch:
            return self.today
        return max(self.today, self.fetch.for_day + timedelta(days=self.setup.every_days))


@dataclass(frozen=True)
class Awaited:
    """Figures that come on the pages of a room further up, period by period.

    address: of those pages. latest, received: None where nothing has come. following: the next that is to
    come, by a day. waiting: deliveries that somebody has to look at.
    """

    name: str
    address: str
    latest: Period | None
    received: datetime | None
    following: Period
    expected_by: date
    waiting: int
    today: date

    @property
    def is_overdue(self) -> bool:
        return self.today > self.expected_by


@dataclass(frozen=True)
class Freshness:
    """awaited: what comes on other pages. unseen: measures that no figure has come of."""

    sources: list[OfSource]
    awaited: list[Awaited]
    unseen: list[Measure]

    @property
    def late(self) -> list[Awaited]:
        return [one for one in self.awaited if one.is_overdue]

    @property
    def overdue(self) -> int:
        return sum(source.overdue for source in self.sources)

    @property
    def waiting(self) -> int:
        return sum(len(source.waiting) for source in self.sources) + sum(one.waiting for one in self.awaited)

    @property
    def failed(self) -> int:
        return sum(source.has_failed for source in self.sources)


def look(*, area: Area, today: date) -> Freshness:
    """Every source, those that need somebody first, with its measures. Five queries, and those of `awaited`.

    A measure stands under the source that its latest figures came from. area: whose deliveries, beside the
    country's, are told about.
    """
    measures = list(_with_latest())
    setups = {setup.source.name: setup for setup in Setup.objects.valid(today).select_related("source")}
    arrivals = Arrival.objects.visible_to(area).defer("content", "told", "problems")
    latest = {
        arrival.source: arrival
        for arrival in arrivals.order_by("source", "-received_at", "-pk").distinct("source")
    }
    fetches = {
        fetch.setup_id: fetch
        for fetch in Fetch.objects.order_by("setup_id", "-created_at", "-pk").distinct("setup_id")
    }
    waiting = defaultdict(list)
    for arrival in arrivals.waiting():
        waiting[arrival.source].append(arrival)
    told = _by_source(measures, today=today)
    sources = [
        OfSource(
            name=name,
            setup=setup,
            measures=told[name],
            waiting=waiting[name],
            latest=latest.get(name),
            fetch=fetches.get(setup.pk) if setup else None,
            today=today,
        )
        for name in sorted({*told, *setups, *waiting})
        for setup in [setups.get(name)]
    ]
    return Freshness(
        sources=sorted(sources, key=lambda source: not source.needs_somebody),
        awaited=list(_awaited(today)),
        unseen=[measure for measure in measures if measure.latest_period is None],  # type: ignore[attr-defined]
    )


def _awaited(today: date) -> Iterator[Awaited]:
    """What every room awaits."""
    for room in apps.get_app_configs():
        if module_has_submodule(room.module, "awaited"):
            yield import_module(f"{room.name}.awaited").awaited(today)


def _with_latest() -> Iterable[Measure]:
    """Measures with their latest period of the kind the definition names, and where it came from.

    Codes of one kind of period sort as the periods do, and there is an index of measure and period.
    """
    of_its_kind = (
        Measurement.objects.filter(measure=OuterRef("pk"))
        .alias(frequency=Substr("period", 5, Length("period") - 6))
        .filter(frequency=OuterRef("period_type"))
        .order_by("-period", "-delivery_id")
    )
    return Measure.objects.annotate(
        latest_period=Subquery(of_its_kind.values("period")[:1]),
        told_by=Subquery(of_its_kind.values("delivery__source")[:1]),
        told_at=Subquery(of_its_kind.values("delivery__received_at")[:1]),
    )


def _by_source(measures: Iterable[Measure], *, today: date) -> dict[str, list[OfMeasure]]:
    told: dict[str, list[OfMeasure]] = defaultdict(list)
    for measure in measures:
        if measure.latest_period:  # type: ignore[attr-defined]
            source: str = measure.told_by  # type: ignore[attr-defined]
            told[source].append(
                OfMeasure(
                    measure=measure,
                    latest=parse(measure.latest_period),  # type: ignore[attr-defined]
                    received=measure.told_at,  # type: ignore[attr-defined]
                    today=today,
                    is_awaited=source not in CLOSED,
                )
            )
    return told
