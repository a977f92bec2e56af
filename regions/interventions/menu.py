from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Role
from jobcenter.pages.menu import Item
from regions.interventions.waiting import waiting_for

ITEMS = [
    Item(
        _("Interventions"),
        "interventions:board",
        roles={Role.AREA_OFFICER, Role.MANAGER},
        count=waiting_for,
        order=31,
    ),
]
