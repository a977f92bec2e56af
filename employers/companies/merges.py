"""What becomes of a company's own parts when two companies are made one."""

from __future__ import annotations

from django.utils.translation import gettext as _

from employers.companies.journal import Journal
from employers.companies.models import Company
from employers.companies.relations import Relation, absorb, along


def workplaces(relation: Relation, stays: Company, goes: Company, journal: Journal) -> None:
    """They move along. Without a P-number, two at one address are one."""
    ours = {(one.address, one.postcode): one for one in stays.workplaces.filter(p_number=None)}
    for theirs in goes.workplaces.filter(p_number=None):
        if same := ours.get((theirs.address, theirs.postcode)):
            journal.note(_("The workplace %(address)s is one, not two.") % {"address": theirs})
            absorb(same, theirs, journal)
    _move_the_rest(relation, stays, goes, journal)


def people(relation: Relation, stays: Company, goes: Company, journal: Journal) -> None:
    """They move along. Two with one e-mail address are one."""
    ours = {one.email: one for one in stays.people.exclude(email="")}
    for theirs in goes.people.exclude(email=""):
        if same := ours.get(theirs.email):
            names = {"name": theirs.name, "same": same.name, "email": theirs.email}
            journal.note(_("%(name)s and %(same)s have the address %(email)s, and are one person.") % names)
            absorb(same, theirs, journal)
    _move_the_rest(relation, stays, goes, journal)


def _move_the_rest(relation: Relation, stays: Company, goes: Company, journal: Journal) -> None:
    """Those that were not absorbed, also where nothing is really done yet."""
    label = relation.model._meta.label_lower
    gone = [one["pk"] for one in journal.removed if one["model"] == label]
    rows = relation.rows(goes).exclude(pk__in=gone)
    journal.move(relation.label, rows, field=relation.field, to=stays, since=goes)


RULES = {
    "companies.Workplace.company": workplaces,
    "companies.Person.company": people,
    "companies.Merge.company": along,
}
