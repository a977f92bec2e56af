"""Which companies a campaign is to reach: those in the segments, less those that are better left alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from employers.campaigns.dividing import By, Known
from employers.campaigns.models import Campaign, Target
from employers.campaigns.segments import BEGUN, YEAR, in_all, looking_for
from employers.companies.models import Company, CompanyQuerySet, Workplace
from employers.contacts.leading import leaders_of
from employers.placements.models import Placement
from employers.vacancies.models import Vacancy
from jobcenter.centres.models import Jobcentre, Serves
from jobcenter.classifications.models import Occupation
from jobcenter.geography.models import Municipality

MOST = 500
"""So many companies one campaign has at most: more cannot be reached about one thing in good time."""


@dataclass(frozen=True)
class Choice:
    """What the campaign is about and when, and what its companies are chosen by.

    also_elsewhere: take those along that are in another running campaign about the same.
    """

    purpose: str
    starts_on: date
    ends_on: date
    segments: Sequence[str] = ()
    municipality: Municipality | None = None
    occupation: Occupation | None = None
    also_elsewhere: bool = False


@dataclass(frozen=True)
class LeftOut:
    """Why some of the companies are left alone, and how many; one may be counted for several reasons."""

    why: str | Promise
    number: int


@dataclass(frozen=True)
class Preview:
    """found: how many are in the segments. companies: those the campaign would have, by name.

    elsewhere: places in other running campaigns about the same, of those that are otherwise fit.
    """

    found: int
    left_out: list[LeftOut]
    elsewhere: list[Target]
    companies: list[Company]

    @property
    def is_too_large(self) -> bool:
        return len(self.companies) > MOST


def preview(choice: Choice, *, jobcentre: Jobcentre) -> Preview:
    """What the campaign would have. Four queries, however many companies there are."""
    chosen = companies_of(choice, jobcentre=jobcentre)
    reasons = _reasons(choice)
    numbers = [Count("pk", filter=condition) for _why, condition in reasons]
    counts = chosen.order_by().aggregate(
        found=Count("pk"), **{f"reason_{place}": number for place, number in enumerate(numbers)}
    )
    fit = chosen.exclude(reduce(or_, (condition for _why, condition in reasons)))
    others = Target.objects.about_the_same(purpose=choice.purpose, jobcentre=jobcentre)
    elsewhere = list(
        others.filter(company__in=fit)
        .select_related("company", "campaign__organisation", "share__jobcentre")
        .order_by("company__sort_key", "pk")
    )
    if not choice.also_elsewhere:
        fit = fit.exclude(Exists(others.filter(company=OuterRef("pk"))))
    return Preview(
        found=counts["found"],
        left_out=[
            LeftOut(why, number)
            for place, (why, _condition) in enumerate(reasons)
            if (number := counts[f"reason_{place}"])
        ],
        elsewhere=elsewhere,
        companies=list(fit.order_by("sort_key", "pk")[: MOST + 1]),
    )


def companies_of(choice: Choice, *, jobcentre: Jobcentre) -> CompanyQuerySet:
    """Those in all the segments that the jobcentre may see."""
    companies = Company.objects.visible_to(jobcentre)
    if choice.municipality:
        companies = companies.filter(pk__in=_in(choice.municipality))
    if choice.occupation:
        companies = looking_for(companies, choice.occupation, jobcentre=jobcentre)
    return companies.filter(in_all(choice.segments, jobcentre=jobcentre))


def known_of(
    companies: Sequence[Company], partners: Sequence[Jobcentre], *, by: By, jobcentre: Jobcentre
) -> list[Known]:
    """What dividing needs to know. A query for each partner, and a handful for leads, however many companies.

    The responsible jobcentre is the partner that answers for the company's largest workplace.
    """
    today = timezone.localdate()
    pks = [company.pk for company in companies]
    seen = {
        partner.pk: set(Company.objects.visible_to(partner).filter(pk__in=pks).values_list("pk", flat=True))
        for partner in partners
    }
    answering = responsible(pks, partners, on=today)
    leaders = leaders_of(companies, jobcentre=jobcentre, on=today) if by == By.LEAD else {}
    return [
        Known(
            company=pk,
            seen_by=frozenset(partner for partner, companies_seen in seen.items() if pk in companies_seen),
            responsible=answering.get(pk),
            lead=leaders[pk].jobcentre.pk if pk in leaders else None,
        )
        for pk in pks
    ]


def responsible(companies: Sequence[int], partners: Sequence[Jobcentre], *, on: date) -> dict[int, int]:
    """The partner that answers for each company's largest workplace among theirs. Two queries."""
    serving = dict(
        Serves.objects.valid(on).filter(jobcentre__in=partners).values_list("municipality", "jobcentre")
    )
    workplaces = (
        Workplace.objects.open()
        .filter(company__in=companies, municipality__in=serving)
        .order_by("company", F("employees").asc(nulls_first=True), "-pk")
        .values_list("company", "municipality")
    )
    # The last of each company is its largest.
    return {company: serving[municipality] for company, municipality in workplaces}


def _reasons(choice: Choice) -> list[tuple[str | Promise, Q]]:
    """Who is left alone: what has ceased, and what asked not to be contacted, then or about this."""
    return [
        (_("have ceased"), Q(has_ceased=True)),
        (_("are protected from advertising"), Q(advertising_protected=True)),
        (
            _("have asked not to be contacted until after the last day"),
            Q(preferences__paused_until__gt=choice.ends_on),
        ),
        (
            _("do not want to be contacted about this"),
            Q(preferences__unwanted__contains=[choice.purpose]),
        ),
    ]


def of_each(choice: Choice, partners: Sequence[Jobcentre]) -> dict[int, int]:
    """Which partner has each company that advertises or employs in the occupation. By number; three queries.

    A company has a workplace where the partners serve, with a vacancy published in the last year or a
    placement that has begun; one that is better left alone, or that a partner is to reach about the same
    already, is nobody's. Needs an occupation.
    """
    assert choice.occupation, "companies are found by what they advertise"
    today = timezone.localdate()
    code = choice.occupation.code
    theirs = Serves.objects.valid(today).filter(jobcentre__in=partners).values("municipality")
    there = {
        "company": OuterRef("pk"),
        "workplace__municipality__in": theirs,
        "occupation__code__startswith": code,
    }
    advertised = Vacancy.objects.filter(**there, published_at__date__gt=today - YEAR)
    employed = Placement.objects.filter(**there, state__in=BEGUN)
    already = Target.objects.not_declined().filter(
        company=OuterRef("pk"),
        campaign__state=Campaign.State.RUNNING,
        campaign__purpose=choice.purpose,
        campaign__shares__jobcentre__in=partners,
    )
    fit = Company.objects.filter(
        Exists(advertised) | Exists(employed),
        pk__in=Workplace.objects.open().filter(municipality__in=theirs).values("company"),
    ).exclude(reduce(or_, (condition for _why, condition in _reasons(choice))) | Q(Exists(already)))
    return responsible(list(fit.order_by("sort_key", "pk").values_list("pk", flat=True)), partners, on=today)


def _in(municipality: Municipality) -> CompanyQuerySet:
    return Workplace.objects.open().filter(municipality=municipality).values("company")  # type: ignore[return-value]
