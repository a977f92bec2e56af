from celery import shared_task
from django.utils import timezone

from employers.placements import ending, following_up, reminding


@shared_task(name="placements.remind")
def remind() -> None:
    reminding.remind(at=timezone.now())


@shared_task(name="placements.obey_conflicts")
def obey_conflicts() -> None:
    ending.obey_conflicts(on=timezone.localdate())


@shared_task(name="placements.end_those_that_are_over")
def end_those_that_are_over() -> None:
    ending.end_those_that_are_over(on=timezone.localdate())


@shared_task(name="placements.ask_what_came")
def ask_what_came() -> None:
    following_up.ask(on=timezone.localdate())
