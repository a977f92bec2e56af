"""Counting the portal's own figures: the whole country in a month, by a query or two for each kind.

A month that ended long ago is counted as the rows have it now. So it is counted once, as soon as it is mature
(`delivering`): what came of a referral is kept for half a year only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, Sum

from employers.cooperation.companies import companies_of_each
from employers.cooperation.happened import Period as Days
from employers.enquiries.promise import kept_between
from employers.referrals.figures import counts as counts_of_hires
from employers.referrals.models import Referral, ReferralQuerySet, State
from employers.vacancies.models import Terms, Vacancy, VacancyQuerySet
from jobcenter.centres.models import JobcentreQuerySet


@dataclass(frozen=True)
class Counted:
    """Of one jobcentre, by its primary key: so many of so many. denominator None: so many."""

    measure: str
    jobcentre: int
    numerator: int
    denominator: int | None = None


Counting = Callable[[Days, datetime, JobcentreQuerySet], Iterator[Counted]]
"""What is counted of the days, by what had happened before a moment, at each of the jobcentres."""


@dataclass(frozen=True)
class Kind:
    """Measures that are counted together, and are mature at the same time."""

    measures: Sequence[str]
    count: Counting


def _cooperation(days: Days, before: datetime, at: JobcentreQuerySet) -> Iterator[Counted]:
    """Companies with a wage subsidy or a work trial, of those there are. One query."""
    variants = {"own": "cooperation_own", "other": "cooperation_other", "either": "cooperation_any"}
    for row in companies_of_each(at, days):
        for name, measure in variants.items():
            yield Counted(measure, row["jobcentre"], row[name], row["companies"])


def _vacancies(days: Days, before: datetime, at: JobcentreQuerySet) -> Iterator[Counted]:
    """Vacancies and their positions; none is a number too. Two queries."""
    rows = _received(days).values("jobcentre").annotate(orders=Count("pk"), positions=Sum("positions"))
    found = {row["jobcentre"]: (row["orders"], row["positions"]) for row in rows}
    for pk in at.values_list("pk", flat=True):
        orders, positions = found.get(pk, (0, 0))
        yield Counted("vacancies_received", pk, orders)
        yield Counted("positions_received", pk, positions)


def _with_referral(days: Days, before: datetime, at: JobcentreQuerySet) -> Iterator[Counted]:
    """Vacancies for which somebody was sent to the employer in time. One query."""
    rows = (
        _received(days)
        .alias(is_referred=Exists(_sent(before=before)))
        .values("jobcentre")
        .annotate(numerator=Count("pk", filter=Q(is_referred=True)), denominator=Count("pk"))
    )
    for row in rows:
        yield Counted("vacancies_with_referral", row["jobcentre"], row["numerator"], row["denominator"])


def _filled(days: Days, before: datetime, at: JobcentreQuerySet) -> Iterator[Counted]:
    """Of these, vacancies in which one of them was hired in time. One query."""
    hired = _sent(before=before).filter(state=State.HIRED, ended_at__lt=before)
    rows = (
        _received(days)
        .filter(Exists(_sent(before=before)))
        .alias(is_filled=Exists(hired))
        .values("jobcentre")
        .annotate(numerator=Count("pk", filter=Q(is_filled=True)), denominator=Count("pk"))
    )
    for row in rows:
        yield Counted("vacancies_filled_by_referred", row["jobcentre"], row["numerator"], row["denominator"])


def _answers(days: Days, before: datetime, at: JobcentreQuerySet) -> Iterator[Counted]:
    """Enquiries answered within the promise. One query."""
    for row in kept_between(at, since=days.since, until=days.until, at=before):
        yield Counted("answers_in_time", row["jobcentre"], row["in_time"], row["due"])


def _hires(days: Days, before: datetime, at: JobcentreQuerySet) -> Iterator[Counted]:
    """Hires across a border, by the dated rules of shared credit. Two queries."""
    counts = counts_of_hires(first=days.first, last=days.last)
    for pk, hires in counts.of_jobcentre.items():
        yield Counted("hires_across_borders", pk, counts.across[pk], hires)


KINDS: Sequence[Kind] = (
    Kind(("cooperation_own", "cooperation_other", "cooperation_any"), _cooperation),
    Kind(("vacancies_received", "positions_received"), _vacancies),
    Kind(("vacancies_with_referral",), _with_referral),
    Kind(("vacancies_filled_by_referred",), _filled),
    Kind(("answers_in_time",), _answers),
    Kind(("hires_across_borders",), _hires),
)


def _received(days: Days) -> VacancyQuerySet:
    """Vacancies on ordinary terms that came in on the days, from senders whose address is confirmed."""
    return (
        Vacancy.objects.filter(created_at__gte=days.since, created_at__lt=days.until)
        .filter(awaits_confirmation=False)
        .exclude(terms=Terms.INCLUSIVE)
        .order_by()
    )


def _sent(*, before: datetime) -> ReferralQuerySet:
    """Candidates that came to the employer of a vacancy before a moment."""
    return Referral.objects.filter(vacancy=OuterRef("pk"), sent_at__lt=before)
