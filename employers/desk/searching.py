"""One field that finds everything: grouped by what it is, and never more than the asker may open.

Every group is read through the same `visible_to(…)` as the page its hits lead to, so nothing is found here
that would be a 404 there. As many queries however much there is to find.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from employers.companies.finding import find
from employers.companies.models import Company, CompanyQuerySet, Person
from employers.enquiries.models import Enquiry
from employers.placements.models import Placement
from employers.referrals.models import Candidate, Referral
from employers.vacancies.models import Vacancy
from employers.vacancies.models.vacancy import RUNNING
from jobcenter.accounts.models import User
from jobcenter.centres.models import Agreement, Jobcentre
from jobcenter.centres.models.jobcentre import JobcentreQuerySet

SHORTEST = 2
"""So many characters are needed: one would find everything."""
SHOWN = 6
"""Hits of each kind at most."""
LEAST_OF_REFERENCE = 3
LEAST_OF_NUMBER = 4
NOT_IN_REFERENCES = re.compile(r"[^0-9A-Z]")


@dataclass(frozen=True)
class Hit:
    """One thing that was found. `note`: what tells it from others of the same name."""

    name: str
    note: str
    url: str


@dataclass(frozen=True)
class Group:
    """Hits of one kind. `more`: where all of them are, if there are more than are shown."""

    name: str
    icon: str
    hits: list[Hit] = field(default_factory=list)
    more: str = ""


@dataclass(frozen=True)
class Asked:
    """What was typed, in the shapes that the kinds of things are found by."""

    typed: str

    @property
    def is_long_enough(self) -> bool:
        return len(self.typed) >= SHORTEST

    @property
    def digits(self) -> str:
        """The number that was typed, such as a P-number or a telephone number; "" if it is none."""
        bare = "".join(self.typed.split())
        return bare if bare.isascii() and bare.isdigit() and len(bare) >= LEAST_OF_NUMBER else ""

    @property
    def code(self) -> str:
        """What was typed as a reference, in capitals and without hyphens; "" if it can be none."""
        bare = NOT_IN_REFERENCES.sub("", self.typed.upper())
        return bare if len(bare) >= LEAST_OF_REFERENCE and len(self.typed.split()) == 1 else ""

    def words_in(self, *names: str) -> Q:
        """That each word stands in one of the fields."""
        condition = Q()
        for word in self.typed.split():
            condition &= Q(*((f"{name}__icontains", word) for name in names), _connector=Q.OR)
        return condition

    def reference_in(self, name: str) -> Q:
        """That the field has what was typed as a part, wherever the hyphen stands; for no code, nothing."""
        return Q(**{f"{name}__regex": "-?".join(self.code)}) if self.code else Q(pk=None)


def search(typed: str, *, jobcentre: Jobcentre, user: User) -> list[Group]:
    """What somebody of a jobcentre may open that fits what was typed; kinds without a hit are left out."""
    asked = Asked(typed)
    if not asked.is_long_enough:
        return []
    companies = Company.objects.visible_to(jobcentre)
    groups = (
        _companies(asked, companies),
        _people(asked, companies),
        _enquiries(asked, jobcentre, user),
        _vacancies(asked, jobcentre),
        _placements(asked, jobcentre),
        _candidates(asked, jobcentre),
        _referrals(asked, jobcentre),
        _agreements(asked, jobcentre),
        _jobcentres(asked, Jobcentre.objects.all()),
    )
    return [group for group in groups if group.hits]


def search_in_area(typed: str, *, among: JobcentreQuerySet) -> list[Group]:
    """What those may open who look after jobcentres: the jobcentres, and vacancies that anybody may see."""
    asked = Asked(typed)
    if not asked.is_long_enough:
        return []
    groups = (_jobcentres(asked, among), _public_vacancies(asked))
    return [group for group in groups if group.hits]


def _jobcentres(asked: Asked, among: JobcentreQuerySet) -> Group:
    """Jobcentres that are open today; a hit leads to how they are doing."""
    rows = among.valid(timezone.localdate()).filter(asked.words_in("name"))[:SHOWN]
    hits = [
        Hit(one.name, _and(one.phone, one.email), reverse("dashboard:jobcentre", args=[one.pk]))
        for one in rows
    ]
    return Group(_("Jobcentres"), "home", hits)


def _companies(asked: Asked, companies: CompanyQuerySet) -> Group:
    """By name, also misspelt, by CVR number, or by a workplace's P-number."""
    found = find(companies, asked.typed, most=SHOWN + 1)
    if asked.digits:
        by_workplace = companies.filter(workplaces__p_number__startswith=asked.digits)
        known = {company.pk for company in found}
        found += [one for one in by_workplace.distinct()[: SHOWN + 1] if one.pk not in known]
    hits = [
        Hit(
            company.name,
            _and(company.number, _("ceased") if company.has_ceased else ""),
            company.get_absolute_url(),
        )
        for company in found
    ]
    more = f"{reverse('desk:companies')}?{urlencode({'q': asked.typed})}" if len(hits) > SHOWN else ""
    return Group(_("Companies"), "business", hits[:SHOWN], more)


