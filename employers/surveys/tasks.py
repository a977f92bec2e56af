from celery import shared_task
from django.utils import timezone

from employers.surveys import drawing


@shared_task(name="surveys.promise")
def promise() -> None:
    drawing.promise(on=timezone.localdate())


@shared_task(name="surveys.draw")
def draw(pk: int) -> None:
    drawing.carry_out(pk)


@shared_task(name="surveys.sweep")
def sweep() -> None:
    drawing.sweep()
