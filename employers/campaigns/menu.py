"""The line of the staff menu that leads to campaigns."""

from django.utils.translation import gettext_lazy as _

from employers.campaigns.models import Share
from jobcenter.accounts.models import Membership, Role
from jobcenter.pages.menu import Item


def waiting(membership: Membership) -> int | None:
    """How many campaigns the jobcentre is asked to take part in; none when nobody waits. One query."""
    return Share.objects.to_answer(membership.organisation_id).count() or None


ITEMS = [
    Item(
        _("Campaigns"), "campaigns:campaigns", roles={Role.CASEWORKER, Role.MANAGER}, count=waiting, order=31
    ),
]
