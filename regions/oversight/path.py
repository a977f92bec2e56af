"""Where a case stands: the steps it goes through, and the one it is at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from regions.oversight.models import Flag, State


@dataclass(frozen=True)
class Step:
    name: str | Promise
    day: date | None
    note: str | Promise
    is_done: bool
    is_now: bool


def steps(flag: Flag) -> list[Step]:
    """Signal, hearing, decision: done, now or to come."""
    asked = flag.hearing_due_on is not None
    decided = flag.state in (State.DISMISSED, State.WATCHED, State.CONFIRMED)
    in_hearing = flag.state == State.HEARING
    return [
        Step(_("Signal"), flag.raised_at, "", is_done=True, is_now=False),
        Step(
            _("Review"),
            None,
            _("by the area office"),
            is_done=asked or decided,
            is_now=flag.state in (State.PROPOSED, State.UNDER_REVIEW),
        ),
        Step(
            _("Hearing of the jobcentre"),
            flag.heard_at or flag.hearing_due_on,
            _("answer received") if flag.heard_at else _("answer due") if asked else _("not asked"),
            is_done=flag.heard_at is not None,
            is_now=in_hearing and flag.heard_at is None,
        ),
        Step(
            _("Decision"),
            flag.decided_at,
            flag.get_state_display() if decided else _("with a reason"),
            is_done=decided,
            is_now=in_hearing and flag.heard_at is not None,
        ),
    ]
