"""That the sender of an enquiry is who they say. Before that, nothing they sent becomes public."""

from __future__ import annotations

from typing import NamedTuple

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from employers.enquiries.models import Confirmation, Enquiry
from employers.enquiries.models.enquiry import CONFIRM, CONFIRM_WITHIN
from employers.vacancies.arrival import settle
from jobcenter.accounts.models import Organisation, User
from jobcenter.accounts.workflow import TransitionRefused


class Followed(NamedTuple):
    """What a link from the mail leads to. `has_expired`: it was ours, but is too old to prove anything."""

    enquiry: Enquiry
    has_expired: bool


def follow(token: str) -> Followed | None:
    """The enquiry behind a link that confirms; None if it was altered, or sent to another address."""
    has_expired = False
    try:
        said = CONFIRM.unsign_object(token, max_age=CONFIRM_WITHIN)
    except signing.SignatureExpired:
        said, has_expired = CONFIRM.unsign_object(token), True
    except signing.BadSignature:
        return None
    number, address = said
    found = Enquiry.objects.select_related("person", "vacancy", "jobcentre", "owner", "confirmation")
    enquiry = found.filter(pk=number, person__email=address).first()
    return Followed(enquiry, has_expired) if enquiry else None


@transaction.atomic
def confirm(enquiry: Enquiry, *, how: Confirmation.How, by: User | None = None) -> Confirmation:
    """The sender has shown that the address is theirs. A second time changes nothing."""
    return _written(enquiry, how=how, by=by)


@transaction.atomic
def confirm_on_behalf(enquiry: Enquiry, *, by: User, organisation: Organisation, reason: str) -> Confirmation:
    """A caseworker has spoken with the company. Raises TransitionRefused without a reason or too late."""
    if not reason.strip():
        raise TransitionRefused(_("Write how you know that the company has sent it."))
    if Confirmation.objects.filter(enquiry=_locked(enquiry)).exists():
        raise TransitionRefused(_("The sender is confirmed already, so nothing was changed."))
    return _written(
        enquiry, how=Confirmation.How.ON_BEHALF, by=by, organisation=organisation, reason=reason.strip()
    )


def _written(enquiry: Enquiry, **said: object) -> Confirmation:
    confirmation, is_new = Confirmation.objects.get_or_create(enquiry=_locked(enquiry), defaults=said)
    if is_new and enquiry.vacancy:
        enquiry.vacancy.confirm_sender()
        enquiry.vacancy = settle(enquiry.vacancy, email=enquiry.person.email)
    return confirmation


def _locked(enquiry: Enquiry) -> Enquiry:
    return Enquiry.objects.select_for_update(of=("self",)).get(pk=enquiry.pk)
