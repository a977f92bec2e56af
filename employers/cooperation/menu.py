"""The line of the staff menu that leads to the coordination figures."""

from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Role
from jobcenter.pages.menu import Item

ITEMS = [
    Item(
        _("Coordination figures"),
        "cooperation:figures",
        roles={Role.CASEWORKER, Role.MANAGER, Role.AREA_OFFICER, Role.NATIONAL},
        group=_("Overview"),
        order=72,
    ),
]
