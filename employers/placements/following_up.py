"""Asking what came of a placement two and thirteen weeks after it ended."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from employers.placements import letters
from employers.placements.models import Effect
from jobcenter.accounts.models import User

BATCH = 200


@transaction.atomic
def ask(*, on: date) -> int:
    """Mail a batch of the questions that are due, each once. Returns how many."""
    due = list(
        Effect.objects.due(on=on)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("placement__company", "placement__person", "placement__jobcentre", "placement__owner")
        .order_by("due_on", "pk")[:BATCH]
    )
    for effect in due:
        effect.asked_at = timezone.now()
        letters.ask_about_effect(effect)
    Effect.objects.bulk_update(due, ["asked_at"])
    return len(due)


def answer(*, effect: Effect, outcome: str, text: str, by: User | None) -> Effect:
    """Keep what came of it; `by` None is the employer. Raises TransitionRefused a second time."""
    return effect.answer(outcome, text=text, by=by, at=timezone.now())
