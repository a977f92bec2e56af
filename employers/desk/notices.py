"""What caseworkers are told by the desk without having asked just then."""

from django.utils.translation import gettext_lazy as _

from jobcenter.notifications.kinds import Audience, Kind
from jobcenter.notifications.models import How

MENTIONED = Kind(
    "mentioned",
    _("A colleague calls upon you in an enquiry"),
    Audience.STAFF,
    hint=_("It also stands in your day until you have read it."),
    usual=How.AT_ONCE,
)

KINDS = [MENTIONED]
