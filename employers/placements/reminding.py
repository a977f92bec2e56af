"""Reminding the employees' representatives who have not confirmed: 72, 48 and 24 hours before the start."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from employers.placements import letters
from employers.placements.models import REMINDERS, Placement, Reminder, State
from jobcenter.runtime.days import midnight

BATCH = 200


def due(day: date, *, at: datetime) -> int | None:
    """Which reminder is due for a start on the day: the nearest whose hour has come; else None."""
    left = midnight(day) - at
    if left <= timedelta(0):
        return None
    return min((hours for hours in REMINDERS if left <= timedelta(hours=hours)), default=None)


def remind(*, at: datetime) -> int:
    """Promise a batch of what is due, each in the transaction of its row. Returns how many."""
    sent = 0
    for hours in REMINDERS:
        with transaction.atomic():
            for placement in _unconfirmed(hours, at=at)[: BATCH - sent]:
                Reminder.objects.create(placement=placement, hours=hours, sent_at=at)
                letters.remind_representative(placement, hours=hours)
                sent += 1
    return sent


def _unconfirmed(hours: int, *, at: datetime) -> QuerySet[Placement]:
    """Those whose reminder of these hours is due and not sent; rows that others hold are left to them.

    Whoever is asked thirty hours before the start is reminded once, 24 hours before it: nobody is reminded of
    what they were asked after the hour had come.
    """
    today = timezone.localdate(at)
    days = [day for day in (today + timedelta(days=ahead) for ahead in range(6)) if due(day, at=at) == hours]
    asked_before = Q()
    for day in days:
        asked_before |= Q(starts_on=day, asked_at__lt=midnight(day) - timedelta(hours=hours))
    said = Reminder.objects.filter(placement=OuterRef("pk"), hours=hours)
    return (
        Placement.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(~Exists(said), asked_before, answer="", state=State.APPLIED, round__gt=0, starts_on__in=days)
        .select_related("company", "workplace", "jobcentre", "owner", "person")
        .order_by("starts_on", "pk")
    )
