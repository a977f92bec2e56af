"""The demonstration shows a flag in every state, each brought there by the real way."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

from django.core.management import call_command
from django.utils import timezone

from jobcenter.centres import demo as people
from jobcenter.notifications.models import Mail
from jobcenter.runtime.demo import Demo
from regions.comparison import demo as results
from regions.comparison import overtime
from regions.dashboard import demo as recomputed
from regions.measures.models import Measure, TargetGroup
from regions.measures.suppression import Limits
from regions.oversight import demo
from regions.oversight.models import Flag, HearingFile
from regions.oversight.way import State


def test_there_is_a_flag_in_every_state_and_its_steps_lie_in_the_past(db, settings):
    call_command("load_reference_data")
    now = timezone.now()
    world = Demo(today=timezone.localdate(now), now=now, random=random.Random(2026))
    for room in (people, results, recomputed, demo):
        room.load(world)

    flags = Flag.objects.select_related("jobcentre")
    assert set(flags.values_list("state", flat=True)) == set(State.values)
    told = Counter(
        (flag.state, flag.heard_at is not None, flag.unanswered_on is not None)
        for flag in flags.filter(state=State.HEARING)
    )
    assert told == {
        (State.HEARING, True, False): 1,
        (State.HEARING, False, True): 1,
        (State.HEARING, False, False): 1,
    }
    assert flags.get(state=State.UNDER_REVIEW).data_check
    [attached] = HearingFile.objects.select_related("flag")
    assert (attached.flag.state, attached.name) == (State.HEARING, "bemanding.csv")
    assert list(attached.flag.files_of_answer) == [attached]
    assert [flag.jobcentre.name for flag in flags.overdue(on=world.today)] == ["Jobcenter Odsherred"]
    for flag in flags:
        times = [flag.raised_at, *(step.at for step in flag.log.order_by("pk"))]
        assert times == sorted(times)
        assert times[-1] <= timezone.now()
    assert not Mail.objects.exists()

    # A year has passed since the first were decided: what was done can have had an effect.
    naestved = flags.get(state=State.CONFIRMED, jobcentre__code="0370")
    assert naestved.decided_at < now - timedelta(days=300)
    series = overtime.read(
        jobcentre=naestved.jobcentre,
        subjects=[
            (Measure.objects.get(code=results.BACK), TargetGroup.objects.get(code=results.INSURED)),
        ],
        limits=Limits(),
    )
    [drawn] = series.values()
    assert len(drawn.measurements) == results.QUARTERS
    assert drawn.process
    assert any(not run.is_worse for run in drawn.runs)


def test_the_flags_of_a_year_ago_were_raised_when_their_results_were_known():
    for today in (date(2027, 1, 1), date(2026, 11, 12), date(2028, 2, 29)):
        latest = results.latest_window(today=today)
        assert latest.ends_on + results.DELIVERED_AFTER <= today - results.KNOWN_FOR
        assert latest.starts_on < demo.a_year_ago(today=today) < today - timedelta(days=300)
