"""Making somebody responsible: the row that says why, and then the enquiry itself. One at a time or many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from employers.enquiries.models import Assignment, Enquiry
from employers.enquiries.models.assignment import Occasion
from employers.enquiries.ownership import Choice
from employers.vacancies.models import Vacancy
from jobcenter.accounts.models import User


@dataclass(frozen=True)
class Change:
    """One enquiry, whom it goes to, and whose work it is if they only stand in."""

    enquiry: Enquiry
    choice: Choice
    stands_in_for: User | None = None


def received(enquiry: Enquiry, choice: Choice, *, by: User | None = None) -> Assignment:
    """The first row of a new enquiry, and who registered it for the company.

    Needs the transaction in which it was received.
    """
    return Assignment.objects.create(
        enquiry=enquiry,
        jobcentre=choice.jobcentre,
        owner=choice.owner,
        occasion=Occasion.RECEIVED,
        rule=choice.rule,
        team=choice.team,
        is_by_municipality=choice.is_by_municipality,
        by=by,
        at=enquiry.received_at,
    )


@transaction.atomic
def assign(
    changes: Sequence[Change],
    *,
    occasion: Occasion,
    at: datetime,
    by: User | None = None,
    reason: str = "",
) -> None:
    """Carry out the changes set-wise, each with the row that says why. `by` None: the portal, by rule.

    The enquiries are locked by whoever calls.
    """
    Assignment.objects.bulk_create(
        Assignment(
            enquiry=change.enquiry,
            jobcentre=change.choice.jobcentre,
            owner=change.choice.owner,
            from_jobcentre_id=change.enquiry.jobcentre_id,
            from_owner_id=change.enquiry.owner_id,
            stands_in_for=change.stands_in_for,
            occasion=occasion,
            rule=change.choice.rule,
            team=change.choice.team,
            is_by_municipality=change.choice.is_by_municipality,
            reason=reason,
            by=by,
            at=at,
        )
        for change in changes
    )
    together: dict[tuple[int, int], list[Enquiry]] = defaultdict(list)
    for change in changes:
        together[change.choice.jobcentre.pk, change.choice.owner.pk].append(change.enquiry)
    for (jobcentre, owner), enquiries in together.items():
        Enquiry.objects.filter(pk__in=[one.pk for one in enquiries]).update(
            jobcentre_id=jobcentre, owner_id=owner
        )
    _move_vacancies(changes)
    for change in changes:
        change.enquiry.jobcentre, change.enquiry.owner = change.choice.jobcentre, change.choice.owner


def _move_vacancies(changes: Sequence[Change]) -> None:
    """A vacancy is the same jobcentre's as its enquiry."""
    moved: dict[int, list[int]] = defaultdict(list)
    for change in changes:
        if change.enquiry.vacancy_id and change.choice.jobcentre.pk != change.enquiry.jobcentre_id:
            moved[change.choice.jobcentre.pk].append(change.enquiry.vacancy_id)
    for jobcentre, vacancies in moved.items():
        Vacancy.objects.filter(pk__in=vacancies).update(jobcentre_id=jobcentre)
