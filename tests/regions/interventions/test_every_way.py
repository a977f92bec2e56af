"""Every step of the table tried where it does not begin: by its page and in the administration pages.

By the acts and in SQL it is tried in `test_refused`.
"""

from __future__ import annotations

import pytest
from django.urls import reverse

from regions.interventions.models import Happened, Intervention
from regions.interventions.table import NEW, STEPS, By, Demand, Step, Thing

WHY = "Vi har set på det sammen."

FIRST = {
    Thing.MEETING: "planned",
    Thing.AGREEMENT: "draft",
    Thing.ASSISTANCE: "offered",
    Thing.FOLLOW_UP: "due",
}
"""The state each part is in when it has just been made; the intervention around them is open."""

SAID = {
    "reason": WHY,
    "notes": "Enige om billedet.",
    "report": "Gennemgået.",
    "hours_used": "12",
    "answer_by": "2099-01-01",
    "version": "1",
}
"""All that a step may ask for."""


def begins_in(step: Step) -> bool:
    return step.start == FIRST.get(step.thing, "open")


ELSEWHERE = [step for step in STEPS if step.start != NEW and not begins_in(step)]
WITH_A_REASON = [step for step in STEPS if begins_in(step) and Demand.REASON in step.demands]
WITH_NOTHING_ELSE = [step for step in WITH_A_REASON if step.demands == (Demand.REASON,)]


@pytest.fixture
def things(begun: Intervention, plan_meeting, draft, offer, due):
    """An open intervention, with a part of every kind as it was just made."""
    return {
        Thing.INTERVENTION: begun,
        Thing.MEETING: plan_meeting(),
        Thing.AGREEMENT: draft(),
        Thing.ASSISTANCE: offer(),
        Thing.FOLLOW_UP: due,
    }


@pytest.fixture
def people(officer, manager):
    return {By.OFFICER: officer.user, By.MANAGER: manager.user}


def on_its_page(client, step, things, **said):
    whole, thing = things[Thing.INTERVENTION], things[step.thing]
    is_whole = step.thing == Thing.INTERVENTION
    name = "interventions:step" if is_whole else "interventions:step_of_part"
    args = [whole.pk, step.code] if is_whole else [whole.pk, step.code, thing.pk]
    return client.post(reverse(name, args=args), {**SAID, **said})


def in_the_administration(client, step, things, **said):
    whole = things[Thing.INTERVENTION]
    chosen = {"step": f"{step.code}-{things[step.thing].pk}", "log-TOTAL_FORMS": 0, "log-INITIAL_FORMS": 0}
    address = reverse("admin:interventions_intervention_change", args=[whole.pk])
    return client.post(address, {**SAID, **chosen, **said})


def states(things) -> dict[Thing, str]:
    return {name: type(thing)._default_manager.get(pk=thing.pk).state for name, thing in things.items()}


@pytest.mark.parametrize("send", [on_its_page, in_the_administration])
@pytest.mark.parametrize("step", ELSEWHERE, ids=lambda step: step.code)
def test_a_step_is_not_taken_from_a_state_it_does_not_begin_in(client, things, people, step, send):
    before, lines = states(things), Happened.objects.count()

    for role in By:
        client.force_login(people[role])
        send(client, step, things)

    assert (states(things), Happened.objects.count()) == (before, lines)


@pytest.mark.parametrize("send", [on_its_page, in_the_administration])
@pytest.mark.parametrize("reason", ["", " \n"])
@pytest.mark.parametrize("step", WITH_A_REASON, ids=lambda step: step.code)
def test_nothing_is_decided_without_a_reason(client, things, people, step, reason, send):
    before, lines = states(things), Happened.objects.count()

    for role in By:
        client.force_login(people[role])
        send(client, step, things, reason=reason)

    assert (states(things), Happened.objects.count()) == (before, lines)


@pytest.mark.parametrize("step", WITH_NOTHING_ELSE, ids=lambda step: step.code)
def test_with_a_reason_the_same_forms_are_taken(client, things, people, step):
    """So that what is refused above is refused for its reason alone."""
    client.force_login(people[step.by[0]])

    on_its_page(client, step, things)

    assert states(things)[step.thing] == step.end
