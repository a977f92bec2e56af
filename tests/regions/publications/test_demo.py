"""The demonstration shows two quarters and a correction, of invented results only."""

from __future__ import annotations

import random
from datetime import UTC, datetime

from django.core.management import call_command

from jobcenter.runtime.demo import Demo
from regions.comparison import demo as results
from regions.dashboard.recomputation import carry_out_here, plan
from regions.oversight.models import Flag
from regions.publications import correcting, demo
from regions.publications.models import FrozenComparison, Publication

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_two_quarters_are_published_and_the_latter_is_corrected(national):
    call_command("load_reference_data")
    results.invent(today=NOW.date())
    carry_out_here(plan(by=None, organisation=None, on=NOW.date()))
    flags = set(Flag.objects.values_list("jobcentre", "measure", "severity"))
    world = Demo(today=NOW.date(), now=NOW, random=random.Random(1))

    demo.load(world)

    first, second, third = Publication.objects.order_by("number")
    assert (first.corrects, second.corrects, third.corrects) == (None, None, second)
    assert first.period < second.period == third.period
    [changed] = [one for one in correcting.differences(third) if one.is_of_figures]
    assert changed.after.actual == changed.before.actual + demo.COUNTED_LATE
    assert all(one.definition.is_fictional for one in FrozenComparison.objects.select_related("definition"))
    assert set(Flag.objects.values_list("jobcentre", "measure", "severity")) == flags
