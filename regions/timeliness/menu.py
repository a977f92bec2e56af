from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Role
from jobcenter.pages.menu import Item

ITEMS = [
    Item(
        _("Deadlines of the law"),
        "timeliness:overview",
        roles={Role.AREA_OFFICER, Role.NATIONAL},
        order=14,
    ),
    Item(
        _("Our deadlines"),
        "timeliness:own",
        roles={Role.CASEWORKER, Role.MANAGER},
        group=_("Overview"),
        order=72,
    ),
    Item(
        _("Benefit spells"),
        "timeliness:deliveries",
        roles={Role.CASEWORKER, Role.MANAGER},
        group=_("Basis"),
        order=92,
    ),
]
