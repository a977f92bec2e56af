"""Wage subsidies and work trials: the person as the company's contact or the employees' representative."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from employers.companies.about import About, Told, at_address
from employers.companies.models import Person
from employers.placements.models import Placement
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre
from jobcenter.retention.removing import blank

OVER = (Placement.State.REFUSED, Placement.State.ENDED, Placement.State.WITHDRAWN)


def _with(person: Person) -> QuerySet[Placement]:
    return Placement.objects.filter(person=person)


def _represented(person: Person) -> QuerySet[Placement]:
    theirs = at_address(Placement.objects.all(), person, "representative_email")
    return theirs.filter(company=person.company_id)


def _told(placement: Placement, _reader: Jobcentre) -> Told:
    return [
        (str(_("Reference")), placement.reference),
        (str(_("Kind")), placement.get_kind_display()),
        (str(_("State")), placement.get_state_display()),
        (str(_("First day")), placement.starts_on),
    ]


def _seen_by(rows: QuerySet[Placement], jobcentre: Jobcentre, _user: User) -> QuerySet[Placement]:
    return rows.filter(jobcentre=jobcentre)


def _not_over(rows: QuerySet[Placement]) -> QuerySet[Placement]:
    return rows.exclude(state__in=OVER)


UNTIL = _("A wage subsidy or work trial is not over. It needs this person until then.")

ABOUT = [
    About(
        "placements.placement",
        _("Wage subsidy and work trials"),
        _with,
        _told,
        seen_by=_seen_by,
        holder="jobcentre__name",
        needed=_not_over,
        until=UNTIL,
        kept=_("A decision of an authority is kept. Who the company's contact was is not told any more."),
    ),
    About(
        "placements.representative",
        _("As the employees' representative"),
        _represented,
        _told,
        seen_by=_seen_by,
        holder="jobcentre__name",
        needed=_not_over,
        until=UNTIL,
        forget=blank("representative_name", "representative_email"),
    ),
]
