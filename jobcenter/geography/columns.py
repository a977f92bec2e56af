"""What the rows of the labour catchments hold as a file."""

from django.utils.translation import gettext_lazy as _

from jobcenter.geography.models import Catchment
from jobcenter.pages.sheets import Column

COLUMNS: list[Column[Catchment]] = [
    Column(_("In force from"), lambda row: row.version.made_at),
    Column(_("Found from"), lambda row: row.version.get_basis_display()),
    Column(_("Year of the figures"), lambda row: row.version.year),
    Column(_("Centre"), lambda row: row.centre.name),
    Column(_("Municipality"), lambda row: row.municipality.name),
    Column(_("Code"), lambda row: row.municipality.code),
    Column(_("Inhabitants"), lambda row: row.municipality.population),
    Column(_("Distance in km"), lambda row: row.distance_km),
    Column(_("Share who work there"), lambda row: row.share),
    Column(_("Number who work there"), lambda row: row.commuters),
    Column(_("Share who work within"), lambda row: row.self_containment),
    Column(_("Belongs"), lambda row: _("yes") if row.belongs else _("no")),
    Column(_("Why"), lambda row: row.get_ground_display()),
    Column(_("Reason of the correction"), lambda row: row.correction.reason if row.correction else ""),
]
