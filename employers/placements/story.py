"""Where a placement stands: its steps, for the caseworker across and for the employer down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from employers.placements.models import Answer, Placement, PlacementLog, State
from jobcenter.pages.components import Happening
from jobcenter.pages.templatetags.ei import day_short, day_with_year, short_time

GIVEN_UP = (State.REFUSED, State.WITHDRAWN)


@dataclass(frozen=True)
class Step:
    """note: in words, before the day."""

    name: str
    note: str
    day: date | None = None
    is_done: bool = False
    is_now: bool = False


def path(placement: Placement) -> list[Step]:
    """Application, confirmation, decision, the time itself, and what came of it."""
    today = timezone.localdate()
    state = placement.state
    is_decided = placement.decided_at is not None
    steps = [
        Step(
            _("Application"),
            _("sent") if placement.applied_at and state != State.DRAFT else _("being filled in"),
            day=placement.applied_at if state != State.DRAFT else None,
            is_done=state != State.DRAFT and placement.applied_at is not None,
            is_now=state == State.DRAFT,
        ),
        _confirmation(placement, is_decided=is_decided),
        Step(
            _("Decision"),
            str(placement.get_state_display())
            if is_decided and state in (State.REFUSED, State.GRANTED, State.WITHDRAWN)
            else _("granted")
            if is_decided
            else str(placement.get_state_display())
            if state == State.WITHDRAWN
            else _("with a reason"),
            day=placement.decided_at,
            is_done=is_decided,
            is_now=state == State.APPLIED and _is_answered(placement),
        ),
    ]
    if state in GIVEN_UP:
        return steps
    has_begun = is_decided and placement.starts_on is not None and placement.starts_on <= today
    steps.append(
        Step(
            _("At work"),
            _("ended") if state == State.ENDED else _("until") if has_begun else _("begins"),
            day=placement.ended_on or (placement.ends_on if has_begun else placement.starts_on),
            is_done=state == State.ENDED,
            is_now=state == State.GRANTED,
        )
    )
    steps.append(_effect(placement))
    return steps


def _is_answered(placement: Placement) -> bool:
    return placement.answer == Answer.CONFIRMED or not placement.representative_email


def _confirmation(placement: Placement, *, is_decided: bool) -> Step:
    name = _("The employees")
    if placement.answer == Answer.CONFIRMED:
        return Step(name, _("confirmed"), day=placement.answered_at, is_done=True)
    if placement.answer == Answer.OBJECTED:
        return Step(name, _("objection"), day=placement.answered_at, is_now=placement.state == State.APPLIED)
    if placement.asked_at and placement.state == State.APPLIED:
        return Step(name, _("asked"), day=placement.asked_at, is_now=True)
    return Step(name, _("not asked") if is_decided else _("asked to confirm"))


def _effect(placement: Placement) -> Step:
    answered = [effect for effect in placement.effects.all() if effect.outcome]
    if answered:
        latest = answered[-1]
        return Step(
            _("What came of it"), str(latest.get_outcome_display()), day=latest.answered_at, is_done=True
        )
    return Step(_("What came of it"), _("after 2 and 13 weeks"), is_now=placement.state == State.ENDED)


def happenings(placement: Placement) -> list[Happening]:
    """The same for the employer, downwards; once it is given up, nothing more is to come."""
    representative = placement.representative_name
    steps = [
        Happening(
            title=_("You applied"),
            when=short_time(placement.applied_at) if placement.applied_at else "",
            text=_("It lies with %(owner)s.") % {"owner": placement.owner},
            is_done=True,
        )
    ]
    if representative:
        steps.append(
            Happening(
                title=_("%(name)s answers for the employees") % {"name": representative},
                when=short_time(placement.answered_at) if placement.answered_at else "",
                text=_confirmation_in_words(placement),
                is_done=placement.answered_at is not None,
            )
        )
    steps.append(
        Happening(
            title=_("The jobcentre decides"),
            when=short_time(placement.decided_at) if placement.decided_at else "",
            text=str(placement.get_state_display()).capitalize()
            if placement.decided_at
            else _("You get the decision with its reason by mail, and it stands here."),
            is_done=placement.decided_at is not None,
        )
    )
    if placement.state not in GIVEN_UP:
        steps.append(_at_work(placement))
    return [step for step in steps if step.is_done or placement.state not in GIVEN_UP]


def _confirmation_in_words(placement: Placement) -> str:
    if placement.answer == Answer.CONFIRMED:
        return _("The conditions are confirmed.")
    if placement.answer == Answer.OBJECTED:
        return _("There is an objection: “%(text)s”") % {"text": placement.answer_text}
    return _("By a link that was mailed to %(email)s.") % {"email": placement.representative_email}


def _at_work(placement: Placement) -> Happening:
    assert placement.starts_on
    if placement.ended_on:
        return Happening(
            title=_("It ended"),
            when=day_short(placement.ended_on),
            text=str(placement.get_ending_display()).capitalize(),
            is_done=True,
        )
    has_begun = placement.state == State.GRANTED and placement.starts_on <= timezone.localdate()
    return Happening(
        title=_("It began") if has_begun else _("It begins"),
        when=day_short(placement.starts_on),
        text=_("Until %(day)s. Afterwards we ask what came of it, after 2 and 13 weeks.")
        % {"day": day_with_year(placement.ends_on)},
        is_done=has_begun,
    )


@dataclass(frozen=True)
class Told:
    """A row of the history in words."""

    row: PlacementLog
    what: str


def history(placement: Placement) -> list[Told]:
    """Every step and what happened between them, the newest first. One query."""
    rows = placement.log.select_related("by", "organisation").order_by("-at", "-pk")
    return [Told(row, _what(row)) for row in rows]


def _what(row: PlacementLog) -> str:
    between = {
        "confirmed": _("The representative confirmed"),
        "objected": _("The representative objected"),
        "extended": _("Extended"),
        "conflict": _("Marked: labour conflict at the workplace"),
        "negotiated": _("Priority access negotiated"),
    }
    if row.from_state in between:
        return between[row.from_state]
    words = {
        State.DRAFT: _("Sent back to be put right") if row.from_state else _("Form made ready"),
        State.APPLIED: _("Applied for"),
        State.GRANTED: _("Granted"),
        State.REFUSED: _("Refused"),
        State.ENDED: _("Ended"),
        State.WITHDRAWN: _("Withdrawn"),
    }
    return words[State(row.to_state)]
