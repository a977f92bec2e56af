"""The companies behind a figure, for the jobcentre the figure is about."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from employers.companies.models import Company, CompanyQuerySet
from employers.contacts.models import Hold
from employers.cooperation.companies import companies_with_workplace
from employers.cooperation.counting import OTHER_ADVICE
from employers.cooperation.happened import Period, in_contact, made, placed, soon_after_another
from jobcenter.centres.models import Jobcentre


def companies_behind(code: str, *, jobcentre: Jobcentre, period: Period) -> CompanyQuerySet:
    """Those the numerator of the figure counts, or whose holds and contacts it counts. Raises KeyError."""
    of_company = {"company": OuterRef("pk")}
    there = companies_with_workplace(Jobcentre.objects.filter(pk=jobcentre.pk), period=period)
    against = made(period).filter(jobcentre=jobcentre, overrides__ground__in=OTHER_ADVICE)
    held = Hold.objects.filter(
        workplace__company=OuterRef("pk"),
        jobcentre=jobcentre,
        starts_at__gte=period.since,
        starts_at__lt=period.until,
        overrides__isnull=False,
    )
    return {
        "flere-jobcentre": there.filter(Exists(soon_after_another(period).filter(**of_company))),
        "tilsidesatte-reservationer": Company.objects.filter(Exists(held)),
        "imod-raadet": Company.objects.filter(Exists(against.filter(**of_company))),
        "aldrig-kontaktet": there.exclude(Exists(in_contact(period).filter(**of_company))),
        "eget": there.filter(Exists(placed(period).filter(jobcentre=jobcentre, **of_company))),
    }[code]
