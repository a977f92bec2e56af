"""Severe shortage by the monitoring: of the areas' indicators, and of the whole country's unemployed."""

from __future__ import annotations

from django.db.models import Q

from regions.bottlenecks.figures.balance import Balance
from regions.bottlenecks.figures.judging import Severe, judge
from regions.bottlenecks.figures.labour import Stock
from regions.bottlenecks.figures.severe import MAY_BE_SHORT, Told
from regions.bottlenecks.models import Indicators, Place
from regions.measures.periods import Period


def severe_in(period: Period, *, among: Q) -> Severe | None:
    """What is severely short in a half-year. Three queries, however many occupations there are.

    among: which occupations are asked about. Nothing is where the half-year before has not been computed, nor
    by a rule that knows no unemployment. None where no rule was in force.
    """
    before = period.previous()
    areas = Q(place=Place.AREA, period__in=[period.code, before.code], category__in=MAY_BE_SHORT)
    country = Q(place=Place.COUNTRY, period=period.code)
    told: dict[str, list[Told]] = {period.code: [], before.code: []}
    unemployment: dict[str, float | None] = {}
    for half_year, code, area, category, employed, unemployed in (
        Indicators.objects.filter(among)
        .filter(areas | country)
        .values_list("period", "occupation__code", "code", "category", "employed", "unemployed")
    ):
        rate = Stock(employed=employed, unemployed=unemployed).unemployment_rate
        if area:
            told[half_year].append(Told(code, area, Balance(category), rate))
        else:
            unemployment[code] = rate
    return judge(period, now=told[period.code], before=told[before.code], unemployment=unemployment)
