"""The lines of the staff menu that lead to candidates and referrals."""

from django.utils.translation import gettext_lazy as _

from employers.referrals.models import Referral, State
from jobcenter.accounts.models import Membership, Role
from jobcenter.pages.menu import Item


def waiting(membership: Membership) -> int:
    """How many referrals wait for the jobcentre to say yes or no."""
    return Referral.objects.filter(
        candidates_jobcentre__organisation=membership.organisation_id, state=State.PROPOSED
    ).count()


ITEMS = [
    Item(_("Candidates"), "referrals:candidates", roles={Role.CASEWORKER, Role.MANAGER}, order=22),
    Item(
        _("Referrals"), "referrals:referrals", roles={Role.CASEWORKER, Role.MANAGER}, count=waiting, order=23
    ),
]
