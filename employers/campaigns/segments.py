"""Segments: named groups of companies, by what has passed between them and the jobcentres.

A segment is a rule: for a jobcentre and a day a condition on companies, so that several can be put together
and all are counted in one query. It looks at nothing the jobcentre may not see: of contacts only that there
were any, and of hires and placements its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from employers.companies.models import Company, CompanyQuerySet
from employers.contacts.models import Contact
from employers.placements.models import Placement
from employers.referrals.models import Referral
from employers.vacancies.models import Vacancy
from jobcenter.centres.models import Jobcentre
from jobcenter.classifications.models import Occupation, Outlook
from jobcenter.geography.models import Area

YEAR = timedelta(days=365)
BEGUN = (Placement.State.GRANTED, Placement.State.ENDED)

Rule = Callable[[Jobcentre, date], Q]


@dataclass(frozen=True)
class Segment:
    name: str | Promise
    rule: Rule


def never_contacted(_jobcentre: Jobcentre, _on: date) -> Q:
    """No jobcentre and the company have ever been in contact."""
    return ~Q(Exists(_contacts()))


def not_for_a_year(_jobcentre: Jobcentre, on: date) -> Q:
    """There has been contact, and none in the last 365 days, whichever jobcentre it was with."""
    lately = _contacts().filter(happened_at__date__gt=on - YEAR)
    return Q(Exists(_contacts())) & ~Q(Exists(lately))


def in_bottleneck(jobcentre: Jobcentre, on: date) -> Q:
    """Has advertised in the last year for an occupation that employers fail to find people for.

    By the published outlook of the areas the jobcentre lies in, on the level it is published on.
    """
    areas = Area.objects.valid(on).filter(areamunicipality__municipality__in=jobcentre.municipalities(on=on))
    short = Outlook.objects.hard_to_fill().filter(area__in=areas).values("occupation")
    lately = _vacancies(jobcentre).filter(created_at__date__gt=on - YEAR)
    return Q(Exists(lately.filter(Q(occupation__in=short) | Q(occupation__parent__in=short))))


def with_open_vacancy(jobcentre: Jobcentre, on: date) -> Q:
    """Has a vacancy that people can apply for today."""
    return Q(Exists(_vacancies(jobcentre).filter(state=Vacancy.State.PUBLISHED, apply_by__gte=on)))


def with_hire(jobcentre: Jobcentre, _on: date) -> Q:
    """Has hired somebody the jobcentre put forward, or through a vacancy it was responsible for."""
    hired = Referral.objects.visible_to(jobcentre).filter(
        vacancy__company=OuterRef("pk"), state=Referral.State.HIRED
    )
    return Q(Exists(hired))


def with_placement(jobcentre: Jobcentre, _on: date) -> Q:
    """Has or has had a wage subsidy or a work trial with the jobcentre."""
    begun = Placement.objects.visible_to(jobcentre).filter(company=OuterRef("pk"), state__in=BEGUN)
    return Q(Exists(begun))


SEGMENTS = {
    "never": Segment(_("never in contact"), never_contacted),
    "year": Segment(_("no contact for a year"), not_for_a_year),
    "bottleneck": Segment(_("in a bottleneck occupation"), in_bottleneck),
    "open": Segment(_("with open vacancies"), with_open_vacancy),
    "hire": Segment(_("have hired through us"), with_hire),
    "placement": Segment(pgettext_lazy("companies", "have had a placement with us"), with_placement),
}
"""By the word that stands in addresses, in the order they are shown."""


def in_all(keys: Sequence[str], *, jobcentre: Jobcentre, on: date | None = None) -> Q:
    """The condition on companies that are in every one of the segments; of none, all companies."""
    on = on or timezone.localdate()
    together = Q()
    for key in keys:
        together &= SEGMENTS[key].rule(jobcentre, on)
    return together


def counted(companies: QuerySet[Company], *, jobcentre: Jobcentre, on: date | None = None) -> dict[str, int]:
    """How many of the companies each segment has. One query."""
    on = on or timezone.localdate()
    counts = {key: Count("pk", filter=segment.rule(jobcentre, on)) for key, segment in SEGMENTS.items()}
    return companies.order_by().aggregate(**counts)


def looking_for(
    companies: CompanyQuerySet, occupation: Occupation, *, jobcentre: Jobcentre
) -> CompanyQuerySet:
    """Those that have advertised for the occupation, or for one that belongs to it, in the last year."""
    since = timezone.localdate() - YEAR
    sought = _vacancies(jobcentre).filter(
        occupation__code__startswith=occupation.code, created_at__date__gt=since
    )
    return companies.filter(Exists(sought))


def _contacts() -> QuerySet[Contact]:
    return Contact.objects.held().filter(company=OuterRef("pk"))


def _vacancies(jobcentre: Jobcentre) -> QuerySet[Vacancy]:
    return Vacancy.objects.visible_to(jobcentre).filter(company=OuterRef("pk"))
