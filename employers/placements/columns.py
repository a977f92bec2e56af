"""What the lists of placements hold as files."""

from django.utils.translation import gettext_lazy as _

from employers.placements.models import Placement
from jobcenter.pages.sheets import Column

COLUMNS: list[Column[Placement]] = [
    Column(_("Reference"), lambda placement: placement.reference),
    Column(_("Company"), lambda placement: placement.company),
    Column(_("Workplace"), lambda placement: placement.workplace),
    Column(_("Kind"), lambda placement: placement.get_kind_display()),
    Column(_("Work"), lambda placement: placement.label),
    Column(_("First day"), lambda placement: placement.starts_on),
    Column(_("Last day"), lambda placement: placement.last_day),
    Column(_("State"), lambda placement: placement.get_state_display()),
    Column(_("The employees"), lambda placement: placement.get_answer_display()),
    Column(_("Owner"), lambda placement: placement.owner),
]
