from celery import shared_task
from django.utils import timezone

from regions.timeliness import promising, recounting


@shared_task(name="timeliness.count")
def count(pk: int) -> None:
    recounting.carry_out(pk)


@shared_task(name="timeliness.promise_month")
def promise_month() -> None:
    promising.promise_month(on=timezone.localdate())


@shared_task(name="timeliness.sweep")
def sweep() -> None:
    promising.sweep()
