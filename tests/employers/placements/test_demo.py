"""The placements of the demonstration: every state, and nothing that points at a person."""

from __future__ import annotations

from random import Random

import pytest
from django.utils import timezone

from employers.placements.demo import load
from employers.placements.models import Effect, Placement, PriorityAccess, State
from employers.vacancies import demo_employers
from jobcenter.pages.privacy import cpr_numbers
from jobcenter.runtime.demo import SEED, Demo


@pytest.fixture
def invented(company, koege, roskilde, monkeypatch):
    place = company.workplaces.select_related("municipality", "company").get()
    place.employees = 60
    at_koege = demo_employers.Employer(place, "lager", "sjaelland", koege.jobcentre, koege.caseworker)
    monkeypatch.setattr("employers.placements.demo.employers", lambda world: [at_koege])
    world = Demo(today=timezone.localdate(), now=timezone.now(), random=Random(SEED))
    load(world)
    return world


def test_there_is_one_in_every_state_and_something_to_do(invented):
    assert set(Placement.objects.values_list("state", flat=True)) == set(State.values)
    assert Placement.objects.filter(state=State.APPLIED, answer="objected").exists()
    assert Placement.objects.filter(state=State.APPLIED, was_warned=True).exists()
    assert PriorityAccess.objects.get(situation="not_hired").waits
    assert Effect.objects.exclude(outcome="").exists()
    assert "løntilskud" not in invented.told[0]


def test_what_was_granted_had_met_the_conditions(invented):
    granted = Placement.objects.filter(state__in=[State.GRANTED, State.ENDED])

    assert granted.count() > 20
    assert all(getattr(one, f"{name}_met") for one in granted for name in ("ratio", "increase", "duration"))
    assert "giver plads til" in granted.first().decided_on_figures


def test_no_text_holds_anything_like_a_cpr_number(invented):
    for placement in Placement.objects.all():
        assert not cpr_numbers(f"{placement.tasks} {placement.explanation} {placement.vitas}")
