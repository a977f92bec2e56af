"""What area staff, managers and the national authority find on this floor."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jobcenter.accounts.models import Role
from jobcenter.pages.menu import Item

ITEMS = [
    Item(_("The area"), "dashboard:area", roles={Role.AREA_OFFICER}, order=10),
    Item(_("The country"), "dashboard:country", roles={Role.NATIONAL, Role.AREA_OFFICER}, order=12),
    Item(
        _("Our results"),
        "dashboard:my_jobcentre",
        roles={Role.CASEWORKER, Role.MANAGER},
        group=_("Overview"),
        order=70,
    ),
    Item(
        pgettext_lazy("page", "Compare"),
        "dashboard:compare",
        roles={Role.CASEWORKER, Role.MANAGER, Role.AREA_OFFICER, Role.NATIONAL},
        group=_("Basis"),
        order=85,
    ),
    Item(
        _("Measures"),
        "dashboard:measures",
        roles={Role.CASEWORKER, Role.MANAGER, Role.AREA_OFFICER, Role.NATIONAL},
        group=_("Basis"),
        order=80,
    ),
]
