from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Role
from jobcenter.pages.menu import Item

ITEMS = [
    Item(
        _("How fresh the figures are"),
        "feeds:freshness",
        roles={Role.AREA_OFFICER},
        group=_("Basis"),
        order=88,
    ),
    Item(_("Data deliveries"), "feeds:deliveries", roles={Role.AREA_OFFICER}, group=_("Basis"), order=90),
]
