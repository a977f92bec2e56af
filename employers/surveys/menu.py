"""The line of the staff menu that leads to how the survey goes."""

from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Role
from jobcenter.pages.menu import Item

ITEMS = [
    Item(
        _("Recruitment survey"),
        "surveys:overview",
        roles={Role.AREA_OFFICER, Role.NATIONAL},
        group=_("Overview"),
        order=74,
    ),
]
