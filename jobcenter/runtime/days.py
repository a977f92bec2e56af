"""Days as people here count them, where moments are stored in UTC."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone


def midnight(day: date) -> datetime:
    """The moment a day begins in Denmark."""
    return timezone.make_aware(datetime.combine(day, time.min))
