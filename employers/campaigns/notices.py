"""What staff are told about campaigns without having asked just then."""

from django.utils.translation import gettext_lazy as _

from jobcenter.notifications.kinds import Audience, Kind

ASKED = Kind("campaign_asked", _("Your jobcentre is asked to take part in a campaign"), Audience.STAFF)
ANSWERED = Kind(
    "campaign_answered", _("A partner accepts or declines its share of your campaign"), Audience.STAFF
)

KINDS = [ASKED, ANSWERED]
