"""Severe shortage by the monitoring: of the areas' indicators, and of the whole country's unemployed."""

from __future__ import annotations

from django.db.models import Q

from regions.bottlenecks.figures.balance import Balance
from regions.bottlenecks.figures.labour import Stock
from regions.bottlenecks.figures.severe import MAY_BE_SHORT, Told, severe, short_areas
from regions.bottlenecks.models import Indicators, Place, Rule
from regions.measures.periods import Period

NONE: frozenset[str] = frozenset()


def severe_in(period: Period, *, rule: Rule, among: Q) -> frozenset[str]:
    """Codes of the occupations that are severely short in a half-year. Two queries, however many there are.

    rule: in force on the half-year's last day. among: which occupations are asked about. None is where the
    half-year before has not been computed, nor by a rule that knows no unemployment.
    """
    before = period.previous()
    rule_before = Rule.objects.valid(before.ends_on).first()
    if rule_before is None:
        return NONE
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
    return severe(
        short_areas(told[period.code], then=rule.cuts, now=rule.cuts),
        short_areas(told[before.code], then=rule_before.cuts, now=rule.cuts),
        unemployment=unemployment,
        cuts=rule.severe_cuts,
    )
