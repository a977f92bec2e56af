"""What employers advertise for now, and how the vacancies of half a year ended.

Some occupations are planted as hard to find people for in some areas, some as easy; in some there are too few
vacancies to say. How many ended in vain is counted out and not drawn, so that what is planted is there. Every
word and every figure is invented.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.utils import timezone

from employers.vacancies.demo_employers import Employer, employers, settle
from employers.vacancies.models import (
    Filling,
    FoundThrough,
    HeldFor,
    LabourConflict,
    Outcome,
    State,
    Terms,
    Vacancy,
    VacancyLog,
)
from jobcenter.classifications.models import Occupation
from jobcenter.runtime.demo import Demo

ORDER = 40

JOBS = Path(__file__).parent / "data" / "demo_jobs.toml"

HARD: Mapping[str, tuple[str, ...]] = {
    "sjaelland": ("5322", "2221", "7212", "5120", "8142"),
    "hovedstaden": ("2221", "5120", "7411"),
    "syddanmark": ("7212", "7223", "2221"),
    "midtjylland": ("7223", "2512", "5322", "2221"),
    "nordjylland": ("7115", "5322", "2221"),
}
"""Area → unit groups in which about half of the vacancies end in vain."""

LASTING = ("2221",)
"""Of those, the ones in which as many did in the half-years before."""

EASY = ("4110", "5223", "5230", "9334", "9112", "5311")
"""Unit groups in which none does, anywhere."""

FEW: Mapping[str, tuple[str, ...]] = {
    "sjaelland": ("4224", "6113", "3512"),
    "hovedstaden": ("9313",),
    "syddanmark": ("2512", "5131"),
    "midtjylland": ("4224",),
    "nordjylland": ("2512", "3512", "4224"),
}
"""Unit groups with fewer than five vacancies, which therefore say nothing."""

SIZE = {"hovedstaden": 1.3, "sjaelland": 1.1, "syddanmark": 0.9, "midtjylland": 1.0, "nordjylland": 0.7}
"""How much is advertised for in an area, compared with one of middle size."""

PUBLISHED = 120
PAUSED = 6

TERMS = {
    Terms.ORDINARY: 60,
    Terms.TEMPORARY: 14,
    Terms.STUDENT: 10,
    Terms.APPRENTICESHIP: 8,
    Terms.INCLUSIVE: 8,
}
"""How often an advertisement is on which terms, in per cent."""
NEAR_KOEGE = ("0259", "0265", "0269", "0253", "0336", "0320")
"""Where those who try the demonstration look first: a third of what is published is there."""

SHARE_OF_THIS_HALF_YEAR = 0.25


@dataclass(frozen=True)
class Job:
    """One kind of job, and what advertisements for it say."""

    sector: str
    code: str
    titles: list[str]
    hours: list[int]
    work: list[str]
    wanted: list[str]


@dataclass(frozen=True)
class Told:
    """All kinds of jobs, and the lines that fit any of them."""

    jobs: list[Job]
    offers: list[str]
    apply: list[str]
    occupations: dict[str, Occupation]


@dataclass(frozen=True)
class HalfYear:
    """A half-year, or as much of it as has been. `share`: of what a whole one has. `trouble`: of the planted
    ones in vain, so many; but for those that last."""

    begins: date
    ends: date
    share: float
    trouble: float = 1.0


def load(world: Demo) -> None:
    settled = settle(world)
    told = read_jobs()
    known = employers(world)
    published = list(_published(world, told, known))
    off = [*_paused(world, told, known), _in_conflict(world, told, known)]
    closed = [
        vacancy for half_year in half_years(world.today) for vacancy in _closed(world, told, known, half_year)
    ]
    _write(known, [*published, *off, *closed])
    Filling.objects.bulk_create(_fillings(published))
    world.tell(
        f"{settled} more employers all over the country, {len(published)} published vacancies, "
        f"{len(off)} that are paused or held, {len(closed)} closed ones"
    )


def close_earlier(world: Demo, earlier: Iterable[HalfYear]) -> int:
    """What was closed in half-years before those of `load`, for rooms that show a history; how many."""
    told, known = read_jobs(), employers(world)
    closed = [vacancy for half_year in earlier for vacancy in _closed(world, told, known, half_year)]
    _write(known, closed)
    return len(closed)


def half_years(today: date) -> list[HalfYear]:
    """The last whole half-year, and the present one up to yesterday."""
    this = date(today.year, 1 if today.month <= 6 else 7, 1)
    last = date(this.year, 1, 1) if this.month == 7 else date(this.year - 1, 7, 1)
    whole = HalfYear(begins=last, ends=this - timedelta(days=1), share=1)
    so_far = HalfYear(begins=this, ends=today - timedelta(days=1), share=SHARE_OF_THIS_HALF_YEAR)
    return [whole, so_far] if so_far.ends > so_far.begins else [whole]


def read_jobs() -> Told:
    told = tomllib.loads(JOBS.read_text(encoding="utf-8"))
    jobs = [Job(**job) for job in told["job"]]
    occupations = Occupation.objects.filter(code__in=[job.code for job in jobs])
    return Told(
        jobs=jobs,
        offers=told["offers"],
        apply=told["apply"],
        occupations={one.code: one for one in occupations},
    )


# --- what is advertised for now --------------------------------------------------------------------------


def _published(world: Demo, told: Told, known: list[Employer]) -> Iterator[Vacancy]:
    """Published on one of the last days, and open for some days to some weeks still."""
    near = [one for one in known if one.workplace.municipality.code in NEAR_KOEGE]
    for number in range(PUBLISHED):
        employer = world.random.choice(near if number % 3 == 0 else known)
        job = world.random.choice([job for job in told.jobs if job.sector == employer.sector])
        published_at = min(
            office_time(world, world.today - timedelta(days=world.random.randint(0, 24))),
            world.now - timedelta(minutes=world.random.randint(10, 600)),
        )
        apply_by = world.today + timedelta(days=world.random.randint(2, 40))
        yield invented(
            world,
            told,
            job,
            employer,
            created_at=published_at - timedelta(hours=world.random.randint(3, 50)),
            published_at=published_at,
            apply_by=apply_by,
            state=State.PUBLISHED,
        )


def _paused(world: Demo, told: Told, known: list[Employer]) -> Iterator[Vacancy]:
    """Enough candidates for now: every other one near Køge."""
    near = [one for one in known if one.workplace.municipality.code in NEAR_KOEGE]
    for number in range(PAUSED):
        yield _shown_since(world, told, world.random.choice(near if number % 2 else known), State.PAUSED)


def _in_conflict(world: Demo, told: Told, known: list[Employer]) -> Vacancy:
    """One that was taken off when a conflict about its occupation began; far from those who try it first."""
    far = [one for one in known if one.area == "nordjylland"]
    employer = world.random.choice(far or known)
    vacancy = _shown_since(world, told, employer, State.HELD)
    vacancy.held_for = HeldFor.CONFLICT
    conflict = LabourConflict.objects.create(
        company=employer.company,
        jobcentre=employer.jobcentre,
        registered_by=employer.caseworker,
        starts_on=world.today - timedelta(days=2),
        source="Varsel om strejke fra forbundet, opdigtet til demonstrationen",
    )
    conflict.covers(occupations=[vacancy.occupation], workplaces=[employer.workplace])
    return vacancy


def _shown_since(world: Demo, told: Told, employer: Employer, state: State) -> Vacancy:
    published_at = office_time(world, world.today - timedelta(days=world.random.randint(5, 20)))
    return invented(
        world,
        told,
        world.random.choice([job for job in told.jobs if job.sector == employer.sector]),
        employer,
        created_at=published_at - timedelta(hours=world.random.randint(3, 50)),
        published_at=published_at,
        apply_by=world.today + timedelta(days=world.random.randint(10, 40)),
        state=state,
    )


def _fillings(published: list[Vacancy]) -> list[Filling]:
    """Of those with several positions, every other one has filled the first."""
    several = [vacancy for vacancy in published if vacancy.positions > 1][::2]
    for vacancy in several:
        vacancy.positions_filled = 1
    Vacancy.objects.bulk_update(several, ["positions_filled"])
    return [
        Filling(
            vacancy=vacancy,
            number=1,
            outcome=Outcome.FILLED_AS_WANTED,
            found_through=FoundThrough.JOBCENTRE,
            at=vacancy.published_at or vacancy.created_at,
        )
        for vacancy in several
    ]


# --- how it ended ------------------------------------------------------------------------------------------


def _closed(world: Demo, told: Told, known: list[Employer], half_year: HalfYear) -> Iterator[Vacancy]:
    """Every kind of job in every area, closed on some day of the half-year."""
    for area in SIZE:
        for job in told.jobs:
            possible = [one for one in known if (one.area, one.sector) == (area, job.sector)]
            for outcome in _outcomes(world, area, job, half_year) if possible else ():
                days = (half_year.ends - half_year.begins).days
                closed_at = office_time(
                    world, half_year.begins + timedelta(days=world.random.randint(0, days))
                )
                published_at = closed_at - timedelta(days=world.random.randint(14, 48), hours=2)
                yield invented(
                    world,
                    told,
                    job,
                    world.random.choice(possible),
                    created_at=published_at - timedelta(hours=world.random.randint(3, 50)),
                    published_at=published_at,
                    apply_by=timezone.localdate(closed_at) - timedelta(days=world.random.randint(0, 5)),
                    state=State.CLOSED,
                    outcome=outcome,
                    closed_at=closed_at,
                )


def _outcomes(world: Demo, area: str, job: Job, half_year: HalfYear) -> list[Outcome]:
    """How the vacancies of one kind in one area ended: so many in vain as planted."""
    group = job.code[:4]
    if group in FEW[area]:
        attempts, in_vain = world.random.randint(2, 4), 0.5
    elif group in HARD[area]:
        attempts, in_vain = round(30 * SIZE[area]), world.random.uniform(0.45, 0.6)
    elif group in EASY:
        attempts, in_vain = round(26 * SIZE[area]), 0.0
    else:
        attempts, in_vain = round(world.random.randint(6, 15) * SIZE[area]), world.random.uniform(0.05, 0.25)
    attempts = max(1, round(attempts * half_year.share))
    failed = round(attempts * in_vain * (1 if group in LASTING else half_year.trouble))
    other_profile = round(failed * 0.6)
    no_attempts = world.random.randint(0, 2)
    return [
        *[Outcome.FILLED_AS_WANTED] * (attempts - failed),
        *[Outcome.FILLED_OTHER_PROFILE] * other_profile,
        *[Outcome.NOT_FILLED] * (failed - other_profile),
        *[world.random.choice((Outcome.WITHDRAWN, Outcome.UNKNOWN))] * no_attempts,
    ]


# --- one vacancy -------------------------------------------------------------------------------------------


def invented(world: Demo, told: Told, job: Job, employer: Employer, **fields: object) -> Vacancy:
    draw = world.random
    apply_by = fields["apply_by"]
    assert isinstance(apply_by, date)
    terms = draw.choices(list(TERMS), weights=list(TERMS.values()))[0]
    starts_on = apply_by + timedelta(days=draw.randint(7, 45))
    return Vacancy(
        company=employer.company,
        workplace=employer.workplace,
        jobcentre=employer.jobcentre,
        occupation=told.occupations[job.code],
        title=draw.choice(job.titles),
        text=advertisement(world, told, job),
        positions=draw.choices((1, 2, 3, 5), weights=(14, 4, 2, 1))[0],
        terms=terms,
        hours=15 if terms == Terms.STUDENT else draw.choice(job.hours),
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=draw.randint(90, 360)) if terms == Terms.TEMPORARY else None,
        **fields,
    )


def advertisement(world: Demo, told: Told, job: Job) -> str:
    """What the work is, whom they look for, what they offer, and how to apply."""
    draw = world.random
    return "\n\n".join(
        (draw.choice(job.work), draw.choice(job.wanted), draw.choice(told.offers), draw.choice(told.apply))
    )


def _write(known: list[Employer], vacancies: list[Vacancy]) -> None:
    Vacancy.objects.bulk_create(vacancies)
    _write_logs(known, vacancies)


def _write_logs(known: list[Employer], vacancies: list[Vacancy]) -> None:
    """The steps each vacancy has taken: received, published by the caseworker, closed by the employer."""
    by_workplace = {one.workplace.pk: one for one in known}
    logs = []
    for vacancy in vacancies:
        employer = by_workplace[vacancy.workplace_id]
        logs.append(
            VacancyLog(subject=vacancy, from_state="", to_state=State.SUBMITTED, at=vacancy.created_at)
        )
        assert vacancy.published_at, "all of them were"
        logs.append(
            VacancyLog(
                subject=vacancy,
                from_state=State.SUBMITTED,
                to_state=State.PUBLISHED,
                by=employer.caseworker,
                organisation_id=employer.jobcentre.organisation_id,
                at=vacancy.published_at,
            )
        )
        if vacancy.state in (State.PAUSED, State.HELD):
            logs.append(
                VacancyLog(
                    subject=vacancy,
                    from_state=State.PUBLISHED,
                    to_state=vacancy.state,
                    at=vacancy.published_at + timedelta(days=2),
                )
            )
        if vacancy.closed_at:
            logs.append(
                VacancyLog(
                    subject=vacancy, from_state=State.PUBLISHED, to_state=State.CLOSED, at=vacancy.closed_at
                )
            )
    VacancyLog.objects.bulk_create(logs, batch_size=2000)


def office_time(world: Demo, day: date) -> datetime:
    """Some time between 8 and 16 on the day, or on the Friday before if it is a weekend."""
    day -= timedelta(days=max(0, day.weekday() - 4))
    return timezone.make_aware(
        datetime.combine(day, time(world.random.randint(8, 15), world.random.randint(0, 59)))
    )
