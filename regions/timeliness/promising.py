"""Promised work: what follows from spells is counted anew, after each delivery and once every month."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from jobcenter.centres.models import Jobcentre
from jobcenter.runtime.work import look_now, publish
from regions.timeliness.models import Counting


@transaction.atomic
def promise(*, jobcentre: Jobcentre) -> Counting:
    """Count a jobcentre's spells anew, since they have changed."""
    promised = Counting.objects.create(jobcentre=jobcentre)
    look_now("timeliness.count", promised.pk)
    return promised


@transaction.atomic
def promise_month(*, on: date) -> Counting:
    """Count the whole country's in this month, once however often it is asked for."""
    promised, is_new = Counting.objects.get_or_create(month=on.replace(day=1))
    if is_new:
        look_now("timeliness.count", promised.pk)
    return promised


def sweep() -> None:
    """Look for work whose message was lost or whose worker died."""
    for pk in Counting.objects.waiting().order_by("pk").values_list("pk", flat=True)[:10]:
        publish("timeliness.count", pk)
