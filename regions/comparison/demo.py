"""Invented results of every jobcentre, with a few problems planted, delivered as any figures are.

Nothing here knows the flag rule. What is planted is what the demonstration is to show: one serious
problem, two to watch, and one jobcentre that does better than its conditions let one expect.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from jobcenter.centres.models import Jobcentre
from jobcenter.runtime.demo import Demo
from regions.comparison import conditions
from regions.comparison.models import FrameworkCondition
from regions.feeds.figures import Figure
from regions.feeds.receiving import Origin, receive
from regions.feeds.writing import as_file
from regions.measures.fictional import Planted, fictional_results
from regions.measures.periods import Frequency, Period, latest_ended

ORDER = 60

QUARTERS = 12
WINDOW = 4
"""Results are told for four quarters at a time, as Jobindsats tells them: nine windows of twelve quarters."""

DELIVERED_AFTER = timedelta(days=43)
"""From the end of a quarter until its figures are there."""

SPELLS_PER_1000 = {"ready_for_work": 4.3, "unemployment_benefit": 7.5}
"""Benefit spells that end in a quarter, for each thousand residents."""

SEEDS: Mapping[tuple[str, str], int] = {
    ("job_after_6_months", "ready_for_work"): 62,
    ("job_after_6_months", "unemployment_benefit"): 62,
    ("back_within_12_months", "ready_for_work"): 99,
    ("back_within_12_months", "unemployment_benefit"): 6,
}
"""Chosen so that chance alone puts no jobcentre out of line in the latest window: what shows was planted."""

PLANTED = {
    "0330": (4, -0.25),  # Slagelse: two years
    "0306": (8, -0.22),  # Odsherred: the last year
    "0360": (8, -0.17),  # Lolland: the last year
    "0259": (4, +0.22),  # Køge: two years, for the better
}
"""Jobcentre → first quarter, counted from 0, and relative change of the share in a job."""


def load(world: Demo) -> None:
    figures = invent(today=world.today)
    world.tell(f"{figures} results of jobcentres, with {len(PLANTED)} out of the ordinary among them")


def invent(*, today: date, planted: Mapping[str, tuple[int, float]] = PLANTED) -> int:
    """Invent conditions and results, and deliver the results; returns how many those are."""
    jobcentres = list(Jobcentre.objects.valid(today).order_by("code"))
    latest = latest_ended(Frequency.FOUR_QUARTERS, on=today - DELIVERED_AFTER)
    conditions.bring_up_to_date(on=today)
    _invent_condition(jobcentres, year=latest.ends_on.year - QUARTERS // 4)
    known = conditions.matrix(
        jobcentres=jobcentres, conditions=conditions.used_for(is_fictional=True), year=latest.ends_on.year
    )
    residents = np.exp(known[:, 0])
    row_of = {jobcentre.code: row for row, jobcentre in enumerate(jobcentres)}

    figures: list[Figure] = []
    for (measure, group), seed in SEEDS.items():
        is_planted = (measure, group) == ("job_after_6_months", "ready_for_work")
        results = fictional_results(
            seed=seed,
            sizes=residents / 1000 * SPELLS_PER_1000[group],
            conditions=known,
            periods=QUARTERS,
            planted=[
                Planted(unit=row_of[code], start=start, size=size)
                for code, (start, size) in planted.items()
                if is_planted
            ],
        )
        for back, period in enumerate(_windows(latest)):
            window = slice(QUARTERS - WINDOW - back, QUARTERS - back)
            numerators = results.numerator[:, window].sum(axis=1).tolist()
            denominators = results.denominator[:, window].sum(axis=1).tolist()
            for jobcentre, numerator, denominator in zip(jobcentres, numerators, denominators, strict=True):
                if denominator:
                    figures.append(
                        Figure(
                            line=len(figures) + 2,
                            measure=measure,
                            group=group,
                            municipality=None,
                            jobcentre=jobcentre.code,
                            period=period,
                            value=100 * numerator / denominator,
                            numerator=numerator,
                            denominator=denominator,
                        )
                    )
    receive(
        figures,
        origin=Origin(
            source="Opdigtede tal til demonstration",
            data_date=min(latest.ends_on + DELIVERED_AFTER, today),
            file_name=f"resultater-{latest.code}.csv",
            content=as_file(figures),
        ),
    )
    return len(figures)


def _windows(latest: Period) -> Sequence[Period]:
    """The latest window first, each one step back; together they cover all quarters."""
    windows = [latest]
    while len(windows) <= QUARTERS - WINDOW:
        windows.append(windows[-1].one_step_back())
    return windows


def _invent_condition(jobcentres: Sequence[Jobcentre], *, year: int) -> None:
    drawn = np.random.default_rng(2026).normal(size=len(jobcentres)).round(2).tolist()
    FrameworkCondition.objects.bulk_create(
        FrameworkCondition(
            jobcentre=jobcentre,
            year=year,
            condition_id=conditions.FICTIONAL,
            value=value,
            source="Opdigtet til demonstration",
        )
        for jobcentre, value in zip(jobcentres, drawn, strict=True)
    )
