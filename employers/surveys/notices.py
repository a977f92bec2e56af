"""What employers are asked without having asked anything just then."""

from django.utils.translation import gettext_lazy as _

from jobcenter.notifications.kinds import Audience, Kind

SURVEY = Kind(
    "recruitment_survey",
    _("Three questions about a vacancy that closed without an answer"),
    Audience.EMPLOYER,
    hint=_("Once a quarter at most."),
)

KINDS = [SURVEY]
