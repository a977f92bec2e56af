"""When register figures came and when the next are due, for the page of how fresh the figures are."""

from __future__ import annotations

from datetime import date

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from regions.bottlenecks.models import StockDelivery, StockFigure
from regions.feeds.freshness import Awaited
from regions.measures.periods import Frequency, Period, latest_ended, parse

EXPECTED_AFTER = 3
"""Months after a half-year's end in which its figures are to come: our own choice, before the next report."""


def awaited(today: date) -> Awaited:
    """Two queries. Where nothing has come, the last half-year is what is to come next."""
    newest = (
        StockFigure.objects.values("period")
        .annotate(at=Max("delivery__decided_at"))
        .order_by("-period")
        .first()
    )
    latest = parse(newest["period"]) if newest else None
    following = latest.one_step_on() if latest else latest_ended(Frequency.HALF_YEAR, on=today)
    return Awaited(
        name=_("Register figures"),
        address=reverse("bottlenecks:registers"),
        latest=latest,
        received=newest["at"] if newest else None,
        following=following,
        expected_by=Period(Frequency.MONTH, following.last + EXPECTED_AFTER).ends_on,
        waiting=StockDelivery.objects.waiting().count(),
        today=today,
    )
