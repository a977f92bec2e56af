"""What employers are told about their enquiries without having asked just then."""

from django.utils.translation import gettext_lazy as _

from jobcenter.notifications.kinds import Audience, Kind

DEADLINES = Kind(
    "vacancy_deadlines",
    _("The last day to apply for your vacancies"),
    Audience.EMPLOYER,
    hint=_("When it comes near, and when a vacancy has closed by itself."),
)

MOVES = Kind(
    "enquiry_moves",
    _("Who answers your enquiries"),
    Audience.EMPLOYER,
    hint=_("When a jobcentre closes, and another one answers from then on."),
)

KINDS = [DEADLINES, MOVES]
