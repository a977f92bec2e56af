"""What becomes of enquiries when two companies or two people are made one.

Who may see a confidential one is decided by its jobcentre, its handlers and its sender's address. None of
them changes: two people with an address each are never made one (`merging.refusals`).
"""

from __future__ import annotations

from employers.companies.journal import Journal
from employers.companies.models import Workplace
from employers.companies.relations import Relation, along


def other_workplaces(relation: Relation, stays: Workplace, goes: Workplace, journal: Journal) -> None:
    """An enquiry that names both as further workplaces names one."""
    ours = set(relation.rows(stays).values_list("enquiry", flat=True))
    both = [row for row in relation.rows(goes) if row.enquiry_id in ours]
    for row in both:
        journal.remove(row)
    rest = relation.rows(goes).exclude(pk__in=[row.pk for row in both])
    journal.move(relation.label, rest, field=relation.field, to=stays, since=goes)


RULES = {
    "enquiries.Enquiry.company": along,
    "enquiries.Enquiry.workplace": along,
    "enquiries.Enquiry.person": along,
    "enquiries.OtherWorkplace.workplace": other_workplaces,
}
