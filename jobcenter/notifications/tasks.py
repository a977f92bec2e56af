from celery import shared_task
from django.utils import timezone

from jobcenter.notifications import outbox, telling


@shared_task(name="notifications.deliver")
def deliver(mail_id: int) -> None:
    outbox.deliver(mail_id)


@shared_task(name="notifications.sweep")
def sweep() -> None:
    outbox.sweep()


@shared_task(name="notifications.bundle")
def bundle() -> None:
    telling.bundle(now=timezone.now())


@shared_task(name="notifications.forget")
def forget() -> None:
    telling.forget(now=timezone.now())
