"""The lines of the staff menu that lead to the desk."""

from django.utils.translation import gettext_lazy as _

from employers.desk.day import enquiries_waiting, first_users_waiting, helps_waiting, things_due
from jobcenter.accounts.models import Role
from jobcenter.centres.agreeing import drafts_waiting
from jobcenter.pages.menu import Item

STAFF = {Role.CASEWORKER, Role.MANAGER}

ITEMS = [
    Item(_("My day"), "desk:my_day", roles=STAFF, count=things_due, order=10),
    Item(_("Enquiries"), "desk:queue", roles=STAFF, count=enquiries_waiting, order=20),
    Item(_("Follow-ups"), "desk:follow_ups", roles=STAFF, order=21),
    Item(_("Help to others"), "desk:helps", roles=STAFF, count=helps_waiting, order=25),
    Item(_("Companies"), "desk:companies", roles=STAFF, order=30),
    Item(_("First users"), "desk:first_users", roles=STAFF, count=first_users_waiting, order=35),
    Item(_("Labour conflicts"), "desk:conflicts", roles=STAFF, order=38),
    Item(_("Your calendar"), "desk:my_calendar", roles=STAFF, group=_("Yourself"), order=95),
    Item(
        _("Agreements"),
        "desk:agreements",
        roles=STAFF,
        group=_("The jobcentre"),
        count=drafts_waiting,
        order=90,
    ),
    Item(_("Teams and absence"), "desk:staffing", roles={Role.MANAGER}, group=_("The jobcentre"), order=91),
]
