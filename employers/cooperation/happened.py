"""What happened in a period: the contacts and placements that the figures are counted from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef

from employers.contacts.models import Contact, ContactQuerySet
from employers.placements.models import Placement
from employers.placements.models.placement import PlacementQuerySet
from jobcenter.runtime.days import midnight

TOGETHER = timedelta(days=30)
"""Two contacts by different jobcentres so near each other are too near."""


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both included."""

    first: date
    last: date

    @property
    def since(self) -> datetime:
        return midnight(self.first)

    @property
    def until(self) -> datetime:
        """The first moment after it."""
        return midnight(self.last + timedelta(days=1))


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


def placed(period: Period) -> PlacementQuerySet:
    """Wage subsidies and work trials that ran on some day of the period."""
    return Placement.objects.holding_a_place(first=period.first, last=period.last)


def _made() -> ContactQuerySet:
    out = Contact.objects.held().filter(direction=Contact.Direction.OUT)
    return out.exclude(occasion=Contact.Occasion.ANSWER)
