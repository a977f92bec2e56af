"""All that has happened between a company and the public in one line, read a page at a time.

One query finds which things of all kinds are on the page; then each kind is fetched as its own list is, and
with the same `visible_to(…)`, so the line shows nobody more than the lists do.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Coalesce

from employers.companies.models import Company
from employers.contacts.models import Contact, Hold
from employers.desk.timeline import Happened, Kind
from employers.enquiries.models import Enquiry
from employers.placements.models import Placement
from employers.referrals.models import Referral
from employers.vacancies.models import Vacancy
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre


@dataclass(frozen=True)
class Source:
    """One kind of thing: those the reader may see, and the time by which they stand in the line."""

    rows: QuerySet[Any]
    at: Any


def sources(company: Company, *, reader: Jobcentre, user: User) -> dict[Kind, Source]:
    """Of a confidential enquiry nobody but those who work on it sees even that there is one."""
    enquiries = Enquiry.objects.of_company(company).open_to(user)
    vacancies = Vacancy.objects.visible_to(reader).filter(company=company)
    placements = Placement.objects.visible_to(reader).filter(company=company)
    referrals = Referral.objects.visible_to(reader).filter(vacancy__company=company)
    people = ("candidate", "vacancy", "candidates_jobcentre", "referred_by")
    return {
        Kind.CONTACT: Source(Contact.objects.about(company).held(), F("happened_at")),
        Kind.ENQUIRY: Source(
            enquiries.select_related("jobcentre", "owner", "person", "vacancy"), F("received_at")
        ),
        Kind.VACANCY: Source(
            vacancies.select_related("jobcentre", "enquiry"), Coalesce("published_at", "created_at")
        ),
        Kind.PLACEMENT: Source(placements.select_related("jobcentre", "owner"), F("created_at")),
        Kind.REFERRAL: Source(referrals.select_related(*people), F("created_at")),
        Kind.HOLD: Source(Hold.objects.visible_to(reader).about(company), F("starts_at")),
    }


class Happenings:
    """The rows of all kinds, or of the chosen ones, the newest first: what a paginator counts and slices."""

    def __init__(self, found: dict[Kind, Source], *, kinds: Collection[Kind] = ()) -> None:
        self.sources = {kind: source for kind, source in found.items() if not kinds or kind in kinds}

    def _points(self) -> QuerySet[Any, tuple[Any, str, int]]:
        """Time, kind and primary key of each thing."""
        first, *others = (
            source.rows.order_by()
            .annotate(point=source.at, kind_of=Value(kind.value, output_field=CharField()))
            .values_list("point", "kind_of", "pk")
            for kind, source in self.sources.items()
        )
        return first.union(*others, all=True).order_by("-point", "kind_of", "-pk")

    def newest(self, number: int) -> list[Happened]:
        """The first page, in one query for each kind whatever is on it."""
        rows = [
            row
            for source in self.sources.values()
            for row in source.rows.annotate(point=source.at).order_by("-point", "-pk")[:number]
        ]
        return sorted(rows, key=lambda row: row.point, reverse=True)[:number]

    def __len__(self) -> int:
        return self._points().count()

    def __iter__(self) -> Iterator[Happened]:
        return iter(self[:])

    def __getitem__(self, part: slice) -> list[Happened]:
        points = list(self._points()[part])
        fetched = {
            kind: source.rows.in_bulk([pk for _at, of, pk in points if of == kind])
            for kind, source in self.sources.items()
            if any(of == kind for _at, of, _pk in points)
        }
        return [fetched[Kind(of)][pk] for _at, of, pk in points]
