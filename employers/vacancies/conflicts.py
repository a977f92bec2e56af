"""What a labour conflict does to vacancies: those it covers are taken off, and come back when it is over.

The rule of coming back: a vacancy that was shown when the conflict began is shown again when nothing covers
it any more, with the days it had; if its last day to apply passed meanwhile, it closes like any other. One
that was paused or had never been published is left as it is, but cannot be published while it is covered.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from employers.companies.models import Company, Workplace
from employers.vacancies.models import HeldFor, LabourConflict, State, Vacancy, VacancyQuerySet
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre
from jobcenter.classifications.models import Occupation

BATCH = 200


@transaction.atomic
def register(
    *,
    company: Company,
    workplaces: Iterable[Workplace],
    occupations: Iterable[Occupation],
    starts_on: date,
    ends_on: date | None,
    source: str,
    jobcentre: Jobcentre,
    by: User,
) -> LabourConflict:
    """Note a conflict, and take off at once what it covers: all workplaces or work where none is named."""
    conflict = LabourConflict.objects.create(
        company=company,
        starts_on=starts_on,
        ends_on=ends_on,
        source=source,
        jobcentre=jobcentre,
        registered_by=by,
    )
    conflict.covers(occupations=occupations, workplaces=workplaces)
    follow(on=timezone.localdate(), company=company)
    return conflict


@transaction.atomic
def end(conflict: LabourConflict, *, last_day: date) -> LabourConflict:
    """Say which was or will be its last day. What nothing covers any more comes back at once."""
    conflict.ends_on = last_day
    conflict.full_clean(exclude=["workplaces", "occupations"])
    conflict.save(update_fields=["ends_on"])
    follow(on=timezone.localdate(), company=conflict.company)
    return conflict


@transaction.atomic
def follow(*, on: date, company: Company | None = None) -> tuple[int, int]:
    """Take off what is covered on the day, and bring back what no longer is. How many of each.

    A batch in one transaction; rows that somebody else holds are passed by, and the next minute's look
    finds them. Doing it twice changes nothing.
    """
    ours = Vacancy.objects.filter(company=company) if company else Vacancy.objects.all()
    running = ours.filter(state=State.PUBLISHED).in_conflict(on=on)
    stopped = 0
    for vacancy in _locked(running):
        if conflict := vacancy.conflict(on=on):
            vacancy.stop(source=conflict.source)
            stopped += 1
    held = ours.filter(held_for=HeldFor.CONFLICT, apply_by__gte=on)
    free = _locked(held.filter(~LabourConflict.objects.covering_rows(on=on)))
    for vacancy in free:
        vacancy.restore()
    return stopped, len(free)


def _locked(vacancies: VacancyQuerySet) -> list[Vacancy]:
    return list(vacancies.select_for_update(of=("self",), skip_locked=True).order_by("pk")[:BATCH])
