"""Counting what the figures are made of: for every jobcentre at once, and for all of them together.

A query counts one kind of thing for all jobcentres, so that the country costs as many queries as one
jobcentre. Companies are counted where they have a workplace, whoever has contacted them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from employers.contacts.models import Hold, Override
from employers.cooperation.catalogue import Numbers
from employers.cooperation.companies import companies_of_each, companies_together
from employers.cooperation.happened import Period, made
from employers.enquiries.promise import kept_between
from employers.referrals.figures import counts as counts_of_hires
from jobcenter.centres.models import JobcentreQuerySet

Rows = Iterable[Mapping[str, Any]]
"""What is counted, each with the primary key of its `jobcentre`."""

OTHER_ADVICE = tuple(ground for ground in Override.Ground if ground != Override.Ground.HOLD)


def count_each(jobcentres: JobcentreQuerySet, *, period: Period) -> dict[int, Numbers]:
    """The numbers of each jobcentre by its primary key. Seven queries, however many there are."""
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for rows in (
        companies_of_each(jobcentres, period),
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
        **companies_together(jobcentres, period),
    )


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
