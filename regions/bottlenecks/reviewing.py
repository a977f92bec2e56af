"""What people have said of a report's lines, read from the history that the database keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jobcenter.accounts.models import User
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


def reviews(report: Report) -> list[Reviewed]:
    """The latest first; what a recomputation changed is not among them. Two queries."""
    events: Any = Line.pgh_event_model.objects  # type: ignore[attr-defined]
    saved = list(
        events.filter(report=report, pgh_label="update", pgh_context__metadata__user__isnull=False)
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
        )
        for event in saved
    ]
