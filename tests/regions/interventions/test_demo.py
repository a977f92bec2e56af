"""The demonstration's interventions: one in every stage, on whichever day, on invented results only."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command

from jobcenter.centres import demo as people
from jobcenter.centres.models import AreaOffice
from jobcenter.notifications.models import Mail, Notice
from jobcenter.runtime.demo import Demo
from regions.comparison import demo as results
from regions.dashboard import demo as recomputed
from regions.interventions import demo
from regions.interventions.effect import Verdict
from regions.interventions.measuring import Effect
from regions.interventions.models import Concern, Intervention
from regions.interventions.waiting import board
from regions.oversight import demo as flags

SATURDAY, LEAP_DAY = date(2026, 11, 28), date(2028, 2, 29)


@pytest.fixture(params=[SATURDAY, LEAP_DAY], ids=str)
def world(request, db) -> Demo:
    call_command("load_reference_data")
    today = request.param
    world = Demo(today=today, now=datetime.combine(today, datetime.min.time(), UTC), random=random.Random(1))
    people.load(world)
    results.load(world)
    recomputed.load(world)
    flags.load(world)
    demo.load(world)
    return world


def test_there_is_one_in_every_stage_and_one_that_helped(world):
    lines = board(Intervention.objects.visible_to_office(AreaOffice.objects.get(area__code="sjaelland")))

    assert {line.intervention.jobcentre.short_name for line in lines} == {
        *("Slagelse", "Roskilde", "Odsherred", "Lolland", "Guldborgsund")
    }
    [closed] = Intervention.objects.filter(state="resolved")
    [effect] = [Effect.from_json(kept) for kept in closed.effects]
    assert (closed.jobcentre.short_name, closed.grounds.count()) == ("Næstved", 1)
    assert effect.against_peers == Verdict.BETTER
    assert effect.difference.estimate < -0.03, "fewer are back on a benefit"
    assert not Concern.objects.filter(measure__is_fictional=False).exists()


def test_nobody_is_mailed_of_it(world):
    assert not Notice.objects.exists()
    assert not Mail.objects.exists()
