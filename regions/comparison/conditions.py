"""Framework conditions of each jobcentre, brought together from its municipalities' figures.

They are what a jobcentre cannot change, and never the result or its mirror: unemployment, benefits and
incomes are known too (`feeds.panel`), and deliberately have no place here.

    population         logarithm of the residents of all municipalities served
    long_commute       far commuters ÷ residents whose way to work is known, summed before dividing
    jobs_per_resident  jobs ÷ employed residents, summed before dividing

Summing first weighs each municipality by its people, as if the jobcentre were one place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import log

import numpy as np
from django.db.models import Count, Q

from jobcenter.centres.models import Jobcentre, Serves
from regions.comparison.arrays import FloatArray
from regions.comparison.models import FrameworkCondition
from regions.measures.models import Measurement

POPULATION, LONG_COMMUTE, JOBS_PER_RESIDENT = "population", "long_commute", "jobs_per_resident"
FICTIONAL = "fictional"
"""Invented, for demonstration."""

REAL = (POPULATION, LONG_COMMUTE, JOBS_PER_RESIDENT)
"""Codes of those the portal computes from figures it has."""

Found = dict[tuple[int, int], float]
"""Values by jobcentre and year."""


def bring_up_to_date(*, on: date) -> None:
    """Recompute every condition that comes from figures, for the municipalities served on the date."""
    found = {
        POPULATION: (_population(on), "Danmarks Statistik, FOLK1A"),
        LONG_COMMUTE: (_long_commute(on), "Danmarks Statistik, AFSTB4"),
        JOBS_PER_RESIDENT: (_jobs_per_resident(on), "Danmarks Statistik, AFSTA4 og AFSTB4"),
    }
    FrameworkCondition.objects.bulk_create(
        [
            FrameworkCondition(
                jobcentre_id=jobcentre, year=year, condition_id=condition, value=value, source=source
            )
            for condition, (values, source) in found.items()
            for (jobcentre, year), value in values.items()
        ],
        update_conflicts=True,
        unique_fields=["jobcentre", "year", "condition"],
        update_fields=["value", "source"],
    )


def used_for(*, is_fictional: bool) -> tuple[str, ...]:
    """Codes of what expected values are found from: what is computed, and what has been delivered for all.

    A condition that is known of some jobcentres only would leave the others out of every comparison, so it
    waits until it is known of all. The invented one counts where results are invented too. One query.
    """
    known: dict[str, int] = dict(
        FrameworkCondition.objects.order_by()
        .values("condition__code")
        .annotate(jobcentres=Count("jobcentre", distinct=True))
        .filter(Q(condition__code=POPULATION) | Q(condition__is_computed=False))
        .values_list("condition__code", "jobcentres")
    )
    everyone = known.pop(POPULATION, 0)
    delivered = sorted(code for code, jobcentres in known.items() if jobcentres >= everyone)
    return (*REAL, *delivered, FICTIONAL) if is_fictional else (*REAL, *delivered)


def matrix(*, jobcentres: Sequence[Jobcentre], conditions: Sequence[str], year: int) -> FloatArray:
    """The conditions as they were known in a year, shape (jobcentres, conditions); NaN where unknown.

    conditions: by code. Of each the latest figure up to the year counts, else the earliest there is. One
    query.
    """
    rows = FrameworkCondition.objects.filter(jobcentre__in=jobcentres, condition__code__in=conditions)
    known: dict[tuple[int, str], dict[int, float]] = {}
    for row in rows:
        known.setdefault((row.jobcentre_id, row.condition_id), {})[row.year] = row.value

    def value(jobcentre: Jobcentre, condition: str) -> float:
        by_year = known.get((jobcentre.pk, condition), {})
        return by_year[_nearest(by_year, year)] if by_year else np.nan

    values = [[value(jobcentre, condition) for condition in conditions] for jobcentre in jobcentres]
    return np.array(values, dtype=np.float64).reshape(len(jobcentres), len(conditions))


def known_of(jobcentre: Jobcentre, *, conditions: Iterable[str], year: int) -> dict[str, FrameworkCondition]:
    """Of each condition the row that counts in a year, by the rule of `matrix`; none where it is unknown.

    One query.
    """
    known: dict[str, dict[int, FrameworkCondition]] = {}
    rows = jobcentre.conditions.filter(condition__code__in=conditions).select_related("condition")
    for row in rows:
        known.setdefault(row.condition_id, {})[row.year] = row
    return {code: by_year[_nearest(by_year, year)] for code, by_year in known.items()}


def _nearest(years: Iterable[int], year: int) -> int:
    return max((each for each in years if each <= year), default=min(years))


def _population(on: date) -> Found:
    """From the municipalities themselves; a jobcentre's year is that of the newest of them."""
    people: dict[int, int] = {}
    years: dict[int, int] = {}
    served = Serves.objects.valid(on).values_list(
        "jobcentre_id", "municipality__population", "municipality__population_year"
    )
    for jobcentre, population, year in served:
        people[jobcentre] = people.get(jobcentre, 0) + population
        years[jobcentre] = max(years.get(jobcentre, year), year)
    return {(jobcentre, years[jobcentre]): log(count) for jobcentre, count in people.items() if count}


def _long_commute(on: date) -> Found:
    rows = Measurement.objects.filter(measure__code="long_commute").values_list(
        "municipality_id", "starts_on__year", "numerator", "denominator"
    )
    parts = {
        (place, year): (far, known)
        for place, year, far, known in rows
        if place and far is not None and known is not None
    }
    return _ratio(parts, on=on)


def _jobs_per_resident(on: date) -> Found:
    jobs, residents = (
        {
            (place, year): value
            for place, year, value in Measurement.objects.filter(measure__code=code).values_list(
                "municipality_id", "starts_on__year", "value"
            )
            if place
        }
        for code in ("jobs", "employed_residents")
    )
    return _ratio({key: (jobs[key], residents[key]) for key in jobs.keys() & residents.keys()}, on=on)


def _ratio(parts: Mapping[tuple[int, int], tuple[float, float]], *, on: date) -> Found:
    """Sum of the first parts ÷ sum of the second ones, over the municipalities of each jobcentre, by year.

    parts: by municipality and year. A municipality without figures of a year has no part in it.
    """
    jobcentre_of = dict(Serves.objects.valid(on).values_list("municipality_id", "jobcentre_id"))
    sums: dict[tuple[int, int], tuple[float, float]] = {}
    for (municipality, year), (part, whole) in parts.items():
        if jobcentre := jobcentre_of.get(municipality):
            parts_before, wholes_before = sums.get((jobcentre, year), (0.0, 0.0))
            sums[jobcentre, year] = (parts_before + part, wholes_before + whole)
    return {key: part / whole for key, (part, whole) in sums.items() if whole}
