"""Invented results of every jobcentre, with a few problems planted, delivered as any figures are.

Nothing here knows the flag rule. What is planted is what the demonstration is to show: problems that last,
problems that have passed, some that have just begun, and one jobcentre that does better than its conditions
let one expect.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from jobcenter.accounts.models import Role, User
from jobcenter.centres.models import Jobcentre
from jobcenter.runtime.demo import Demo
from regions.comparison import conditions
from regions.comparison.condition_file import COLUMNS
from regions.comparison.models import ConditionFile, FrameworkCondition
from regions.feeds.figures import Figure
from regions.feeds.receiving import Origin, receive
from regions.feeds.writing import as_file
from regions.measures.fictional import Planted, fictional_results
from regions.measures.periods import Frequency, Period, latest_ended

ORDER = 60

QUARTERS = 12
WINDOW = 4
"""Results are told for four quarters at a time, as Jobindsats tells them: nine windows of twelve quarters.
The quarters are told by themselves as well, so that they can be followed one after the other."""

DELIVERED_AFTER = timedelta(days=43)
"""From the end of a quarter until its figures are there."""

KNOWN_FOR = timedelta(days=30)
"""So long at least the latest figures have been there, so that something has been done about them."""

Subject = tuple[str, str]
"""The codes of a measure and a target group."""

JOB, BACK = "job_after_6_months", "back_within_12_months"
READY, INSURED = "ready_for_work", "unemployment_benefit"

SPELLS_PER_1000 = {READY: 4.3, INSURED: 7.5}
"""Benefit spells that end in a quarter, for each thousand residents."""

SEEDS: Mapping[Subject, int] = {
    (JOB, READY): 62,
    (JOB, INSURED): 62,
    (BACK, READY): 99,
    (BACK, INSURED): 6,
}
"""Chosen so that chance alone puts no jobcentre out of line in the latest window."""

Change = tuple[int, int | None, float]
"""The first quarter, counted from 0, how many, and by how much of itself the share is changed."""

PLANTED: Mapping[Subject, Mapping[str, Change]] = {
    (JOB, READY): {
        "0330": (4, None, -0.25),  # Slagelse: two years
        "0306": (8, None, -0.22),  # Odsherred: the last year
        "0360": (8, None, -0.17),  # Lolland: the last year
        "0259": (4, None, +0.22),  # Køge: two years, for the better
    },
    (JOB, INSURED): {
        "0376": (4, None, -0.26),  # Guldborgsund: two years
        "0316": (4, None, -0.24),  # Holbæk: two years
        "0390": (4, None, -0.26),  # Vordingborg: two years
        "0326": (0, 8, -0.28),  # Kalundborg: until a year ago
    },
    (BACK, READY): {
        "0330": (4, None, +0.30),  # Slagelse: two years
        "0360": (4, None, +0.32),  # Lolland: two years
    },
    (BACK, INSURED): {
        "0320": (4, None, +0.30),  # Faxe: two years
        "0370": (0, 8, +0.30),  # Næstved: until a year ago
        "0329": (4, 4, +0.28),  # Ringsted: the year before the last
    },
}


def load(world: Demo) -> None:
    figures = invent(today=world.today)
    world.tell(
        f"{figures} results of jobcentres, with {sum(map(len, PLANTED.values()))} changes planted in them"
    )
    bring_a_file(today=world.today)
    world.tell("a file of framework conditions that waits for somebody to look at it")


def bring_a_file(*, today: date) -> None:
    """Invented values of a condition that nothing rests on yet, as an area office has brought them."""
    codes = Jobcentre.objects.valid(today).order_by("code").values_list("code", flat=True)
    drawn = np.random.default_rng(2027).normal(17, 5, size=len(codes)).clip(2, 60).round(1).tolist()
    lines = [";".join(COLUMNS)]
    lines += [
        f"{code};{today.year - 1};social_housing;{value:.1f}".replace(".", ",")
        for code, value in zip(codes, drawn, strict=True)
    ]
    ConditionFile.objects.create(
        source="Opdigtede tal til demonstration",
        came_as="almene-boliger.csv",
        content="\n".join([*lines, ""]).encode(),
        by=User.objects.filter(memberships__role=Role.AREA_OFFICER).earliest("pk"),
    )


def latest_window(*, today: date) -> Period:
    """The latest four quarters that results are invented of."""
    return latest_ended(Frequency.FOUR_QUARTERS, on=today - DELIVERED_AFTER - KNOWN_FOR)


def invent(*, today: date, planted: Mapping[Subject, Mapping[str, Change]] = PLANTED) -> int:
    """Invent conditions and results, and deliver the results; returns how many those are."""
    jobcentres = list(Jobcentre.objects.valid(today).order_by("code"))
    latest = latest_window(today=today)
    conditions.bring_up_to_date(on=today)
    _invent_condition(jobcentres, year=latest.ends_on.year - QUARTERS // 4)
    known = conditions.matrix(
        jobcentres=jobcentres, conditions=conditions.used_for(is_fictional=True), year=latest.ends_on.year
    )
    residents = np.exp(known[:, 0])
    row_of = {jobcentre.code: row for row, jobcentre in enumerate(jobcentres)}

    figures: list[Figure] = []
    for subject, seed in SEEDS.items():
        measure, group = subject
        results = fictional_results(
            seed=seed,
            sizes=residents / 1000 * SPELLS_PER_1000[group],
            conditions=known,
            periods=QUARTERS,
            planted=[
                Planted(unit=row_of[code], start=start, duration=duration, size=size)
                for code, (start, duration, size) in planted.get(subject, {}).items()
            ],
        )
        for period, window in _periods(latest):
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
            data_date=latest.ends_on + DELIVERED_AFTER,
            file_name=f"resultater-{latest.code}.csv",
            content=as_file(figures),
        ),
    )
    return len(figures)


def _periods(latest: Period) -> Iterator[tuple[Period, slice]]:
    """Every window and every quarter by itself, the latest first, each with the quarters it holds."""
    for length, kind in ((WINDOW, latest.frequency), (1, Frequency.QUARTER)):
        for back in range(QUARTERS - length + 1):
            end = QUARTERS - back
            yield Period(kind, latest.last - back * kind.step), slice(end - length, end)


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
