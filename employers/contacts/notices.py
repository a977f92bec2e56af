"""What caseworkers are told about contacts without having asked just then."""

from django.utils.translation import gettext_lazy as _

from jobcenter.notifications.kinds import Audience, Kind
from jobcenter.notifications.models import How

OVERRIDDEN = Kind(
    "hold_overridden",
    _("Another jobcentre contacts a company you hold"),
    Audience.STAFF,
    hint=_("With the reason it gave."),
    usual=How.AT_ONCE,
)

FOLLOW_UP = Kind(
    "follow_up_due",
    _("A follow-up of yours is due"),
    Audience.STAFF,
    hint=_("Not while somebody else has just been in contact with the company."),
)

KINDS = [OVERRIDDEN, FOLLOW_UP]
