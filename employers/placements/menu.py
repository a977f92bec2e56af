"""The line of the staff menu that leads to the placements."""

from django.utils.translation import gettext_lazy as _

from employers.placements.models import Placement
from jobcenter.accounts.models import Membership, Role
from jobcenter.pages.menu import Item


def waiting(membership: Membership) -> int:
    """How many wait for a decision of the jobcentre."""
    return Placement.objects.filter(
        jobcentre__organisation=membership.organisation_id, state=Placement.State.APPLIED
    ).count()


ITEMS = [
    Item(
        _("Wage subsidy and work trials"),
        "placements:placements",
        roles={Role.CASEWORKER, Role.MANAGER},
        count=waiting,
        order=25,
    ),
]
