"""What employers and their employees' representatives are told without having asked just then."""

from django.utils.translation import gettext_lazy as _

from jobcenter.notifications.kinds import Audience, Kind

REMINDERS = Kind(
    "placement_reminders",
    _("Wage subsidies and work trials you have not confirmed"),
    Audience.EMPLOYER,
    hint=_("To the employees' representative, in the last three days before the start."),
)
FOLLOW_UP = Kind(
    "placement_follow_up",
    _("What came of a wage subsidy or a work trial"),
    Audience.EMPLOYER,
    hint=_("Asked 2 and 13 weeks after it has ended."),
)

KINDS = [REMINDERS, FOLLOW_UP]
