from celery import shared_task
from django.utils import timezone

from employers.access import asking


@shared_task(name="access.forget_requests")
def forget_requests() -> None:
    asking.forget_stale(at=timezone.now())
