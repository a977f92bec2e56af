"""Counting what the figures are made of: for every jobcentre at once, and for all of them together.

A query counts one kind of thing for all jobcentres, so that the country costs as many queries as one
jobcentre. Companies are counted where they have a workplace, whoever has contacted them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from employers.companies.models import Company, CompanyQuerySet, Workplace
from employers.contacts.models import Contact, ContactQuerySet, Hold, Override
from employers.cooperation.catalogue import Numbers
from employers.enquiries.promise import kept_between
from employers.placements.models import Placement
from employers.referrals.figures import counts as counts_of_hires
from jobcenter.centres.models import JobcentreQuerySet, Serves

TOGETHER = timedelta(days=30)
"""Two contacts by different jobcentres so near each other are too near."""

Rows = Iterable[Mapping[str, Any]]
"""What is counted, each with the primary key of its `jobcentre`."""

OTHER_ADVICE = tuple(ground for ground in Override.Ground if ground != Override.Ground.HOLD)


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both included."""

    first: date
    last: date

    @property
    def since(self) -> datetime:
        return _midnight(self.first)

    @property
    def until(self) -> datetime:
        """The first moment after it."""
        return _midnight(self.last + timedelta(days=1))


def count_each(jobcentres: JobcentreQuerySet, *, period: Period) -> dict[int, Numbers]:
    """The numbers of each jobcentre by its primary key. Eight queries, however many there are."""
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for rows in (
        _companies_of_each(jobcentres, period),
        _holds_of_each(jobcentres, period),
        _contacts_of_each(jobcentres, period),
        _answers_of_each(jobcentres, period),
    ):
        for row in rows:
            found[row["jobcentre"]].update({name: row[name] for name in row if name != "jobcentre"})
    hires = counts_of_hires(first=period.first, last=period.last, of=jobcentres)
    return {
        pk: Numbers(**found[pk], hires=hires.of_jobcentre[pk], across=hires.across[pk])
        for pk in jobcentres.values_list("pk", flat=True)
    }


def count_together(jobcentres: JobcentreQuerySet, *, period: Period, each: dict[int, Numbers]) -> Numbers:
    """The numbers of several, where a company or a hire counts once. Three queries.

    each: what `count_each` found, whose contacts, holds and answers belong to one jobcentre each.
    """
    theirs = _has_own_jobcentre(period)
    hires = counts_of_hires(first=period.first, last=period.last, of=jobcentres)
    return replace(
        Numbers(
            **{
                name: sum(getattr(numbers, name) for numbers in each.values())
                for name in ("holds", "overridden", "contacts", "against", "due", "in_time")
            },
            hires=hires.national,
            across=hires.national_across,
        ),
        **companies_with_workplace(jobcentres, period=period).aggregate(
            companies=Count("pk"),
            **_counted("pk", period, own=theirs, other=~theirs),
        ),
    )


def companies_with_workplace(jobcentres: JobcentreQuerySet, *, period: Period) -> CompanyQuerySet:
    """Companies that employ somebody at an open workplace the jobcentres answer for, each once."""
    serves = Serves.objects.valid(period.last).filter(jobcentre__in=jobcentres)
    there = Workplace.objects.filter(
        _staffed("", period), company=OuterRef("pk"), municipality__served_by__in=serves
    )
    return Company.objects.filter(Exists(there), has_ceased=False)


def made(period: Period) -> ContactQuerySet:
    """Contacts that jobcentres made of themselves in the period: no answers, and not the company's calls."""
    return _made().filter(happened_at__gte=period.since, happened_at__lt=period.until)


def soon_after_another(period: Period) -> ContactQuerySet:
    """Those made although another jobcentre had contacted the company in the 30 days before."""
    others = _made().filter(
        company=OuterRef("company"),
        happened_at__lte=OuterRef("happened_at"),
        happened_at__gte=OuterRef("happened_at") - TOGETHER,
    )
    return made(period).filter(Exists(others.exclude(jobcentre=OuterRef("jobcentre"))))


