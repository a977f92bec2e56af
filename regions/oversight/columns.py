"""What the list of flags holds as a file: what was raised, on which data, and what was decided."""

from django.utils.translation import gettext_lazy as _

from jobcenter.pages.sheets import Column
from regions.oversight.models import Flag

COLUMNS: list[Column[Flag]] = [
    Column(_("Code"), lambda flag: flag.jobcentre.code),
    Column(_("Jobcentre"), lambda flag: flag.jobcentre.name),
    Column(_("Measure"), lambda flag: flag.measure.code),
    Column(_("Title"), lambda flag: flag.measure.title),
    Column(_("Target group"), lambda flag: flag.target_group),
    Column(_("Period"), lambda flag: flag.period),
    Column(_("Ground"), lambda flag: flag.get_ground_display()),
    Column(_("Severity"), lambda flag: flag.severity_in_words),
    Column(_("State"), lambda flag: flag.get_state_display()),
    Column(_("Raised"), lambda flag: flag.raised_at),
    Column(_("Next step by"), lambda flag: flag.due_on),
    Column(_("Decided"), lambda flag: flag.decided_at),
    Column(_("Definition version"), lambda flag: flag.evidence["definition_version"]),
    Column(_("Data date"), lambda flag: flag.evidence["data_date"]),
    Column(_("Rule version"), lambda flag: flag.evidence["rule_version"]),
]
