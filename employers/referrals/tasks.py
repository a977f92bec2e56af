from celery import shared_task
from django.utils import timezone

from employers.referrals import referring


@shared_task(name="referrals.end_those_in_vain")
def end_those_in_vain() -> None:
    referring.end_those_in_vain(on=timezone.localdate())
