"""An answer to the survey becomes what came of the vacancy, once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from employers.surveys.models import Survey
from employers.vacancies.models import Act, Outcome
from employers.vacancies.outcomes import FILLED


@transaction.atomic
def answer(survey: Survey, *, outcome: str, filled: int, lacking: str, at: datetime) -> Survey:
    """Make the answer the vacancy's outcome, and its log say that the survey told it.

    filled: of the positions that were left, where somebody was hired; the others were looked for in vain.
    Raises TransitionRefused when the link is used up, and when the outcome was told in another way meanwhile.
    """
    survey = (
        Survey.objects.select_for_update(of=("self",))
        .select_related("vacancy__company__organisation")
        .get(pk=survey.pk)
    )
    survey.refuse_unless_open(on=timezone.localdate(at))
    is_filled = outcome in FILLED
    survey.vacancy.tell_outcome(
        outcome=outcome,
        filled=filled if is_filled else None,
        by=None,
        organisation=survey.vacancy.company.organisation,
        act=Act.SURVEYED,
    )
    survey.keep(
        outcome=outcome,
        filled=filled if is_filled else 0,
        lacking="" if outcome == Outcome.WITHDRAWN else lacking,
        at=at,
    )
    return survey
