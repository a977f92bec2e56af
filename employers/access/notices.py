"""What people are told about who acts for a company."""

from django.utils.translation import gettext_lazy as _

from jobcenter.notifications.kinds import Audience, Kind

COLLEAGUES = Kind(
    "colleagues",
    _("Colleagues on the company's page"),
    Audience.EMPLOYER,
    hint=_("When somebody asks for access, or accepts your invitation."),
)
FIRST_USERS = Kind(
    "first_users",
    _("Companies' first users"),
    Audience.STAFF,
    hint=_("When somebody asks to act for a company, and the jobcentre must confirm it."),
)

KINDS = [COLLEAGUES, FIRST_USERS]
