"""Who in the responsible jobcentre owns an enquiry."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q

from employers.enquiries.models import State
from jobcenter.accounts.models import User
from jobcenter.centres.models import DefaultOwner, Jobcentre


class NobodyOwns(LookupError):
    """The jobcentre has no caseworker, and there is no default owner on that date."""


def choose_owner(*, jobcentre: Jobcentre, on: date) -> User:
    """The jobcentre's caseworker with the fewest enquiries that wait for an answer; among equals, by id.

    A jobcentre without caseworkers falls to the default owner of the date, who sees that somebody is
    found: an enquiry is never without an owner. Raises NobodyOwns.
    """
    waiting = Count("enquiries", filter=Q(enquiries__answered_at=None) & ~Q(enquiries__state=State.CLOSED))
    caseworker = jobcentre.staff().annotate(waiting=waiting).order_by("waiting", "pk").first()
    if caseworker:
        return caseworker
    default = DefaultOwner.objects.valid(on).select_related("user").first()
    if default:
        return default.user
    raise NobodyOwns(f"{jobcentre} has no caseworker, and there is no default owner on {on}")
