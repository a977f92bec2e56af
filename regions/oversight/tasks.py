from celery import shared_task

from regions.comparison import steps
from regions.oversight import flagging


@shared_task(name="oversight.run_step")
def run_step(step_id: int) -> None:
    steps.run(step_id, do=flagging.carry_out)
