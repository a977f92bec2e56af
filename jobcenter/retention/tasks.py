from celery import shared_task
from django.utils import timezone

from jobcenter.retention import running


@shared_task(name="retention.promise")
def promise() -> None:
    running.promise(on=timezone.localdate())


@shared_task(name="retention.run")
def run(pk: int) -> None:
    running.carry_out(pk)


@shared_task(name="retention.sweep")
def sweep() -> None:
    running.sweep()
