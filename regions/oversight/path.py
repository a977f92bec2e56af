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
    """Signal, data check, hearing, decision and what comes after: done, now or to come."""
    is_decided = flag.state in DECIDED
    is_heard = flag.state == State.HEARING and not flag.waits_for_jobcentre
    return [
        Step(_("Signal"), _("raised"), day=flag.raised_at, is_done=True),
        _data_check(flag, is_decided=is_decided),
        _hearing(flag, is_decided=is_decided),
        Step(
            _("Decision"),
            flag.get_state_display() if is_decided else _("due") if is_heard else _("with a reason"),
            day=flag.decided_at if is_decided else flag.due_on if is_heard else None,
            is_done=is_decided,
            is_now=is_heard,
        ),
        Step(_("Dialogue, agreement, assistance"), _("after a confirmation")),
    ]


def now(flag: Flag) -> Step | None:
    """What happens next, with its day; None when the way of the flag is at its end, or it is only watched."""
    return next((step for step in steps(flag) if step.is_now), None)


def _data_check(flag: Flag, *, is_decided: bool) -> Step:
    name = _("Data check")
    if flag.checked_at:
        return Step(name, _("checked"), day=flag.checked_at, is_done=True)
    if is_decided:
        return Step(name, _("not made"))
    return Step(name, _("due"), day=flag.due_on, is_now=True)


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
    is_next = flag.state == State.UNDER_REVIEW and flag.checked_at is not None
    return Step(name, _("not asked") if is_decided else _("before a confirmation"), is_now=is_next)
