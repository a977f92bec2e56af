"""Invented register figures of every occupation that is advertised for, in every municipality.

Where the demonstration's employers look in vain, hardly anybody is unemployed; but for two occupations
whose many unemployed have other skills. Where they never do, some have few unemployed and much turnover,
some the reverse. In the half-years before, less was advertised for, more were unemployed and less was in
vain: so the market has tightened, year by year. A corrected file waits for somebody to look: one number in
it has a nought too many. Every area has published its report of the half-year before, one has corrected it,
and all but one have published that of the last whole half-year too: so the public page is full, and what is
severely short is so in the published reports as well. A campaign runs from a line of one (`demo_campaign`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import accumulate, repeat
from random import Random
from typing import Any

from django.db import connection

from employers.companies.models import Workplace
from employers.vacancies.demo import EASY, HARD, HalfYear, close_earlier
from employers.vacancies.models import Vacancy
from jobcenter.accounts.models import Membership, Role, User
from jobcenter.classifications.models import Occupation
from jobcenter.geography.models import AreaMunicipality
from jobcenter.runtime.demo import Demo
from regions.bottlenecks import demo_campaign
from regions.bottlenecks.figures.computing import compute
from regions.bottlenecks.models import Category, Indicators, Report, StockChange, StockFigure
from regions.bottlenecks.registers.reading import COLUMNS, Key, Persons
from regions.bottlenecks.registers.receiving import Origin, arrive, receive
from regions.bottlenecks.reports import publishing
from regions.bottlenecks.reports.correcting import Basis, begin
from regions.bottlenecks.reports.drafting import draft
from regions.bottlenecks.reports.reviewing import accept_the_rest
from regions.measures.periods import Frequency, Period, latest_ended

ORDER = 80

PARADOX = {("midtjylland", "2512"), ("hovedstaden", "5120")}
"""Area and unit group: hard to find people for, though many are unemployed."""

MANY_LOOK = ("4110", "5223", "9112")
"""Of the easy ones, those with more who look for work than positions."""

EMPLOYED = (120, 900)
SOURCE = "Opdigtede registertal"

LATE = "sjaelland"
"""The area that still reviews its report of the last whole half-year, which the others have published."""

CORRECTED = "midtjylland"
"""The area whose report of the half-year before is out in two issues."""

EARLIER = 3
"""Half-years with a history before the last whole one."""

SOON, STILL_OPEN = timedelta(days=35), 0.2
"""So soon after the last whole half-year so much of it was closed: open when it ended, and then filled."""

ADVERTISED, TROUBLE, MORE_UNEMPLOYED = (1.0, 0.85, 0.7, 0.6), (1.0, 0.8, 0.6, 0.5), (1.0, 1.1, 1.25, 1.4)
"""Of what the last whole half-year has, by how many half-years it lies back."""


def load(world: Demo) -> None:
    half_year = latest_ended(Frequency.HALF_YEAR, on=world.today)
    half_years = list(accumulate(repeat(half_year, EARLIER + 1), lambda later, _one: later.previous()))
    before = replace(world, random=Random(half_year.code))
    earlier = [
        HalfYear(period.starts_on, period.ends_on, share=ADVERTISED[ago], trouble=TROUBLE[ago])
        for ago, period in enumerate(half_years)
        if ago
    ]
    still_open = HalfYear(
        half_year.ends_on + timedelta(days=1),
        min(half_year.ends_on + SOON, world.today - timedelta(days=1)),
        share=STILL_OPEN,
    )
    closed = close_earlier(before, [*earlier, *([still_open] if still_open.begins < still_open.ends else [])])
    for ago, period in enumerate(half_years):
        _register(before if ago else world, period, ago=ago)
    _analyse()
    for period in half_years:
        compute(period)
    publish(half_years[1])
    publish(half_year, but=LATE)
    correct(half_years[1])
    campaign = demo_campaign.begin(world)
    StockChange.objects.exclude(period=half_year.code).delete()  # computed just now
    world.tell(
        f"{StockFigure.objects.count()} invented figures of the registers, "
        f"{closed} vacancies closed earlier, {Indicators.objects.count()} indicators, "
        "a correction of figures that waits, "
        f"and {'a' if campaign else 'no'} campaign begun from a line of a report"
    )


def _analyse() -> None:
    """What was invented in this transaction has no statistics yet: without, a plan may take minutes."""
    with connection.cursor() as cursor:
        for model in (Occupation, Workplace, Vacancy, StockFigure):
            cursor.execute(f"ANALYZE {model._meta.db_table}")


def _register(world: Demo, half_year: Period, *, ago: int) -> None:
    figures = dict(_invented(world, half_year.code, more=MORE_UNEMPLOYED[ago]))
    origin = Origin(
        source=SOURCE,
        data_date=half_year.ends_on + timedelta(days=15),
        file_name=f"register-{half_year.code}.csv",
        content=as_file(figures),
    )
    receive(figures, origin=origin, reason=SOURCE)
    if not ago:
        bring_a_correction(figures, origin)


def bring_a_correction(figures: Mapping[Key, Persons], origin: Origin) -> None:
    """Three lines as they are said to be now: one with a nought too many."""
    corrected = {
        key: ((employed or 0) * (10 if place == 0 else 1) + place, *rest)
        for place, (key, (employed, *rest)) in enumerate(list(figures.items())[:3])
    }
    wanted = {**figures, **corrected}
    arrive(
        wanted,
        origin=replace(
            origin,
            data_date=origin.data_date + timedelta(days=30),
            file_name=origin.file_name.replace("register", "rettelse"),
            content=as_file(wanted),
            by=User.objects.filter(memberships__role=Role.AREA_OFFICER).earliest("pk"),
        ),
    )


def publish(half_year: Period, *, but: str = "") -> None:
    """Every area's report of a half-year, where somebody has answered. but: code of one that has not yet."""
    officers = Membership.objects.filter(role=Role.AREA_OFFICER).order_by("pk")
    for officer in officers.exclude(organisation__area_office__area__code=but):
        acting: Mapping[str, Any] = {"by": officer.user, "organisation": officer.organisation}
        if report := draft(area=officer.organisation.area_office.area, period=half_year):
            accept_the_rest(report=report, reason="Jobcentrene har set linjerne og er enige.", **acting)
            publishing.publish(
                report=report, reason="Gennemgået i Det Regionale Arbejdsmarkedsråd.", **acting
            )


