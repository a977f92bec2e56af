from celery import shared_task
from django.utils import timezone

from regions.feeds import fetching
from regions.feeds.own import delivering


@shared_task(name="feeds.promise")
def promise() -> None:
    fetching.promise(on=timezone.localdate())


@shared_task(name="feeds.sweep")
def sweep() -> None:
    fetching.sweep()


@shared_task(name="feeds.fetch")
def fetch(pk: int) -> None:
    fetching.carry_out(pk)


@shared_task(name="feeds.promise_own")
def promise_own() -> None:
    delivering.promise(on=timezone.localdate())


@shared_task(name="feeds.deliver_own")
def deliver_own(pk: int) -> None:
    delivering.carry_out(pk)


@shared_task(name="feeds.sweep_own")
def sweep_own() -> None:
    delivering.sweep()
