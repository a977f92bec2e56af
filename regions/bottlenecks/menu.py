from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Role
from jobcenter.pages.menu import Item

ITEMS = [
    Item(_("Bottlenecks"), "bottlenecks:reports", roles={Role.AREA_OFFICER}, order=40),
    Item(
        _("Bottlenecks"),
        "bottlenecks:reports",
        roles={Role.CASEWORKER, Role.MANAGER, Role.NATIONAL},
        group=_("Overview"),
        order=60,
    ),
    Item(
        _("Monitoring of occupations"),
        "bottlenecks:monitoring",
        roles={Role.CASEWORKER, Role.MANAGER, Role.AREA_OFFICER, Role.NATIONAL},
        group=_("Overview"),
        order=61,
    ),
    Item(_("Campaigns"), "bottlenecks:campaigns", roles={Role.AREA_OFFICER}, group=_("Overview"), order=62),
    Item(
        _("Register figures"),
        "bottlenecks:registers",
        roles={Role.AREA_OFFICER, Role.NATIONAL},
        group=_("Basis"),
        order=93,
    ),
]
