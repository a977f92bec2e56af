"""Which jobcentre is responsible for an enquiry, and who in it owns it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from employers.companies.models import Company
from employers.contacts.models import Lead
from employers.enquiries.models.assignment import Rule
from jobcenter.accounts.models import User
from jobcenter.centres.models import DefaultOwner, Jobcentre, Team
from jobcenter.centres.presence import next_in_turn, present_among, present_staff, stand_in_for
from jobcenter.centres.routing import NobodyAnswers, Responsible, responsible
from jobcenter.geography.models import Municipality


class NobodyOwns(LookupError):
    """The jobcentre has nobody, and there is no default owner on that date."""


@dataclass(frozen=True)
class Choice:
    """Who owns it, in which jobcentre, and by which rule they were found."""

    jobcentre: Jobcentre
    owner: User
    rule: Rule
    team: Team | None = None
    is_by_municipality: bool = True


@transaction.atomic
def route(*, municipality: Municipality | None, kind: str, company: Company | None, on: date) -> Choice:
    """The responsible jobcentre and the owner of an enquiry: always both, and exactly one of each.

    What no municipality decides falls to the default owner's jobcentre, and so does what comes to a
    jobcentre that has nobody. Takes a turn, so it is asked when something is given out, and not to look.
    Raises NobodyAnswers, and NobodyOwns when nobody is there at all.
    """
    found = responsible(municipality=municipality, on=on)
    if found.default is None:
        try:
            return choose_owner(jobcentre=found.jobcentre, kind=kind, company=company, on=on)
        except NobodyOwns:
            return _default(on)
    return _of_default(found, on=on)


@transaction.atomic
def choose_owner(*, jobcentre: Jobcentre, kind: str, company: Company | None, on: date) -> Choice:
    """Who in the jobcentre owns it: the company's lead, else whose turn it is among those who are there.

    The turn goes round in the team for the kind and the industry, the most particular first, and without
    one in the whole jobcentre. Where no caseworker is there the manager owns it. Raises NobodyOwns.
    """
    lead = Lead.objects.of(company, jobcentre, on=on) if company else None
    if lead and (there := stand_in_for(lead.user, jobcentre=jobcentre, on=on)):
        return Choice(jobcentre, there, Rule.LEAD if there == lead.user else Rule.SUBSTITUTE)
    industry = company.industry if company else None
    for team in Team.objects.valid(on).filter(jobcentre=jobcentre).taking(kind=kind, industry=industry):
        members = present_staff(jobcentre, on=on).filter(pk__in=team.members.valid(on).values("user"))
        if owner := next_in_turn(members, jobcentre=jobcentre, team=team):
            return Choice(jobcentre, owner, Rule.TEAM, team)
    if owner := next_in_turn(present_staff(jobcentre, on=on), jobcentre=jobcentre):
        return Choice(jobcentre, owner, Rule.TURN)
    manager = present_among(jobcentre.managers(), jobcentre=jobcentre, on=on).first()
    manager = manager or jobcentre.managers().first()
    if manager:
        return Choice(jobcentre, manager, Rule.MANAGER)
    raise NobodyOwns(f"{jobcentre} has nobody on {on}")


def _default(on: date) -> Choice:
    default = DefaultOwner.objects.of(on)
    if not default:
        raise NobodyOwns(f"there is no default owner on {on}")
    return Choice(default.jobcentre, default.user, Rule.DEFAULT, is_by_municipality=False)


def _of_default(found: Responsible, *, on: date) -> Choice:
    """The default owner, or who stands in for them there."""
    assert found.default
    there = stand_in_for(found.default, jobcentre=found.jobcentre, on=on)
    return Choice(found.jobcentre, there or found.default, Rule.DEFAULT, is_by_municipality=False)


__all__ = ["Choice", "NobodyAnswers", "NobodyOwns", "choose_owner", "route"]
