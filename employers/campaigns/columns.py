"""What a campaign holds as a file: its companies, each with its partner, state and result."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from employers.campaigns.showing import Row
from jobcenter.pages.sheets import Column

ROWS: list[Column[Row]] = [
    Column(_("Company"), lambda row: row.target.company),
    Column(_("Number"), lambda row: row.target.company.number),
    Column(_("Share of"), lambda row: row.target.share.jobcentre if row.target.share else None),
    Column(_("State"), lambda row: row.standing),
    Column(_("Taken by"), lambda row: row.target.taken_by),
    Column(_("Taken"), lambda row: row.target.taken_at),
    Column(_("Contact"), lambda row: row.contact.happened_at if row.contact else None),
    Column(_("Contacted by"), lambda row: row.contact.jobcentre if row.contact else None),
    Column(_("Result"), lambda row: row.contact.get_outcome_display() if row.contact else None),
]
