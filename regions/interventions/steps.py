"""From a step's form to its act: what is written in it, handed to the verb that takes the step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from jobcenter.accounts.models import Membership
from regions.interventions import acting, agreeing, closing, opening
from regions.interventions.models import Assistance, FollowUp, Intervention, Meeting, Part
from regions.interventions.table import NEW, Demand, Step, Thing, offered


class Act(Protocol):
    def __call__(
        self, thing: Any, *, by: Membership, reason: str, said: dict[str, Any]
    ) -> Intervention | Part: ...


ACTS: Mapping[str, Act] = {
    "take_up": lambda thing, *, by, reason, said: opening.take_up(thing, by=by, reason=reason),
    "turn_down": lambda thing, *, by, reason, said: opening.turn_down(thing, by=by, reason=reason),
    "withdraw": lambda thing, *, by, reason, said: opening.withdraw(thing, by=by, reason=reason),
    "resolve": lambda thing, *, by, reason, said: closing.resolve(thing, by=by, reason=reason),
    "leave": lambda thing, *, by, reason, said: closing.leave(thing, by=by, reason=reason),
    "escalate": lambda thing, *, by, reason, said: closing.escalate(thing, by=by, reason=reason),
    "put_forward": lambda thing, *, by, reason, said: agreeing.put_forward(thing, by=by, **said),
    "sign": lambda thing, *, by, reason, said: agreeing.sign(thing, by=by, seen=said["version"]),
    "send_back": lambda thing, *, by, reason, said: agreeing.reopen("send_back", thing, by=by, reason=reason),
    "take_back": lambda thing, *, by, reason, said: agreeing.reopen("take_back", thing, by=by, reason=reason),
    "change_agreement": lambda thing, *, by, reason, said: agreeing.change(thing, by=by, reason=reason),
    "do_follow_up": lambda thing, *, by, reason, said: closing.follow_up(thing, by=by, reason=reason),
}
"""Steps that do more than move: the others write what they were told, and move."""

WITH_PAGES_OF_THEIR_OWN = frozenset({"begin", "ask_for_help", "draft_agreement"})

PARTS: Mapping[Thing, type[Meeting | Assistance | FollowUp]] = {
    Thing.MEETING: Meeting,
    Thing.ASSISTANCE: Assistance,
    Thing.FOLLOW_UP: FollowUp,
}
"""What a step begins that comes from nothing; an agreement is drafted on its own page."""

WRITTEN = frozenset({Demand.FLAG, Demand.DAY, Demand.NOTES, Demand.CONTENT, Demand.REPORT})
"""What is written beside a reason: a step that demands any of it is taken on its page."""


def subject_of(step: Step, whole: Intervention, pk: int | None) -> Intervention | Part | None:
    """The intervention, something new, or the part with the key; None where there is none."""
    if step.thing == Thing.INTERVENTION:
        return whole if pk is None else None
    if step.start == NEW:
        return PARTS[step.thing](intervention=whole) if pk is None else None
    return next((part for part in whole.parts() if (part.THING, part.pk) == (step.thing, pk)), None)


def carry_out(
    step: Step, thing: Intervention | Part, *, by: Membership, said: dict[str, Any]
) -> Intervention | Part:
    """said: what the form holds. Raises TransitionRefused."""
    written = {name: value for name, value in said.items() if name != "reason"}
    if "what_help" in written:
        written["what"] = written.pop("what_help")
    reason = said.get("reason", "")
    if act := ACTS.get(step.code):
        return act(thing, by=by, reason=reason, said=written)
    return acting.take(step.code, thing, by=by, reason=reason, **written)


def decisions(whole: Intervention, *, role: str) -> Iterator[tuple[Step, Intervention | Part]]:
    """What somebody in a role may decide with a reason alone: of the intervention, then of its parts."""
    things: list[Intervention | Part] = [whole, *(whole.parts() if whole.is_open else ())]
    for thing in things:
        for step in offered(thing.THING, state=thing.state, by=role):
            if Demand.REASON in step.demands and WRITTEN.isdisjoint(step.demands):
                yield step, thing
