from celery import shared_task

from jobcenter.notifications import outbox


@shared_task(name="notifications.deliver")
def deliver(mail_id: int) -> None:
    outbox.deliver(mail_id)


@shared_task(name="notifications.sweep")
def sweep() -> None:
    outbox.sweep()
