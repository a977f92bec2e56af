"""How placements end: by a person, by the calendar, or by a labour conflict; and what is asked afterwards."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from employers.placements import letters
from employers.placements.models import Effect, Ending, Kind, Placement, State, effects_of
from employers.vacancies.models import LabourConflict
from jobcenter.accounts.models import Organisation, User

BATCH = 200
ONE_DAY = timedelta(days=1)
CONFLICT_BEGAN = _("A labour conflict began at the workplace.")
"""The reason, in the language of whoever reads it."""


@transaction.atomic
def end(
    *, placement: Placement, on: date, ending: str, reason: str, by: User, organisation: Organisation
) -> Placement:
    """End it with its real last day, tell the employer, and promise to ask what came of it."""
    placement.end(on=on, ending=ending, reason=reason, by=by, organisation=organisation)
    Effect.objects.bulk_create(effects_of(placement))
    letters.send_end(placement, reason=reason)
    return placement


def end_those_that_are_over(*, on: date) -> int:
    """The calendar's work: a batch of those whose agreed last day has passed. Returns how many."""
    with transaction.atomic():
        over = list(
            Placement.objects.select_for_update(skip_locked=True)
            .filter(state=State.GRANTED, ends_on__lt=on)
            .order_by("ends_on", "pk")[:BATCH]
        )
        for placement in over:
            assert placement.ends_on
            placement.end(on=placement.ends_on, ending=Ending.AS_PLANNED, by=None, organisation=None)
        Effect.objects.bulk_create([effect for placement in over for effect in effects_of(placement)])
    return len(over)


def obey_conflicts(*, on: date) -> int:
    """A batch of what a labour conflict that runs today touches. Returns how many were changed.

    A work trial there ends with the day before; it never becomes shorter than a day. Whoever works there
    with a wage subsidy is marked. Both are logged, and employer and caseworker are told.
    """
    changed = 0
    for conflict in LabourConflict.objects.running(on=on).order_by("pk"):
        for pk in _touched(conflict, on=on)[: BATCH - changed]:
            changed += _obey(pk, conflict, on=on)
    return changed


def _touched(conflict: LabourConflict, *, on: date) -> list[int]:
    """What runs there today; work whose occupation is not known is taken to be covered."""
    found = Placement.objects.running(on=on).filter(company=conflict.company_id)
    if workplaces := list(conflict.workplaces.values_list("pk", flat=True)):
        found = found.filter(workplace__in=workplaces)
    if codes := list(conflict.occupations.values_list("code", flat=True)):
        covered = Q(occupation=None)
        for code in codes:
            covered |= Q(occupation__code__startswith=code)
        found = found.filter(covered)
    # One that is marked with an earlier conflict is marked anew; `exclude` would leave out the unmarked.
    found = found.filter(Q(conflict=None) | ~Q(conflict=conflict))
    return list(found.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _obey(pk: int, conflict: LabourConflict, *, on: date) -> int:
    placement = (
        Placement.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("company", "person", "owner", "jobcentre")
        .filter(Q(conflict=None) | ~Q(conflict=conflict), pk=pk, state=State.GRANTED)
        .first()
    )
    if not placement:
        return 0
    if placement.kind == Kind.WAGE_SUBSIDY:
        placement.mark(conflict)
    else:
        assert placement.starts_on
        placement.end(
            on=max(placement.starts_on, on - ONE_DAY),
            ending=Ending.CONFLICT,
            reason=str(CONFLICT_BEGAN),
            by=None,
            organisation=None,
            conflict=conflict,
        )
        Effect.objects.bulk_create(effects_of(placement))
        letters.send_end(placement, reason=CONFLICT_BEGAN)
    letters.tell_owner_of_conflict(placement)
    return 1
