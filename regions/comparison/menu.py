from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Role
from jobcenter.pages.menu import Item

ITEMS = [
    Item(
        _("Framework conditions"),
        "comparison:conditions",
        roles={Role.AREA_OFFICER, Role.NATIONAL},
        group=_("Basis"),
        order=92,
    ),
]
