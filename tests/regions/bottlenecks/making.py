"""Indicators as a recomputation leaves them, made by hand for what is to be shown."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from jobcenter.classifications.models import Occupation
from regions.bottlenecks.models import Category, Indicators, Place
from regions.comparison.intervals import wilson
from tests.regions.making import make_occupation

PERIOD = "2026H01"


def tree_of(code: str, title: str) -> Occupation:
    """An occupation with the groups above it."""
    above = None
    for digits in range(1, len(code) + 1):
        part = code[:digits]
        made = Occupation.objects.filter(code=part).first() or make_occupation(
            part, title if part == code else f"Gruppe {part}"
        )
        made.level, made.parent = digits, above
        made.save()
        above = made
    assert above
    return above


def know(
    of: Occupation,
    place: Place,
    code: str = "",
    *,
    attempts: int = 40,
    failed: int = 20,
    period: str = PERIOD,
    **fields: Any,
) -> Indicators:
    """What is known of an occupation somewhere; short, unless told otherwise."""
    interval = wilson(successes=failed, trials=attempts) if attempts else None
    return Indicators.objects.create(
        **{
            "occupation": of,
            "place": place,
            "code": code,
            "period": period,
            "attempts": attempts,
            "failed": failed,
            "lower": interval and interval.lower,
            "upper": interval and interval.upper,
            "shrunk": failed / attempts if attempts else None,
            "employed": 900,
            "unemployed": 12,
            "hires": 110,
            "candidates": 30,
            "positions": 9,
            "observed": 44,
            "still_open": 3,
            "median_days": 28.0,
            "category": Category.SHORTAGE,
            "computed_at": timezone.now(),
            **fields,
        }
    )
