"""Changing a contact: moving a plan, saying that it took place, cancelling it, editing and correcting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from employers.companies.models import Company
from employers.contacts.models import Contact
from employers.contacts.recording import NextStep, follow_up_of, judge, person_called
from employers.contacts.resetting import reset
from jobcenter.accounts.models import Role, User
from jobcenter.centres.models import Jobcentre
from jobcenter.pages.meanwhile import ChangedMeanwhile


def may_change(contact: Contact, *, user: User, role: str, jobcentre: Jobcentre) -> bool:
    """A plan is anybody's of the jobcentre, since people stand in for each other.

    What has taken place is changed by whoever logged it, and by the manager; what is cancelled by nobody.
    """
    if contact.jobcentre_id != jobcentre.pk or contact.state == Contact.State.CANCELLED:
        return False
    return contact.state == Contact.State.PLANNED or contact.by_id == user.pk or role == Role.MANAGER


@transaction.atomic
def change(
    *,
    contact: Contact,
    values: Mapping[str, Any],
    seen: int,
    by: User,
    because: str = "",
    reason: str = "",
    new_person: str = "",
    next_step: NextStep | None = None,
) -> Contact:
    """Keep what is said of the contact now. seen: the version the form was opened with.

    The chosen time decides here too: a plan whose time has come is held by whoever says so, is judged by the
    advice once more, and starts the clocks of follow-ups anew. A day after it was logged a change is a
    correction, and says why (`because`). `reason` is the one for going on against the advice. Raises
    ChangedMeanwhile when somebody has saved since, and ValidationError, for `because` or `reason` when one of
    them is needed and not given.
    """
    at = timezone.now()
    now = _locked(contact, seen=seen)
    was_planned = now.state == Contact.State.PLANNED
    for name, value in values.items():
        setattr(now, name, value)
    if new_person:
        now.person = person_called(new_person, company=now.company)
    if was_planned and now.happened_at <= at:
        now.state, now.logged_at, now.by = Contact.State.HELD, at, by
    if not was_planned and now.is_corrected_from <= at and not because.strip():
        raise ValidationError({"because": _("Write why you correct it.")})
    _signed(now, by=by, at=at, because=because)
    now.full_clean()
    judge(now, reason=reason)
    now.save()
    if next_step:
        follow_up_of(now, next_step)
    if was_planned and now.state == Contact.State.HELD:
        reset(now)
    return now


@transaction.atomic
def cancel(*, contact: Contact, seen: int, by: User, because: str = "") -> Contact:
    """It is not to take place. Raises ChangedMeanwhile also when it has taken place, or is cancelled."""
    now = _locked(contact, seen=seen)
    if now.state != Contact.State.PLANNED:
        raise ChangedMeanwhile(now)
    now.state = Contact.State.CANCELLED
    _signed(now, by=by, at=timezone.now(), because=because)
    now.full_clean()
    now.save()
    return now


def _locked(contact: Contact, *, seen: int) -> Contact:
    """As it stands in the database, after whoever changes the same company's contacts now."""
    Company.objects.select_for_update().get(pk=contact.company_id)
    now = (
        Contact.objects.select_for_update(of=("self",))
        .select_related("company", "jobcentre")
        .get(pk=contact.pk)
    )
    if now.version != seen:
        raise ChangedMeanwhile(now)
    return now


def _signed(contact: Contact, *, by: User, at: datetime, because: str) -> None:
    contact.version += 1
    contact.changed_by, contact.changed_at, contact.changed_because = by, at, because.strip()
