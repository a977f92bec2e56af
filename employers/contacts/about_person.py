"""Contacts with the person, and whether the company wants us to ask for them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from employers.companies.about import About, Told
from employers.companies.models import Person
from employers.contacts.models import Contact, Preferences
from jobcenter.centres.models import Jobcentre


def _with(person: Person) -> QuerySet[Contact]:
    return Contact.objects.filter(person=person).select_related("jobcentre", "by")


def _contact_told(contact: Contact, reader: Jobcentre) -> Told:
    """That, when, by whom and what about; the note for its jobcentre alone: a file leaves the house."""
    is_ours = contact.jobcentre_id == reader.pk
    return [
        (str(_("When")), contact.happened_at),
        (str(_("Jobcentre")), contact.jobcentre.name),
        (str(_("By whom")), str(contact.by)),
        (str(_("About")), contact.get_purposes_display()),
        (str(_("Note")), contact.note if is_ours else _("is with %s") % contact.jobcentre.name),
    ]


def _preferred(person: Person) -> QuerySet[Preferences]:
    return Preferences.objects.filter(person=person)


def _preferred_told(wishes: Preferences, _reader: Jobcentre) -> Told:
    return [(str(_("Preferred person")), str(_("yes"))), (str(_("Changed")), wishes.changed_at)]


def _prefer_nobody(rows: QuerySet[Preferences]) -> int:
    return rows.update(person=None)


ABOUT = [
    About(
        "contacts.contact",
        _("Contacts"),
        _with,
        _contact_told,
        kept=_("That there was a contact, when and what about, is the jobcentres' account of their work."),
    ),
    About(
        "contacts.preferences",
        _("The company's wishes"),
        _preferred,
        _preferred_told,
        forget=_prefer_nobody,
    ),
]
