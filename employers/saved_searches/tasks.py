from celery import shared_task
from django.utils import timezone

from employers.saved_searches import looking, saving


@shared_task(name="saved_searches.look")
def look() -> None:
    looking.look(now=timezone.now())


@shared_task(name="saved_searches.forget")
def forget() -> None:
    saving.forget_stale(at=timezone.now())
