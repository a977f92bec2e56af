"""What happened while campaigns ran: contacts, referrals and hires. Of several campaigns in one query.

Counted is what the partners did in the campaign's days: contacts with its companies about its purpose, and in
its occupation the candidates put forward, those hired and placements that began. That they came of the
campaign is not said: some would have come without it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from employers.campaigns.models import Campaign, Share
from employers.campaigns.segments import BEGUN
from employers.contacts.models import Contact
from employers.placements.models import Placement
from employers.referrals.models import Referral


@dataclass(frozen=True)
class Effect:
    """contacts: with companies. The others are persons: put forward, hired of those, and in placements."""

    contacts: int
    referrals: int
    hires: int
    placements: int


def effects(campaigns: Iterable[Campaign]) -> dict[int, Effect]:
    """By the campaign's number. One without an occupation has contacts alone. One query."""
    days = (OuterRef("starts_on"), OuterRef("ends_on"))
    partners = Share.objects.filter(campaign=OuterRef(OuterRef("pk"))).values("jobcentre")
    contacts = Contact.objects.held().filter(
        company__targets__campaign=OuterRef("pk"),
        jobcentre__in=partners,
        purposes__contains=[OuterRef("purpose")],
        happened_at__date__range=days,
    )
    put_forward = Referral.objects.filter(
        Q(candidates_jobcentre__in=partners) | Q(vacancys_jobcentre__in=partners),
        vacancy__occupation__code__startswith=OuterRef("occupation__code"),
    )
    placed = Placement.objects.filter(
        jobcentre__in=partners,
        occupation__code__startswith=OuterRef("occupation__code"),
        state__in=BEGUN,
        starts_on__range=days,
    )
    counted = (
        Campaign.objects.filter(pk__in=[campaign.pk for campaign in campaigns])
        .order_by("pk")
        .annotate(
            contacts=_number(contacts),
            referrals=_number(put_forward.filter(created_on__range=days)),
            hires=_number(put_forward.filter(state=Referral.State.HIRED, ended_at__date__range=days)),
            placements=_number(placed),
        )
    )
    return {
        pk: Effect(*numbers)
        for pk, *numbers in counted.values_list("pk", "contacts", "referrals", "hires", "placements")
    }


def _number(rows: QuerySet[Any]) -> Coalesce:
    together = rows.order_by().annotate(all=Value(1)).values("all")
    number = together.annotate(number=Count("pk", distinct=True)).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)
