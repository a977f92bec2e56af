from celery import shared_task

from regions.comparison import comparing, steps


@shared_task(name="comparison.run_step")
def run_step(step_id: int) -> None:
    steps.run(step_id, do=comparing.carry_out)


@shared_task(name="comparison.sweep")
def sweep() -> None:
    steps.sweep()
