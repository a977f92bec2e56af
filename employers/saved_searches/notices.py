"""What seekers are told about the searches they have saved."""

from django.utils.translation import gettext_lazy as _

from jobcenter.notifications.kinds import Audience, Kind

NEW_VACANCIES = Kind("new_vacancies", _("New vacancies in your saved searches"), Audience.SEEKER)

KINDS = [NEW_VACANCIES]
