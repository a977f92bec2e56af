from celery import shared_task
from django.utils import timezone

from employers.vacancies import conflicts


@shared_task(name="vacancies.follow_conflicts")
def follow_conflicts() -> None:
    conflicts.follow(on=timezone.localdate())
