"""What becomes of vacancies, conflicts and verifications when two companies or two people are made one."""

from __future__ import annotations

from django.utils.translation import gettext as _

from employers.companies.journal import Journal
from employers.companies.models import Person, Workplace
from employers.companies.relations import Relation, along


def places_of_conflicts(relation: Relation, stays: Workplace, goes: Workplace, journal: Journal) -> None:
    """A conflict that names both workplaces names one."""
    ours = set(relation.rows(stays).values_list("labourconflict", flat=True))
    both = [row for row in relation.rows(goes) if row.labourconflict_id in ours]
    for row in both:
        journal.remove(row)
    rest = relation.rows(goes).exclude(pk__in=[row.pk for row in both])
    journal.move(relation.label, rest, field=relation.field, to=stays, since=goes)


def verifications(relation: Relation, stays: Person, goes: Person, journal: Journal) -> None:
    """Two in force for one person are one: that of the person who stays."""
    both = relation.rows(goes).filter(ended_at=None) if relation.rows(stays).filter(ended_at=None) else []
    for row in both:
        journal.note(_("%(person)s is verified twice. One verification is left.") % {"person": goes})
        journal.remove(row)
    rest = relation.rows(goes).exclude(pk__in=[row.pk for row in both])
    journal.move(relation.label, rest, field=relation.field, to=stays, since=goes)


RULES = {
    "vacancies.LabourConflict.company": along,
    "vacancies.LabourConflict_workplaces.workplace": places_of_conflicts,
    "vacancies.Vacancy.company": along,
    "vacancies.Vacancy.workplace": along,
    "vacancies.ExternalVacancy.company": along,
    "vacancies.Verification.company": along,
    "vacancies.Verification.person": verifications,
}
