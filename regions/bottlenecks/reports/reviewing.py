"""What people say of a report's lines: all the rest accepted at once, and what each save said.

The latter is read from the history that the database keeps.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Organisation, User
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.classifications.models import Occupation
from regions.bottlenecks.models import Category, Line, Report


@dataclass(frozen=True)
class Reviewed:
    """One save of a line by a person: who, when, and what the line said from then on."""

    at: datetime
    by: str
    occupation: Occupation
    category: Category
    comment: str
    is_accepted: bool


@transaction.atomic
def accept_the_rest(*, report: Report, by: User, organisation: Organisation, reason: str) -> int:
    """Accept as proposed every line of a draft that nobody has said anything of; returns how many.

    The reason stands once, in the report's own history. Raises TransitionRefused without a reason, when
    nothing is left to accept, and when the report is no draft any more.
    """
    if not reason.strip():
        raise TransitionRefused(_("Write why the rest can be accepted: it stands in the history."))
    draft = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if not draft.is_draft:
        raise TransitionRefused(_("The report is no longer a draft. Nothing was saved."))
    at = timezone.now()
    accepted = draft.lines.not_reviewed().update(accepted_by=by, accepted_at=at)
    if not accepted:
        raise TransitionRefused(_("Every line has been reviewed already."))
    draft.log.create(
        from_state=draft.state,
        to_state=draft.state,
        by=by,
        organisation=organisation,
        comment=reason.strip(),
        at=at,
    )
    return accepted


def reviews(report: Report) -> list[Reviewed]:
    """The latest first; neither what a recomputation changed nor what was accepted with all the rest is among
    them. Two queries."""
    events: Any = Line.pgh_event_model.objects  # type: ignore[attr-defined]
    saved = list(
        events.filter(report=report, pgh_label="update", pgh_context__metadata__user__isnull=False)
        .exclude(accepted_at__in=report.log.values("at"))
        .select_related("pgh_context", "occupation")
        .order_by("-pgh_created_at", "-pgh_id")
    )
    people = {
        str(user.pk): str(user)
        for user in User.objects.filter(pk__in={event.pgh_context.metadata["user"] for event in saved})
    }
    return [
        Reviewed(
            at=event.pgh_created_at,
            by=people.get(str(event.pgh_context.metadata["user"]), ""),
            occupation=event.occupation,
            category=Category(event.category),
            comment=event.comment,
            is_accepted=event.accepted_at is not None,
        )
        for event in saved
    ]
