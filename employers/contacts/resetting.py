"""Follow-ups and the clock of their reminder, which starts anew when anyone is in contact with the company.

The rule. A follow-up is agreed for a day (`due_on`), and comes on its owner's My day, and in one mail, from
that day. When the company has been spoken with since it was agreed, by the same jobcentre about anything or
by a partner of the catchment about one of its purposes, the matter has been taken up, and a reminder at
once would make two calls of one. So the clock starts anew from that contact: the follow-up is quiet for as
many days as it was agreed ahead, a fortnight at most. Its day stays as it was agreed, the contact that made
it quiet is named beside it, and only a person marks it as done or postpones it. A call that nobody answered
starts no clock, and a contact never brings a reminder forward.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from employers.contacts.models import Contact, FollowUp
from employers.contacts.notices import FOLLOW_UP
from jobcenter.notifications.telling import language_of, notify

QUIET_AT_MOST = timedelta(days=14)
BATCH = 200


def reset(contact: Contact) -> list[FollowUp]:
    """Start the clocks anew that this contact takes up. Needs the transaction in which it is kept."""
    if contact.outcome in ("", Contact.Outcome.NO_ANSWER):
        return []
    concerned = (
        FollowUp.objects.open()
        .filter(company=contact.company_id, contact__happened_at__lt=contact.happened_at)
        .filter(Q(jobcentre=contact.jobcentre_id) | Q(jobcentre__in=contact.jobcentre.partners))
        .select_for_update(of=("self",))
        .select_related("contact")
        .order_by("pk")
    )
    return [
        follow_up
        for follow_up in concerned
        if _is_taken_up(follow_up, contact) and _quieten(follow_up, contact)
    ]


def _is_taken_up(follow_up: FollowUp, contact: Contact) -> bool:
    is_own = follow_up.jobcentre_id == contact.jobcentre_id
    return is_own or bool(set(follow_up.contact.purposes) & set(contact.purposes))


def _quieten(follow_up: FollowUp, contact: Contact) -> bool:
    """Whether the reminder moves: never forward."""
    until = quiet_until(
        agreed_on=timezone.localdate(follow_up.contact.happened_at),
        due_on=follow_up.due_on,
        contact_on=timezone.localdate(contact.happened_at),
    )
    if until <= follow_up.reminds_on:
        return False
    follow_up.quiet_until, follow_up.reset_by = until, contact
    follow_up.save(update_fields=["quiet_until", "reset_by"])
    return True


def quiet_until(*, agreed_on: date, due_on: date, contact_on: date) -> date:
    """As many days after the contact as were agreed from the beginning: between one and fourteen."""
    agreed = min(max(due_on - agreed_on, timedelta(days=1)), QUIET_AT_MOST)
    return contact_on + agreed


def remind(*, on: date) -> int:
    """Promise the owners of a batch of what is due their reminder, once for each day it comes to.

    The mail says with whom, and not what: that is read on the portal.
    """
    with transaction.atomic():
        due = list(
            FollowUp.objects.due(on=on)
            .filter(
                Q(reminded_on=None) | Q(reminded_on__lt=F("due_on")) | Q(reminded_on__lt=F("quiet_until"))
            )
            .select_for_update(skip_locked=True, of=("self",))
            .select_related("company", "owner")
            .order_by("due_on", "pk")[:BATCH]
        )
        for follow_up in due:
            _remind(follow_up, on=on)
            follow_up.reminded_on = on
            follow_up.save(update_fields=["reminded_on"])
    return len(due)


def _remind(follow_up: FollowUp, *, on: date) -> None:
    language = language_of(follow_up.owner.email)
    with translation.override(language):
        notify(
            to=follow_up.owner.email,
            kind=FOLLOW_UP,
            key=f"follow-up {follow_up.pk} {follow_up.reminds_on}",
            subject=_("Follow up with %(company)s") % {"company": follow_up.company},
            text=_("It was agreed for %(day)s.") % {"day": follow_up.due_on.strftime("%d-%m-%Y")},
            link=follow_up.company.get_absolute_url(),
            language=language,
            on=on,
        )
