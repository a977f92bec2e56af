"""Days as people here count them, where moments are stored in UTC."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone


def midnight(day: date) -> datetime:
    """The moment a day begins in Denmark."""
    return timezone.make_aware(datetime.combine(day, time.min))


def quarter(day: date) -> tuple[int, int]:
    """The year, and which of its four quarters the day lies in."""
    return day.year, (day.month + 2) // 3