def _people(asked: Asked, companies: CompanyQuerySet) -> Group:
    """Whom the jobcentres talk to in the companies: by name, e-mail or telephone."""
    phone = Q(phone__regex=r"\s?".join(asked.digits)) if asked.digits else Q(pk=None)
    rows = (
        Person.objects.filter(asked.words_in("name", "email") | phone, company__in=companies)
        .select_related("company")
        .order_by("name", "pk")
    )
    hits = [
        Hit(
            one.name,
            _and(one.company.name, one.phone, one.email),
            reverse("desk:company_part", args=[one.company_id, "personer"]),
        )
        for one in rows[:SHOWN]
    ]
    return Group(_("People at companies"), "person", hits)


def _enquiries(asked: Asked, jobcentre: Jobcentre, user: User) -> Group:
    """The jobcentre's own by their reference; a confidential one for those alone who work on it."""
    rows = (
        Enquiry.objects.visible_to(jobcentre, user=user)
        .filter(asked.reference_in("reference"))
        .select_related("company", "vacancy")
        .order_by("-received_at", "-pk")
    )
    hits = [
        Hit(
            one.reference,
            _and(one.company.name, capfirst(one.subject), one.get_state_display()),
            reverse("desk:enquiry", args=[one.pk]),
        )
        for one in rows[:SHOWN]
    ]
    return Group(_("Enquiries"), "chat", hits)


def _vacancies(asked: Asked, jobcentre: Jobcentre) -> Group:
    """By title: the jobcentre's own in every state, others' while people are being hired."""
    own = Q(jobcentre=jobcentre, enquiry__isnull=False)
    rows = (
        Vacancy.objects.visible_to(jobcentre)
        .filter(own | Q(state__in=RUNNING), asked.words_in("title"))
        .select_related("company", "enquiry", "workplace__municipality")
        .order_by("-created_at", "-pk")
    )
    hits = [
        Hit(
            one.title,
            _and(one.company.name, one.workplace.municipality.name, one.get_state_display()),
            reverse("desk:vacancy", args=[one.enquiry.pk])
            if one.jobcentre_id == jobcentre.pk and hasattr(one, "enquiry")
            else one.get_absolute_url(),
        )
        for one in rows[:SHOWN]
    ]
    return Group(pgettext("of a company", "Vacancies"), "assignment", hits)


def _public_vacancies(asked: Asked) -> Group:
    rows = (
        Vacancy.objects.public()
        .filter(asked.words_in("title"))
        .select_related("company", "workplace__municipality")
    )
    hits = [
        Hit(one.title, _and(one.company.name, one.workplace.municipality.name), one.get_absolute_url())
        for one in rows[:SHOWN]
    ]
    return Group(pgettext("of a company", "Vacancies"), "assignment", hits)


def _placements(asked: Asked, jobcentre: Jobcentre) -> Group:
    """The jobcentre's own wage subsidies and work trials, by reference or by what the work is."""
    rows = (
        Placement.objects.visible_to(jobcentre)
        .filter(asked.reference_in("reference") | asked.reference_in("vitas") | asked.words_in("label"))
        .select_related("company")
        .order_by("-pk")
    )
    hits = [
        Hit(
            one.label or one.reference,
            _and(one.reference, one.company.name, one.get_state_display()),
            one.get_absolute_url(),
        )
        for one in rows[:SHOWN]
    ]
    return Group(_("Wage subsidy and work trials"), "how-to-reg", hits)


def _candidates(asked: Asked, jobcentre: Jobcentre) -> Group:
    """The jobcentre's own, by reference: others' are found through a referral, if at all.

    Nothing that the person offers is said here, so that finding the reference is no reading of it.
    """
    rows = Candidate.objects.visible_to(jobcentre).filter(asked.reference_in("reference"))
    hits = [Hit(one.reference, one.get_state_display(), one.get_absolute_url()) for one in rows[:SHOWN]]
    return Group(_("Candidates"), "contact-card", hits)


def _referrals(asked: Asked, jobcentre: Jobcentre) -> Group:
    """Of the jobcentre's candidates and to its vacancies, by the candidate's reference.

    Another's candidate who is not shown outside any more is not found.
    """
    rows = (
        Referral.objects.visible_to(jobcentre)
        .readable_to(jobcentre)
        .filter(asked.reference_in("candidate__reference"))
        .select_related("candidate", "vacancy__company")
    )
    hits = [
        Hit(
            f"{one.candidate.reference} → {one.vacancy.title}",
            _and(one.vacancy.company.name, one.state_shown_to(jobcentre)),
            reverse("referrals:referrals"),
        )
        for one in rows[:SHOWN]
    ]
    return Group(_("Referrals"), "send", hits)


def _agreements(asked: Asked, jobcentre: Jobcentre) -> Group:
    """Those the jobcentre is a partner in."""
    rows = Agreement.objects.of(jobcentre).filter(asked.words_in("name"))[:SHOWN]
    hits = [Hit(one.name, one.get_state_display(), one.get_absolute_url()) for one in rows]
    return Group(_("Agreements"), "groups", hits)


def _and(*parts: str) -> str:
    """What there is of it, with a point between."""
    return " · ".join(str(part) for part in parts if part)
