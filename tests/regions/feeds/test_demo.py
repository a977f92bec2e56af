"""The demonstration shows a delivery whose difference waits to be let through, and one that is held back."""

from __future__ import annotations

import random

from django.core.management import call_command
from django.utils import timezone

from jobcenter.centres import demo as people
from jobcenter.runtime.demo import Demo
from regions.comparison import demo as results
from regions.feeds import demo
from regions.feeds.models import Arrival
from regions.measures.models import Measurement


def test_a_small_correction_waits_and_a_tenfold_one_is_held_back(db):
    call_command("load_reference_data")
    now = timezone.now()
    world = Demo(today=timezone.localdate(now), now=now, random=random.Random(2026))
    for room in (people, results):
        room.load(world)
    stood = Measurement.objects.count()

    demo.load(world)

    small, tenfold = Arrival.objects.waiting().order_by("pk")
    assert (small.changed, small.held, small.needs_reason) == (2, 0, False)
    assert (tenfold.changed, tenfold.held, tenfold.needs_reason) == (1, 1, True)
    assert {arrival.by.email for arrival in (small, tenfold)} == {people.AREA_OFFICER.email}
    assert small.area.code == demo.AREA
    assert Measurement.objects.count() >= stood
    (jump,) = tenfold.difference.jumps
    assert (jump.jobcentre, jump.after.denominator) == (demo.TENFOLD, 10 * jump.before.denominator)
