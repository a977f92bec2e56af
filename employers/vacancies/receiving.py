"""Taking in what a source tells: new, changed, told again, or the same as another.

A source's own id says which vacancy it is, so telling it twice is telling it once. The same vacancy is often
advertised at several places: what the same employer seeks in the same municipality under much the same title
is linked to what is known already, and shown once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from rapidfuzz import fuzz

from employers.companies.models import Company
from employers.vacancies.models import ExternalState, ExternalVacancy, Source, Vacancy
from jobcenter.classifications.models import Occupation
from jobcenter.geography.models import Municipality

ALIKE_FROM = 85
"""Per cent of likeness of two titles, whatever the order of their words, from which they are the same."""


class Fate(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Told:
    """A vacancy as a source tells it, with what it points to found. None and "": not told."""

    external_id: str
    link: str
    title: str
    text: str
    employer: str
    municipality: Municipality
    occupation: Occupation
    apply_by: date
    cvr: str = ""
    address: str = ""
    postcode: str = ""
    town: str = ""
    terms: str = Vacancy.Terms.ORDINARY
    positions: int = 1
    hours: Decimal | None = None
    starts_on: date | None = None


COMPARED = tuple(Told.__dataclass_fields__)


@transaction.atomic
def receive(told: Told, *, source: Source, at: datetime) -> tuple[ExternalVacancy, Fate]:
    """Write down what the source tells; a vacancy it had closed is open again.

    Two tellings of one vacancy at the same time wait for each other at the source's row.
    """
    source = Source.objects.select_for_update().get(pk=source.pk)
    known = ExternalVacancy.objects.filter(source=source, external_id=told.external_id).first()
    is_same = known and all(getattr(known, name) == getattr(told, name) for name in COMPARED)
    found = known or ExternalVacancy(source=source, published_at=at)
    for name in COMPARED:
        setattr(found, name, getattr(told, name))
    found.company = Company.objects.filter(cvr=told.cvr).first() if told.cvr else None
    found.seen_at, found.closed_at = at, None
    found.state = ExternalState.PUBLISHED
    found.same_vacancy, found.same_external = same_as(found, on=timezone.localdate(at))
    found.save()
    Source.objects.filter(pk=source.pk).update(heard_at=at)
    return found, Fate.UNCHANGED if is_same else Fate.CHANGED if known else Fate.ADDED


@transaction.atomic
def close_all_but(kept: Iterable[str], *, source: Source, at: datetime) -> int:
    """Close what the source no longer has, after it has told of everything. Returns how many that were."""
    left = ExternalVacancy.objects.filter(source=source).exclude(state=ExternalState.CLOSED)
    return left.exclude(external_id__in=list(kept)).update(state=ExternalState.CLOSED, closed_at=at)


def same_as(vacancy: ExternalVacancy, *, on: date) -> tuple[Vacancy | None, ExternalVacancy | None]:
    """The vacancy here, or else at another source, that this one repeats; neither when it is the first.

    Ours goes before others'; of others', the one told of first. What itself repeats is not pointed to.
    """
    if vacancy.cvr:
        ours = Vacancy.objects.public(on=on).filter(
            company__cvr=vacancy.cvr, workplace__municipality=vacancy.municipality
        )
        for other in ours.order_by("pk"):
            if are_alike(other.title, vacancy.title):
                return other, None
    by_employer = Q(employer__iexact=vacancy.employer)
    if vacancy.cvr:
        by_employer |= Q(cvr=vacancy.cvr)
    others = ExternalVacancy.objects.public(on=on).filter(by_employer, municipality=vacancy.municipality)
    others = others.exclude(source=vacancy.source)
    if vacancy.pk:
        others = others.filter(pk__lt=vacancy.pk)
    for repeated in others.order_by("pk"):
        if are_alike(repeated.title, vacancy.title):
            return None, repeated
    return None, None


def are_alike(one: str, other: str) -> bool:
    return fuzz.token_sort_ratio(one.casefold(), other.casefold()) >= ALIKE_FROM