def correct(half_year: Period) -> Report | None:
    """An area's published report, where a line was wrong; None where nobody has answered."""
    report = Report.objects.published().filter(area__code=CORRECTED, period=half_year.code).first()
    if report is None:
        return None
    published = report.log.latest("at")
    acting: Mapping[str, Any] = {"by": published.by, "organisation": published.organisation}
    wrong = "En linje byggede på svar fra to afdelinger af den samme virksomhed. Den er vurderet igen."
    correction = begin(report=report, reason=wrong, basis=Basis.AS_PUBLISHED, **acting)
    line = correction.lines.exclude(category=Category.NOT_ASSESSED).latest("occupation__code")
    line.category, line.comment = Category.NOT_ASSESSED, "Svarene er fra én virksomhed og siger for lidt."
    line.save()
    accept_the_rest(report=correction, reason="De andre linjer er, som de var.", **acting)
    return publishing.publish(report=correction, reason="Rettelsen er aftalt med rådets formand.", **acting)


def as_file(figures: Mapping[Key, Persons]) -> bytes:
    lines = [";".join(COLUMNS), *(_line(key, persons) for key, persons in figures.items())]
    return "\n".join([*lines, ""]).encode()


def _invented(world: Demo, period: str, *, more: float) -> Iterator[tuple[Key, Persons]]:
    codes = Vacancy.objects.order_by().values_list("occupation__code", flat=True).distinct()
    groups = sorted({code[:4] for code in codes})
    places = AreaMunicipality.objects.valid(world.today).order_by("municipality__code")
    for area, municipality in places.values_list("area__code", "municipality__code"):
        for group in groups:
            yield (period, group, municipality), _persons(world, area, group, more=more)


def _persons(world: Demo, area: str, group: str, *, more: float) -> Persons:
    draw = world.random
    employed = draw.randint(*EMPLOYED)
    if (area, group) in PARADOX or group in MANY_LOOK:
        unemployed, hired = draw.uniform(0.06, 0.09), draw.uniform(0.03, 0.06)
    elif group in HARD.get(area, ()) or group in EASY:
        unemployed, hired = draw.uniform(0.008, 0.02), draw.uniform(0.09, 0.15)
    else:
        unemployed, hired = draw.uniform(0.02, 0.05), draw.uniform(0.05, 0.12)
    out_of_work = round(employed * unemployed * more)
    return employed, out_of_work, round(employed * hired), round(out_of_work * draw.uniform(0.2, 0.5))


def _line(key: Key, persons: Persons) -> str:
    return ";".join([*key, *("*" if number is None else str(number) for number in persons)])
