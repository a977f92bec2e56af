"""The portal's own figures of a month, promised when it is over, and delivered by the way all figures take.

Of each measure a month's run tells the latest month that is mature then: of one that takes three months to
mature, the month three months before. Each is told once. What was registered later, or removed since because
it is kept for a time only, changes nothing that was told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from employers.cooperation.happened import Period as Days
from jobcenter.centres.models import Jobcentre
from jobcenter.runtime.work import look_now, publish
from regions.feeds.figures import Figure
from regions.feeds.models import OwnMonth
from regions.feeds.own.counting import KINDS, Counted
from regions.feeds.receiving import Origin, receive
from regions.feeds.writing import as_file
from regions.measures.models import Delivery, Measure
from regions.measures.periods import Frequency, Period, latest_ended, parse

SOURCE = "Portalens egne tal"

CAUGHT_UP = 3
"""So many months are told afterwards, when the portal was new or stood still. One of longer ago would be told
too low: referrals that led to nothing are removed half a year after they ended."""


@dataclass(frozen=True)
class Told:
    """A measure's month, as the definition counts it, by what had happened before a day."""

    measure: Measure
    period: Period
    before: Days
    figures: tuple[Figure, ...]

    @property
    def as_json(self) -> Mapping[str, object]:
        return {
            "measure": self.measure.code,
            "definition": self.measure.version,
            "period": self.period.code,
            "counted_before": self.before.until.isoformat(),
        }


@transaction.atomic
def promise(*, on: date, months: int = CAUGHT_UP) -> list[OwnMonth]:
    """A run for each of the latest months that had ended before the day; each once, whoever asks how often.

    Returns the new ones.
    """
    made = []
    month = latest_ended(Frequency.MONTH, on=on)
    for _back in range(months):
        run, is_new = OwnMonth.objects.get_or_create(month=month.code)
        if is_new:
            look_now("feeds.deliver_own", run.pk)
            made.append(run)
        month = month.previous()
    return made


def sweep() -> None:
    """Look for a run whose message was lost or whose worker died."""
    for pk in OwnMonth.objects.waiting().order_by("month").values_list("pk", flat=True):
        publish("feeds.deliver_own", pk)


def carry_out(pk: int) -> None:
    """Count and deliver a month's figures, and that it is done: in one transaction."""
    with OwnMonth.objects.claim(pk) as run:
        if run:
            with transaction.atomic():
                told = list(tell(parse(run.month)))
                run.counted = [one.as_json for one in told]
                run.delivery = deliver(told, month=parse(run.month))
                run.save(update_fields=["counted", "delivery"])
                run.finish()


def deliver(told: Iterable[Told], *, month: Period) -> Delivery | None:
    """Take the figures in, with the file they make as evidence; None when they change nothing."""
    figures = [figure for one in told for figure in one.figures]
    arrival = receive(
        figures,
        origin=Origin(
            source=SOURCE,
            data_date=month.ends_on,
            file_name=f"egne-tal-{month.code}.csv",
            content=as_file(figures),
        ),
    )
    return arrival.delivery if arrival else None


def tell(month: Period) -> Iterator[Told]:
    """What a month's run tells: of each measure the month that is mature when this one is over.

    Where nobody in the country has any, nothing is told: the portal was not in use, which is not nought.
    """
    measures = Measure.objects.in_bulk([code for kind in KINDS for code in kind.measures], field_name="code")
    codes = dict(Jobcentre.objects.values_list("pk", "code"))
    before = Days(month.starts_on, month.ends_on)
    for kind in KINDS:
        period = Period(Frequency.MONTH, month.last - measures[kind.measures[0]].mature_after)
        jobcentres = Jobcentre.objects.valid(period.ends_on)
        of_measure: dict[str, list[Counted]] = {code: [] for code in kind.measures}
        for counted in kind.count(Days(period.starts_on, period.ends_on), before.until, jobcentres):
            of_measure[counted.measure].append(counted)
        for code, found in of_measure.items():
            if any(counted.numerator or counted.denominator for counted in found):
                figures = (
                    _figure(counted, jobcentre=codes[counted.jobcentre], period=period)
                    for counted in found
                    if counted.denominator != 0
                )
                yield Told(
                    measure=measures[code],
                    period=period,
                    before=before,
                    figures=tuple(sorted(figures, key=lambda figure: figure.jobcentre or "")),
                )


def _figure(counted: Counted, *, jobcentre: str, period: Period) -> Figure:
    """A share with what it was computed from, or a number."""
    has_base = counted.denominator is not None
    return Figure(
        line=0,
        measure=counted.measure,
        group=None,
        municipality=None,
        jobcentre=jobcentre,
        period=period,
        value=100 * counted.numerator / counted.denominator if counted.denominator else counted.numerator,
        numerator=counted.numerator if has_base else None,
        denominator=counted.denominator,
    )
