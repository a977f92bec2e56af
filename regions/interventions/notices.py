"""What officers and managers are told about interventions without having asked just then."""

from django.utils.translation import gettext_lazy as _

from jobcenter.notifications.kinds import Audience, Kind
from jobcenter.notifications.models import How

INTERVENTIONS = Kind(
    "interventions",
    _("Interventions"),
    Audience.STAFF,
    hint=_("When the area office or the jobcentre takes a step that the other should know of."),
    usual=How.AT_ONCE,
)

KINDS = [INTERVENTIONS]
"""Told to the area's officers and the jobcentre's managers; to caseworkers nothing comes of it."""
