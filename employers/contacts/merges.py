"""What becomes of contacts, wishes and leads when two companies or two people are made one."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from employers.companies.journal import Journal
from employers.companies.models import Company
from employers.companies.relations import Relation, along
from employers.contacts.models import Lead, Preferences

A_MOMENT = timedelta(seconds=1)


def contacts(relation: Relation, stays: Company, goes: Company, journal: Journal) -> None:
    """They move along. Of two that one person logged at the same moment, theirs is a second earlier."""
    taken = set(relation.rows(stays).values_list("by", "channel", "happened_at"))
    for one in relation.rows(goes):
        at = one.happened_at
        while (one.by_id, one.channel, at) in taken:
            at -= A_MOMENT
        if at != one.happened_at:
            journal.note(_("A contact was logged on both at the same moment. Both are kept."))
            journal.change(one, happened_at=at)
        taken.add((one.by_id, one.channel, at))
    along(relation, stays, goes, journal)


def preferences(relation: Relation, stays: Company, goes: Company, journal: Journal) -> None:
    """Where both have said something, the stricter holds: fewer contacts, the longer pause, all topics."""
    ours: Preferences | None = relation.rows(stays).first()
    theirs: Preferences | None = relation.rows(goes).first()
    if not ours or not theirs:
        along(relation, stays, goes, journal)
        return
    caps = [cap for cap in (ours.most_contacts, theirs.most_contacts) if cap]
    pauses = [day for day in (ours.paused_until, theirs.paused_until) if day]
    journal.note(
        _("Both have contact wishes. The stricter hold: the fewer contacts, the longer pause, all topics.")
    )
    # Theirs first: the person they name may have become one with one of ours.
    journal.remove(theirs)
    journal.change(
        ours,
        most_contacts=min(caps, default=None),
        paused_until=max(pauses, default=None),
        unwanted=[*ours.unwanted, *(topic for topic in theirs.unwanted if topic not in ours.unwanted)],
        channel=ours.channel or theirs.channel,
        version=ours.version + 1,
    )


def leads(relation: Relation, stays: Company, goes: Company, journal: Journal) -> None:
    """Where a jobcentre has a lead for each in the same days, the one of the company that stays holds."""
    ours = list(relation.rows(stays))
    doubled = []
    for theirs in relation.rows(goes):
        if any(_overlap(theirs, one) for one in ours):
            journal.note(
                _("%(lead)s is no longer lead: %(jobcentre)s has another for the company that stays.")
                % {"lead": theirs.user, "jobcentre": theirs.jobcentre}
            )
            doubled.append(theirs.pk)
            journal.remove(theirs)
    rest = relation.rows(goes).exclude(Q(pk__in=doubled))
    journal.move(relation.label, rest, field=relation.field, to=stays, since=goes)


def _overlap(one: Lead, other: Lead) -> bool:
    return (
        one.jobcentre_id == other.jobcentre_id
        and (one.valid_to is None or other.valid_from < one.valid_to)
        and (other.valid_to is None or one.valid_from < other.valid_to)
    )


RULES = {
    "contacts.Contact.company": contacts,
    "contacts.Contact.workplace": along,
    "contacts.Contact.person": along,
    "contacts.FollowUp.company": along,
    "contacts.Preferences.company": preferences,
    "contacts.Preferences.person": along,
    "contacts.Lead.company": leads,
    "contacts.Hold.workplace": along,
}
