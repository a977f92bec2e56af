"""The lead of a company: whom it deals with in a jobcentre, and which jobcentre leads it in a catchment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Count
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from employers.companies.following import locked
from employers.companies.models import Company, RegisterCompany, Workplace
from employers.contacts.lead_rule import Agreed, Decided, Facts, Leading, Site
from employers.contacts.lead_rule import lead as choose
from employers.contacts.models import Contact, Lead
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre, Serves
from jobcenter.pages import words
from jobcenter.runtime.days import midnight

COUNTED = timedelta(days=365)
"""The contacts of so long weigh in the rule."""


@dataclass(frozen=True)
class Leader:
    """Which jobcentre leads a company in the labour catchment of another, who in it, and by which numbers.

    lead: the person; None where a rule has chosen the jobcentre and it has named nobody. own: whom the
    company deals with in the jobcentre that asks. second: the one with most contacts after the leading one.
    """

    jobcentre: Jobcentre
    lead: Lead | None
    own: Lead | None
    outcome: Leading
    second: Jobcentre | None = None

    @property
    def name(self) -> str:
        return str(self.lead.user) if self.lead else ""

    @property
    def is_agreed(self) -> bool:
        return self.outcome.decided == Decided.AGREED

    @property
    def why(self) -> str:
        """One plain sentence with the numbers behind."""
        return explain(self)

    def is_of(self, jobcentre: Jobcentre) -> bool:
        return self.jobcentre.pk == jobcentre.pk


def leader_of(company: Company, *, jobcentre: Jobcentre, on: date) -> Leader | None:
    """Who leads the company, as seen from a jobcentre: in its labour catchment."""
    return leaders_of([company], jobcentre=jobcentre, on=on).get(company.pk)


def leaders_of(companies: Collection[Company], *, jobcentre: Jobcentre, on: date) -> dict[int, Leader]:
    """The same for many, by the company's id: six queries however many. A company nobody leads is left out.

    Contacts are those of the jobcentres in the catchment in the last twelve months; a call nobody answered
    is none, so that nobody comes to lead a company by calling in vain.
    """
    sharing = {one.code: one for one in Jobcentre.objects.sharing_labour_with(jobcentre, on=on)}
    leads = _leads(companies, sharing.values(), on=on)
    contacts = _contacts(companies, sharing.values(), on=on)
    sites = _sites(companies, sharing.values(), on=on)
    found = {}
    for company in companies:
        outcome = choose(
            Facts(
                sites=sites[company.pk],
                contacts=contacts[company.pk],
                agreed=[
                    Agreed(one.jobcentre.code, one.valid_from, one.pk)
                    for one in leads[company.pk]
                    if one.is_agreed
                ],
            )
        )
        if outcome:
            people = {one.jobcentre.code: one for one in leads[company.pk]}
            found[company.pk] = Leader(
                jobcentre=sharing[outcome.jobcentre],
                lead=people.get(outcome.jobcentre),
                own=people.get(jobcentre.code),
                outcome=outcome,
                second=sharing.get(outcome.next_jobcentre),
            )
    return found


def explain(leader: Leader) -> str:
    """Why it is that jobcentre. A tie is said as what it is."""
    outcome, told = leader.outcome, _told(leader)
    match outcome.decided:
        case Decided.AGREED:
            return _("The company has agreed to it, since %(day)s.") % told
        case Decided.WORKPLACES:
            text = ngettext(
                "%(jobcentre)s leads: the company's only workplace in the labour catchment is there.",
                "%(jobcentre)s leads: all %(sites)d of the company's workplaces in the labour catchment are "
                "there.",
                outcome.sites,
            )
            return text % told
        case Decided.CONTACTS if leader.second:
            text = ngettext(
                "%(jobcentre)s leads: it has been in contact with them %(contacts)d time in 12 months, "
                "%(second)s %(next)d.",
                "%(jobcentre)s leads: it has been in contact with them %(contacts)d times in 12 months, "
                "%(second)s %(next)d.",
                outcome.contacts,
            )
            return text % told
        case Decided.CONTACTS:
            return _("%(jobcentre)s leads: no other has been in contact with them in 12 months.") % told
        case Decided.HEAD_OFFICE:
            return f"{_tie(leader)} " + _("%(jobcentre)s leads: the head office is there.") % told
        case Decided.EMPLOYEES:
            text = _("%(jobcentre)s leads: %(its)d of the company's %(all)d employees here work there.")
            return f"{_tie(leader)} {text % told}"
        case _code:
            return f"{_tie(leader)} " + _("%(jobcentre)s leads: its number is the lowest.") % told


def _tie(leader: Leader) -> str:
    if not leader.outcome.contacts:
        return _("No jobcentre has been in contact with them in 12 months.")
    return _(
        "%(tied)d jobcentres have been in contact with them equally often in 12 months: %(contacts)d each."
    ) % _told(leader)


def _told(leader: Leader) -> dict[str, object]:
    outcome = leader.outcome
    return {
        "jobcentre": leader.jobcentre,
        "second": leader.second,
        "day": words.day_with_year(leader.lead.valid_from, language=get_language() or "da")
        if leader.lead
        else "",
        "sites": outcome.sites,
        "contacts": outcome.contacts,
        "next": outcome.next_most,
        "tied": outcome.tied,
        "its": outcome.its_employees,
        "all": outcome.employees,
    }


def _leads(
    companies: Collection[Company], sharing: Iterable[Jobcentre], *, on: date
) -> Mapping[int, list[Lead]]:
    rows = Lead.objects.valid(on).filter(company__in=companies, jobcentre__in=list(sharing))
    found: dict[int, list[Lead]] = defaultdict(list)
    for lead in rows.select_related("user", "jobcentre").order_by("valid_from", "pk"):
        found[lead.company_id].append(lead)
    return found


def _contacts(
    companies: Collection[Company], sharing: Iterable[Jobcentre], *, on: date
) -> Mapping[int, dict[str, int]]:
    since = midnight(on - COUNTED)
    until = midnight(on + timedelta(days=1))
    rows = (
        Contact.objects.held()
        .filter(company__in=companies, jobcentre__in=list(sharing))
        .filter(happened_at__gte=since, happened_at__lt=until)
        .exclude(outcome=Contact.Outcome.NO_ANSWER)
        .order_by()
        .values_list("company", "jobcentre__code")
        .annotate(number=Count("pk"))
    )
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for company, code, number in rows:
        found[company][code] = number
    return found


def _sites(
    companies: Collection[Company], sharing: Iterable[Jobcentre], *, on: date
) -> Mapping[int, list[Site]]:
    """The open workplaces in the catchment; the head office is where the register has the company itself."""
    serving = dict(
        Serves.objects.valid(on)
        .filter(jobcentre__in=list(sharing))
        .values_list("municipality", "jobcentre__code")
    )
    numbers = [company.cvr for company in companies if company.cvr]
    head_offices = set(
        RegisterCompany.objects.filter(cvr__in=numbers).values_list("cvr", "address", "postcode")
    )
    rows = (
        Workplace.objects.open()
        .filter(company__in=companies, municipality__in=serving)
        .values_list("company", "company__cvr", "address", "postcode", "municipality", "employees")
        .order_by("pk")
    )
    found: dict[int, list[Site]] = defaultdict(list)
    for company, cvr, address, postcode, municipality, employees in rows:
        is_head_office = (cvr, address, postcode) in head_offices
        found[company].append(Site(serving[municipality], employees or 0, is_head_office))
    return found


@transaction.atomic
def agree_on_lead(
    *, company: Company, jobcentre: Jobcentre, user: User, agreed: str, on: date, is_agreed: bool = True
) -> Lead:
    """From the date the company deals with this person; whoever it was until then is so no longer.

    is_agreed False: the jobcentre names them, and the company has not been asked. Raises ValidationError
    for somebody of another jobcentre.
    """
    company = locked(company)
    end_lead(company=company, jobcentre=jobcentre, on=on)
    lead = Lead(
        company=company,
        jobcentre=jobcentre,
        user=user,
        is_agreed=is_agreed,
        agreed=agreed,
        valid_from=on,
    )
    lead.full_clean()
    lead.save()
    return lead


@transaction.atomic
def end_lead(*, company: Company, jobcentre: Jobcentre, on: date) -> None:
    """From the date the company has no lead in the jobcentre. One of that very day, or later, never was."""
    company = locked(company)
    theirs = Lead.objects.filter(company=company, jobcentre=jobcentre)
    theirs.filter(valid_from__gte=on).delete()
    theirs.valid(on).update(valid_to=on)
