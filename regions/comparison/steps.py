"""The engine of a recomputation: one step at a time, by whoever comes first, stage after stage."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from jobcenter.runtime.work import publish
from regions.comparison.models import Step, StepQuerySet

BATCH = 200


def run(pk: int, *, do: Callable[[Step], None]) -> None:
    """Carry out a step, if it is ready and nobody else is at it.

    What `do` writes and that the step is finished are one transaction: a worker that dies leaves
    nothing behind, and one whose lease ran out while another took over is rolled back.
    """
    with Step.objects.ready().claim(pk) as step:
        if step:
            with transaction.atomic():
                do(step)
                step.finish()
                transaction.on_commit(lambda: ask_for_next_stage(step))


def ask_for_next_stage(step: Step) -> None:
    """When a step was the last of its stage, ask workers to look at the steps of the next.

    Asked after the commit, so that of two workers that finish the last two steps at once, the later
    sees both done. If both do, each message comes twice, and the second finds nothing to claim.
    """
    of_recomputation = Step.objects.filter(recomputation=step.recomputation_id)
    if not of_recomputation.filter(stage=step.stage, finished_at=None).exists():
        ask_for(of_recomputation.ready())


def sweep() -> None:
    """Look for steps whose message was lost or whose worker died."""
    ask_for(Step.objects.ready()[:BATCH])


def ask_for(steps: StepQuerySet) -> None:
    for pk, task in steps.values_list("pk", "task"):
        publish(task, pk)
