"""Where a case stands: the steps it goes through, and the one it is at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from regions.oversight.models import Flag
from regions.oversight.way import DECIDED, State


@dataclass(frozen=True)
class Step:
    """note: in words, before the day."""

    name: str | Promise
    note: str | Promise
    day: date | None = None
    is_done: bool = False
    is_now: bool = False


def steps(flag: Flag) -> list[Step]:
    """Signal, review, hearing, decision: done, now or to come."""
    is_decided = flag.state in DECIDED
    is_reviewed = is_decided or flag.hearing_due_on is not None
    return [
        Step(_("Signal"), _("raised"), day=flag.raised_at, is_done=True),
        Step(
            _("Review"),
            _("by the area office"),
            is_done=is_reviewed,
            is_now=flag.state in (State.PROPOSED, State.UNDER_REVIEW),
        ),
        _hearing(flag, is_decided=is_decided),
        Step(
            _("Decision"),
            flag.get_state_display() if is_decided else _("with a reason"),
            day=flag.decided_at if is_decided else None,
            is_done=is_decided,
            is_now=flag.state == State.HEARING and (flag.heard_at or flag.unanswered_on) is not None,
        ),
    ]


def _hearing(flag: Flag, *, is_decided: bool) -> Step:
    name = _("Hearing of the jobcentre")
    if flag.heard_at:
        return Step(name, _("answer received"), day=flag.heard_at, is_done=True)
    if flag.unanswered_on:
        return Step(name, _("no answer came"), is_done=True)
    if flag.hearing_due_on and not is_decided:
        return Step(name, _("answer due"), day=flag.hearing_due_on, is_now=flag.state == State.HEARING)
    if flag.hearing_due_on:
        return Step(name, _("no answer came"))
    return Step(name, _("not asked") if is_decided else _("before a confirmation"))