def in_contact(period: Period) -> ContactQuerySet:
    """Contacts of any kind until the end of the period."""
    return Contact.objects.held().filter(happened_at__lt=period.until)


def placed(period: Period) -> Any:
    """Wage subsidies and work trials that ran on some day of the period."""
    return Placement.objects.holding_a_place(first=period.first, last=period.last)


def _made() -> ContactQuerySet:
    out = Contact.objects.held().filter(direction=Contact.Direction.OUT)
    return out.exclude(occasion=Contact.Occasion.ANSWER)


def _companies_of_each(jobcentres: JobcentreQuerySet, period: Period) -> Rows:
    """One query: from what each serves, by way of its municipalities, to the companies there."""
    company = "municipality__workplaces__company"
    return (
        Serves.objects.valid(period.last)
        .filter(
            _staffed("municipality__workplaces__", period),
            jobcentre__in=jobcentres,
            municipality__workplaces__company__has_ceased=False,
        )
        .order_by()
        .values("jobcentre")
        .annotate(
            companies=Count(company, distinct=True),
            **_counted(
                company,
                period,
                own=Q(jobcentre=OuterRef("jobcentre")),
                other=~Q(jobcentre=OuterRef("jobcentre")),
            ),
        )
    )


def _counted(company: str, period: Period, *, own: Any, other: Any) -> dict[str, Count]:
    """How many companies each condition holds for. company: the way to it; own, other: of a placement."""

    def those(rows: Any) -> Exists:
        return Exists(rows.filter(company=OuterRef(company)))

    conditions: dict[str, Any] = {
        "contacted": those(made(period)),
        "by_several": those(soon_after_another(period)),
        "never": ~those(in_contact(period)),
        "own": those(placed(period).filter(own)),
        "other": those(placed(period).filter(other)),
        "either": those(placed(period)),
    }
    return {name: Count(company, distinct=True, filter=which) for name, which in conditions.items()}


def _has_own_jobcentre(period: Period) -> Q:
    """Of a placement: its jobcentre answers for a municipality the company has a workplace in."""
    answered = Workplace.objects.filter(
        _staffed("", period),
        company=OuterRef("company"),
        municipality__served_by__in=Serves.objects.valid(period.last),
        municipality__served_by__jobcentre=OuterRef("jobcentre"),
    )
    return Q(Exists(answered))


def _staffed(workplace: str, period: Period) -> Q:
    """A workplace that is open at the end of the period and employs somebody, as far as is known."""
    is_open = Q(**{f"{workplace}closed_on": None}) | Q(**{f"{workplace}closed_on__gt": period.last})
    is_staffed = Q(**{f"{workplace}employees": None}) | Q(**{f"{workplace}employees__gte": 1})
    return is_open & is_staffed


def _holds_of_each(jobcentres: JobcentreQuerySet, period: Period) -> Rows:
    began = Hold.objects.filter(starts_at__gte=period.since, starts_at__lt=period.until)
    return (
        began.filter(jobcentre__in=jobcentres)
        .order_by()
        .values("jobcentre")
        .annotate(
            holds=Count("pk", distinct=True),
            overridden=Count("pk", distinct=True, filter=Q(overrides__isnull=False)),
        )
    )


def _contacts_of_each(jobcentres: JobcentreQuerySet, period: Period) -> Rows:
    return (
        made(period)
        .filter(jobcentre__in=jobcentres)
        .order_by()
        .values("jobcentre")
        .annotate(
            contacts=Count("pk", distinct=True),
            against=Count("pk", distinct=True, filter=Q(overrides__ground__in=OTHER_ADVICE)),
        )
    )


def _answers_of_each(jobcentres: JobcentreQuerySet, period: Period) -> Rows:
    return kept_between(jobcentres, since=period.since, until=period.until, at=timezone.now())


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
