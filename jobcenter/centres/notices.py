"""What managers are told about agreements between jobcentres without having asked just then."""

from django.utils.translation import gettext_lazy as _

from jobcenter.notifications.kinds import Audience, Kind
from jobcenter.notifications.models import How

AGREEMENTS = Kind(
    "agreements",
    _("Agreements with other jobcentres"),
    Audience.STAFF,
    hint=_("When one is drafted, changed, accepted by all, refused or ended by another partner."),
    usual=How.AT_ONCE,
)

KINDS = [AGREEMENTS]
"""Told to the managers of the partners; to caseworkers nothing comes of it."""
