from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Membership, Role
from jobcenter.pages.menu import Item
from regions.oversight.models import Flag


def open_flags(membership: Membership) -> int:
    """Flags that still wait for somebody, in the officer's area or about the manager's jobcentre.

    Nothing waits for the national agency: it reads what has been confirmed.
    """
    if membership.role == Role.NATIONAL:
        return 0
    if membership.role == Role.AREA_OFFICER:
        return Flag.objects.visible_to_office(membership.organisation.area_office).open().count()
    return Flag.objects.visible_to_jobcentre(membership.organisation.jobcentre).open().count()


ITEMS = [
    Item(
        _("Flags"),
        "oversight:flags",
        roles={Role.AREA_OFFICER, Role.MANAGER, Role.NATIONAL},
        count=open_flags,
        order=30,
    ),
]
