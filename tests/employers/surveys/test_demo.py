"""The survey of the demonstration: drawn as the portal draws, and no vacancy ends otherwise by it."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from employers.surveys.demo import load
from employers.surveys.load import load_plans
from employers.surveys.models import Draw, Survey
from employers.vacancies.models import Outcome, Vacancy
from jobcenter.runtime.demo import SEED, Demo


@pytest.fixture
def world(unanswered):
    load_plans()
    now = timezone.now()
    for days in range(10, 100):
        unanswered(
            closed_at=now - timedelta(days=days),
            outcome=random.Random(days).choice(Outcome.values),
        )
    return Demo(today=timezone.localdate(), now=now, random=random.Random(SEED))


def outcomes():
    return list(Vacancy.objects.order_by("pk").values_list("pk", "outcome"))


def test_every_week_draws_what_its_seed_draws_and_some_have_answered(world):
    before = outcomes()

    load(world)

    assert outcomes() == before
    for draw in Draw.objects.all():
        assert set(draw.drawn()) == set(draw.surveys.values_list("vacancy", flat=True))
        assert draw.week.weekday() == 0
    assert Draw.objects.count() > 5
    assert Survey.objects.filter(answered_at=None).exists()
    answered = Survey.objects.exclude(answered_at=None)
    assert answered.exists()
    assert not answered.filter(answered_at__gt=world.now).exists()
    assert [survey.outcome for survey in answered] == [survey.vacancy.outcome for survey in answered]


def test_the_rooms_that_come_after_invent_what_they_would_have(world):
    was = world.random.getstate()

    load(world)

    assert world.random.getstate() == was
