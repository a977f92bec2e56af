"""The line of the staff menu that leads to what one is told by e-mail."""

from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Role
from jobcenter.pages.menu import Item

STAFF = {Role.CASEWORKER, Role.MANAGER, Role.AREA_OFFICER, Role.NATIONAL}

ITEMS = [Item(_("E-mail to you"), "accounts:notices", roles=STAFF, group=_("Yourself"), order=95)]
