"""Every step an intervention and its parts can take: from where to where, by whom, and what it demands.

The only place where this is said. Pages offer what stands here, the acts check it, and the database's
triggers are made from it; `docs/interventions.md` shows it, and a test holds the two together. Pure.

Source: answer 87 to L 22 (2005): dialogue, agreements on a better effort, and the offer of consultant
assistance. They may come in any order, or alone, so each is a part with its own states.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Thing(StrEnum):
    """What takes a step: the intervention itself, or one of its parts."""

    INTERVENTION = "intervention"
    MEETING = "meeting"
    AGREEMENT = "agreement"
    ASSISTANCE = "assistance"
    FOLLOW_UP = "follow_up"


class By(StrEnum):
    """Whose step it is; the values are those of `accounts.Role`."""

    OFFICER = "area_officer"
    MANAGER = "manager"


class Demand(StrEnum):
    """What a step must have with it."""

    REASON = "reason"
    FLAG = "flag"
    DAY = "day"
    NOTES = "notes"
    CONTENT = "content"
    SIGNATURES = "signatures"
    REPORT = "report"
    EVIDENCE = "evidence"
    NOTHING_OPEN = "nothing_open"


NEW = ""
"""Where something comes from that was not there before."""


@dataclass(frozen=True)
class Step:
    code: str
    thing: Thing
    start: str
    end: str
    by: tuple[By, ...]
    demands: tuple[Demand, ...] = ()


_OFFICER, _MANAGER = (By.OFFICER,), (By.MANAGER,)
_EITHER = (By.OFFICER, By.MANAGER)
_REASON = (Demand.REASON,)

STEPS: tuple[Step, ...] = (
    Step("begin", Thing.INTERVENTION, NEW, "open", _OFFICER, (Demand.FLAG, Demand.REASON)),
    Step("ask_for_help", Thing.INTERVENTION, NEW, "requested", _MANAGER, _REASON),
    Step("take_up", Thing.INTERVENTION, "requested", "open", _OFFICER, _REASON),
    Step("turn_down", Thing.INTERVENTION, "requested", "turned_down", _OFFICER, _REASON),
    Step("withdraw", Thing.INTERVENTION, "requested", "withdrawn", _MANAGER, _REASON),
    Step(
        "resolve",
        Thing.INTERVENTION,
        "open",
        "resolved",
        _OFFICER,
        (Demand.REASON, Demand.EVIDENCE, Demand.NOTHING_OPEN),
    ),
    Step(
        "leave",
        Thing.INTERVENTION,
        "open",
        "not_resolved",
        _OFFICER,
        (Demand.REASON, Demand.NOTHING_OPEN),
    ),
    Step("escalate", Thing.INTERVENTION, "open", "escalated", _OFFICER, _REASON),
    Step("plan_meeting", Thing.MEETING, NEW, "planned", _OFFICER, (Demand.DAY,)),
    Step("move_meeting", Thing.MEETING, "planned", "planned", _OFFICER, (Demand.DAY, Demand.REASON)),
    Step("cancel_meeting", Thing.MEETING, "planned", "cancelled", _OFFICER, _REASON),
    Step("hold_meeting", Thing.MEETING, "planned", "held", _OFFICER, (Demand.NOTES,)),
    Step("agree_notes", Thing.MEETING, "held", "agreed", _MANAGER),
    Step("object_to_notes", Thing.MEETING, "held", "objected", _MANAGER, _REASON),
    Step("rewrite_notes", Thing.MEETING, "objected", "held", _OFFICER, (Demand.NOTES,)),
    Step("draft_agreement", Thing.AGREEMENT, NEW, "draft", _OFFICER),
    Step("put_forward", Thing.AGREEMENT, "draft", "proposed", _OFFICER, (Demand.CONTENT, Demand.DAY)),
    Step("sign", Thing.AGREEMENT, "proposed", "signed", _MANAGER, (Demand.SIGNATURES,)),
    Step("send_back", Thing.AGREEMENT, "proposed", "draft", _MANAGER, _REASON),
    Step("take_back", Thing.AGREEMENT, "proposed", "draft", _OFFICER, _REASON),
    Step("change_agreement", Thing.AGREEMENT, "signed", "draft", _OFFICER, _REASON),
    Step("drop_agreement", Thing.AGREEMENT, "draft", "dropped", _OFFICER, _REASON),
    Step("offer_assistance", Thing.ASSISTANCE, NEW, "offered", _OFFICER, (Demand.DAY,)),
    Step("accept_assistance", Thing.ASSISTANCE, "offered", "accepted", _MANAGER),
    Step("decline_assistance", Thing.ASSISTANCE, "offered", "declined", _MANAGER, _REASON),
    Step("withdraw_offer", Thing.ASSISTANCE, "offered", "withdrawn", _OFFICER, _REASON),
    Step("finish_assistance", Thing.ASSISTANCE, "accepted", "finished", _OFFICER, (Demand.REPORT,)),
    Step("stop_assistance", Thing.ASSISTANCE, "accepted", "stopped", _EITHER, _REASON),
    Step("plan_follow_up", Thing.FOLLOW_UP, NEW, "due", _EITHER, (Demand.DAY,)),
    Step("do_follow_up", Thing.FOLLOW_UP, "due", "done", _OFFICER, _REASON),
    Step("drop_follow_up", Thing.FOLLOW_UP, "due", "dropped", _OFFICER, _REASON),
)
"""A manager plans follow-ups only by signing an agreement: one for the period of each target."""

BY_CODE: Mapping[str, Step] = {step.code: step for step in STEPS}

UNFINISHED: Mapping[Thing, tuple[str, ...]] = {
    Thing.MEETING: ("planned", "held", "objected"),
    Thing.AGREEMENT: ("draft", "proposed"),
    Thing.ASSISTANCE: ("offered", "accepted"),
    Thing.FOLLOW_UP: ("due",),
}
"""The states in which a part still waits for somebody: while one does, the intervention is not closed."""


def transitions(thing: Thing) -> dict[str, tuple[str, ...]]:
    """From each state of a thing the states one may go to, as `accounts.workflow` takes it."""
    steps = [step for step in STEPS if step.thing == thing]
    states = dict.fromkeys(state for step in steps for state in (step.start, step.end) if state)
    return {
        state: tuple(dict.fromkeys(step.end for step in steps if step.start == state)) for state in states
    }


def offered(thing: Thing, *, state: str, by: str) -> Iterator[Step]:
    """What somebody in a role may do with a thing in a state, in the table's order."""
    return (step for step in STEPS if step.thing == thing and step.start == state and by in step.by)
