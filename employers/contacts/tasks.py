from celery import shared_task
from django.utils import timezone

from employers.contacts import resetting


@shared_task(name="contacts.remind")
def remind() -> None:
    resetting.remind(on=timezone.localdate())
