"""The line of the staff menu that leads to the labour catchments."""

from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Role
from jobcenter.pages.menu import Item

STAFF = {Role.CASEWORKER, Role.MANAGER, Role.AREA_OFFICER, Role.NATIONAL}

ITEMS = [Item(_("Labour catchments"), "geography:catchments", roles=STAFF, group=_("Basis"), order=82)]
