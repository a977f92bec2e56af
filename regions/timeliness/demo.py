"""Invented benefit spells of some jobcentres, delivered as a case system would, with one problem planted.

The jobcentres are alike but for their size and the one in which first interviews come late. Nothing here
knows what raises a flag. The days are the last in which the law's deadlines that the portal comes with still
came due, so that there is something to see on any later day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from jobcenter.centres.models import Jobcentre
from jobcenter.runtime.demo import Demo
from regions.measures.models import Measure
from regions.measures.periods import Frequency, Period, latest_ended
from regions.timeliness.lines import ActivityLine, ExemptionLine, SpellLine, Window
from regions.timeliness.models import Counting, Kept, Spell
from regions.timeliness.receiving import Origin, digest_of, receive
from regions.timeliness.recounting import MEASURES, count_anew

ORDER = 70

LAST = date(2026, 12, 31)
"""Half a year after the deadlines that were read ended."""

QUARTERS = 7

JOBCENTRES = {
    "0259": 40,  # Køge
    "0265": 44,  # Roskilde
    "0306": 24,  # Odsherred
    "0316": 36,  # Holbæk
    "0330": 42,  # Slagelse
    "0360": 28,  # Lolland
    "0370": 40,  # Næstved
    "0390": 26,  # Vordingborg
}
"""Jobcentre → new spells in a quarter, of each target group."""

GROUPS = ("ready_for_work", "unemployment_benefit")

PLANTED = {"0316": 3}
"""Jobcentre → for so many of its latest quarters two first interviews of five are held late."""


def load(world: Demo) -> None:
    spells = invent(today=world.today)
    world.tell(f"{spells} benefit spells and {Kept.objects.count()} figures of the law's deadlines")


def invent(*, today: date, planted: Mapping[str, int] = PLANTED) -> int:
    """Deliver the spells of each jobcentre there is, and count what follows from them; how many spells."""
    latest = latest_ended(Frequency.QUARTER, on=min(today, LAST + timedelta(days=1)))
    quarters = [
        Period(Frequency.QUARTER, latest.last - back * Frequency.QUARTER.step)
        for back in reversed(range(QUARTERS))
    ]
    window = Window(quarters[0].starts_on, latest.ends_on)
    for jobcentre in Jobcentre.objects.filter(code__in=JOBCENTRES).order_by("code"):
        late_from = quarters[-planted[jobcentre.code]].starts_on if jobcentre.code in planted else None
        spells = list(_spells(jobcentre.code, quarters, until=window.last, late_from=late_from))
        receive(
            spells,
            jobcentre=jobcentre,
            origin=Origin(
                file_name=f"forloeb-{jobcentre.code}-{latest.code}.csv",
                digest=digest_of(repr(spells).encode()),
                window=window,
            ),
        )
    Measure.objects.filter(code__in=MEASURES).update(is_fictional=True)
    count_anew()
    # What the deliveries have promised is done.
    Counting.objects.unfinished().delete()
    return Spell.objects.count()


def _spells(code: str, quarters: list[Period], *, until: date, late_from: date | None) -> Iterator[SpellLine]:
    number = JOBCENTRES[code]
    for quarter in quarters:
        days = (quarter.ends_on - quarter.starts_on).days
        is_late = late_from is not None and quarter.starts_on >= late_from
        for group in GROUPS:
            for nth in range(number):
                yield _spell(
                    person=f"demo-{code}-{quarter.code}-{group[:5]}-{nth:03d}",
                    group=group,
                    starts_on=quarter.starts_on + timedelta(days=days * nth // number),
                    nth=nth,
                    until=until,
                    is_late=is_late,
                )


def _spell(*, person: str, group: str, starts_on: date, nth: int, until: date, is_late: bool) -> SpellLine:
    """The nth of a quarter. What becomes of it follows from its number, and so is alike everywhere."""
    ends_on, exit_to = _end(nth, starts_on)
    if ends_on and ends_on > until:
        ends_on, exit_to = None, ""
    last = ends_on or until
    comes_late = nth % 5 < 2 if is_late else nth % 16 == 3
    interviews = [
        ("jobcentre", after)
        for after in (10 + nth % 9 if comes_late else 2 + nth % 5, 45, 90, 135 if nth % 12 else 200)
    ]
    if group == "unemployment_benefit":
        interviews += [("fund", after) for after in (5 + nth % 8, 40, 75 if nth % 9 else 110)]
    offer = starts_on + timedelta(days=60 + nth * 7 % 110 if nth % 14 else 190)
    return SpellLine(
        line=0,
        person=person,
        group=group,
        starts_on=starts_on,
        ends_on=ends_on,
        registered_on=None,
        exit_to=exit_to,
        activities=[
            *(
                ActivityLine("interview", by, day, day)
                for by, day in ((by, starts_on + timedelta(days=after)) for by, after in interviews)
                if day <= last
            ),
            *(
                [ActivityLine("offer", "work_trial", offer, offer + timedelta(days=27), hours=30.0)]
                if offer <= last
                else []
            ),
        ],
        exemptions=(
            [ExemptionLine("sick", starts_on + timedelta(days=20), starts_on + timedelta(days=29))]
            if nth % 10 == 7
            else []
        ),
    )


def _end(nth: int, starts_on: date) -> tuple[date | None, str]:
    """A third leave for a job and a tenth for education, after two to seven months; the others stay."""
    after = starts_on + timedelta(days=60 + nth * 37 % 150)
    if nth % 3 == 0:
        return after, "job"
    return (after, "education") if nth % 10 == 1 else (None, "")
