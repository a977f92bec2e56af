from celery import shared_task
from django.utils import timezone

from regions.comparison import steps
from regions.oversight import deciding, flagging


@shared_task(name="oversight.run_step")
def run_step(step_id: int) -> None:
    steps.run(step_id, do=flagging.carry_out)


@shared_task(name="oversight.record_silences")
def record_silences() -> None:
    deciding.record_silences(on=timezone.localdate())
