"""Invented register figures of every occupation that is advertised for, in every municipality.

Where the demonstration's employers look in vain, hardly anybody is unemployed; but for two occupations
whose many unemployed have other skills. Where they never do, some have few unemployed and much turnover,
some the reverse.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from employers.vacancies.demo import EASY, HARD
from employers.vacancies.models import Vacancy
from jobcenter.geography.models import AreaMunicipality
from jobcenter.runtime.demo import Demo
from regions.bottlenecks.models import StockFigure
from regions.bottlenecks.receiving import Origin, receive
from regions.bottlenecks.registers import COLUMNS, Key, Persons
from regions.measures.periods import Frequency, latest_ended

ORDER = 80

PARADOX = {("midtjylland", "2512"), ("hovedstaden", "5120")}
"""Area and unit group: hard to find people for, though many are unemployed."""

MANY_LOOK = ("4110", "5223", "9112")
"""Of the easy ones, those with more who look for work than positions."""

EMPLOYED = (60, 420)
SOURCE = "Opdigtede registertal"


def load(world: Demo) -> None:
    half_year = latest_ended(Frequency.HALF_YEAR, on=world.today)
    figures = dict(_invented(world, half_year.code))
    lines = [";".join(COLUMNS), *(_line(key, persons) for key, persons in figures.items())]
    origin = Origin(
        source=SOURCE,
        data_date=half_year.ends_on + timedelta(days=15),
        file_name=f"register-{half_year.code}.csv",
        content="\n".join([*lines, ""]).encode(),
    )
    receive(figures, origin=origin)
    world.tell(f"{StockFigure.objects.count()} invented figures of the registers")


def _invented(world: Demo, period: str) -> Iterator[tuple[Key, Persons]]:
    codes = Vacancy.objects.order_by().values_list("occupation__code", flat=True).distinct()
    groups = sorted({code[:4] for code in codes})
    places = AreaMunicipality.objects.valid(world.today).order_by("municipality__code")
    for area, municipality in places.values_list("area__code", "municipality__code"):
        for group in groups:
            yield (period, group, municipality), _persons(world, area, group)


def _persons(world: Demo, area: str, group: str) -> Persons:
    draw = world.random
    employed = draw.randint(*EMPLOYED)
    if (area, group) in PARADOX or group in MANY_LOOK:
        unemployed, hired = draw.uniform(0.06, 0.09), draw.uniform(0.03, 0.06)
    elif group in HARD.get(area, ()) or group in EASY:
        unemployed, hired = draw.uniform(0.008, 0.02), draw.uniform(0.09, 0.15)
    else:
        unemployed, hired = draw.uniform(0.02, 0.05), draw.uniform(0.05, 0.12)
    out_of_work = round(employed * unemployed)
    return employed, out_of_work, round(employed * hired), round(out_of_work * draw.uniform(0.2, 0.5))


def _line(key: Key, persons: Persons) -> str:
    return ";".join([*key, *("*" if number is None else str(number) for number in persons)])
