"""The demonstration's own figures, counted from what was invented below, and two files that wait."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from jobcenter.accounts.models import Membership, Role
from jobcenter.centres.models import AreaOffice
from jobcenter.runtime.demo import Demo
from regions.feeds.figures import Figure
from regions.feeds.models import Arrival
from regions.feeds.own.delivering import carry_out, promise
from regions.feeds.receiving import Origin, arrive
from regions.feeds.writing import as_file
from regions.measures.models import Measurement
from regions.measures.periods import Frequency, parse

ORDER = 68

MONTHS = 12

AREA = "sjaelland"
MEASURE, GROUP = "job_after_6_months", "ready_for_work"
CORRECTED = {"0265": 3, "0336": -2}
"""Persons in a job that two jobcentres have found since, or counted twice: Roskilde and Stevns."""
TENFOLD = "0306"
"""Odsherred has counted in tens of persons, which the figure before gives away."""


def load(world: Demo) -> None:
    before = Measurement.objects.count()
    for run in reversed(promise(on=world.today, months=MONTHS)):
        carry_out(run.pk)
    world.tell(f"{Measurement.objects.count() - before} figures of the portal's own")
    for arrival in bring_corrections(world):
        world.tell(f"a delivery that waits: {arrival.changed} figures changed, {arrival.held} held back")


def bring_corrections(world: Demo) -> list[Arrival]:
    """One with a small difference, and one the rule holds back; both invented, like what they correct."""
    small = [_corrected(code, more=more) for code, more in CORRECTED.items()]
    tenfold = [_corrected(TENFOLD, times=10)]
    return [
        _bring(small, name="rettelser.csv", world=world),
        _bring(tenfold, name="rettelse-odsherred.csv", world=world),
    ]


def _corrected(code: str, *, more: int = 0, times: int = 1) -> Figure:
    """A jobcentre's result of the latest four quarters as it stands, with so many persons more or times."""
    standing = Measurement.objects.filter(
        measure__code=MEASURE,
        target_group__code=GROUP,
        jobcentre__code=code,
        period__contains=Frequency.FOUR_QUARTERS,
    ).latest("ends_on")
    part, base = (standing.numerator or 0) * times + more, (standing.denominator or 0) * times
    return Figure(
        line=0,
        measure=MEASURE,
        group=GROUP,
        municipality=None,
        jobcentre=code,
        period=parse(standing.period),
        value=100 * part / base,
        numerator=part,
        denominator=base,
    )


def _bring(figures: Iterable[Figure], *, name: str, world: Demo) -> Arrival:
    office = AreaOffice.objects.valid(world.today).get(area__code=AREA)
    officer = Membership.objects.filter(organisation=office.organisation, role=Role.AREA_OFFICER)[0]
    return arrive(
        Origin(
            source="Jobcentrenes egne rettelser (opdigtede)",
            data_date=world.today - timedelta(days=3),
            file_name=name,
            content=as_file(figures),
            by=officer.user,
            area=office.area,
        )
    )
