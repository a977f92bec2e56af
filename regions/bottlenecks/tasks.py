from celery import shared_task

from regions.bottlenecks.reports import drafting
from regions.comparison import steps


@shared_task(name="bottlenecks.run_step")
def run_step(step_id: int) -> None:
    steps.run(step_id, do=drafting.carry_out)
