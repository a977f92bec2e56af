"""The way of a flag, as one table: from where to where, who may take the step, and what it demands.

Pages, administration pages, the database's triggers and `docs/flags.md` all read it here. What is not in
the table does not happen, whoever tries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.db import models
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Role


class State(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    UNDER_REVIEW = "under_review", _("data being checked")
    HEARING = "hearing", _("in hearing")
    CONFIRMED = "confirmed", _("confirmed")
    WATCHED = "watched", _("watched")
    DISMISSED = "dismissed", _("dismissed")


class Demand(models.TextChoices):
    """What a step cannot be taken without."""

    REASON = "reason", _("a reason in writing")
    DATA_CHECK = "data_check", _("a check of the data in this review")
    DEADLINE = "deadline", _("a day to answer by, and somebody who can be asked")
    HEARD = "heard", _("the jobcentre's answer, or that the day to answer by has passed")


@dataclass(frozen=True, kw_only=True)
class Transition:
    """A step of the way. role: of the person who takes it, who acts for the area the jobcentre lies in."""

    start: State
    end: State
    role: Role
    demands: tuple[Demand, ...]


def _steps(starts: Iterable[State], end: State, *demands: Demand) -> list[Transition]:
    return [Transition(start=start, end=end, role=Role.AREA_OFFICER, demands=demands) for start in starts]


UNDECIDED = (State.PROPOSED, State.UNDER_REVIEW, State.HEARING)
"""Somebody has something to do, by a day."""

DECIDED = (State.CONFIRMED, State.WATCHED, State.DISMISSED)
"""What a decision brings a flag to. Watched is not the end: it can be taken up again."""

WAY: tuple[Transition, ...] = tuple(
    sorted(
        [
            *_steps([State.PROPOSED, State.WATCHED], State.UNDER_REVIEW),
            *_steps([State.UNDER_REVIEW], State.HEARING, Demand.REASON, Demand.DATA_CHECK, Demand.DEADLINE),
            *_steps([State.HEARING], State.CONFIRMED, Demand.REASON, Demand.HEARD),
            *_steps(UNDECIDED, State.WATCHED, Demand.REASON),
            *_steps([*UNDECIDED, State.WATCHED], State.DISMISSED, Demand.REASON),
        ],
        key=lambda step: list(State).index(step.start),
    )
)
"""Confirmed and dismissed are the ends: after a confirmation an intervention takes over."""

TRANSITIONS: Mapping[State, tuple[str, ...]] = dict.fromkeys(State, ()) | {
    start: tuple(step.end for step in steps) for start, steps in groupby(WAY, key=lambda step: step.start)
}


def transition(start: str, end: str) -> Transition | None:
    """The step of the table from one state to another; None where there is none."""
    return next((step for step in WAY if (step.start, step.end) == (start, end)), None)
