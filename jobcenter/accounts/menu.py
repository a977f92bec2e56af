"""The lines of the staff menu about oneself, and about one's colleagues' way in."""

from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Role
from jobcenter.pages.menu import Item

STAFF = {Role.CASEWORKER, Role.MANAGER, Role.AREA_OFFICER, Role.NATIONAL}

ITEMS = [
    Item(
        _("What has been deleted"),
        "accounts:removals",
        roles={Role.MANAGER, Role.NATIONAL},
        group=_("The jobcentre"),
        order=94,
    ),
    Item(_("Read log"), "accounts:readings", roles={Role.MANAGER}, group=_("The jobcentre"), order=93),
    Item(
        _("Second factors"),
        "accounts:second_factors",
        roles={Role.MANAGER},
        group=_("The jobcentre"),
        order=92,
    ),
    Item(_("E-mail to you"), "accounts:notices", roles=STAFF, group=_("Yourself"), order=95),
    Item(_("Second factor"), "mfa_index", roles=STAFF, group=_("Yourself"), order=96),
]
