from celery import shared_task

from regions.dashboard import recomputation


@shared_task(name="dashboard.nightly")
def nightly() -> None:
    recomputation.start(by=None, organisation=None)


@shared_task(name="dashboard.follow")
def follow() -> None:
    recomputation.follow()
