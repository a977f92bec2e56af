from celery import shared_task
from django.utils import timezone

from regions.dashboard import recomputation


@shared_task(name="dashboard.nightly")
def nightly() -> None:
    recomputation.start_nightly(on=timezone.localdate())


@shared_task(name="dashboard.follow")
def follow() -> None:
    recomputation.follow()
