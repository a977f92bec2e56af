"""The invented spells: one jobcentre is late with first interviews and no other, on whichever day it is."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command
from django.db.models import Sum

from regions.comparison import demo as results
from regions.dashboard.recomputation import carry_out_here, plan
from regions.measures.models import Measure, Measurement
from regions.oversight.models import Flag
from regions.timeliness import demo
from regions.timeliness.models import Counting, Kept
from regions.timeliness.recounting import MEASURES


@pytest.mark.parametrize("today", [date(2026, 11, 26), date(2029, 2, 28)])
def test_what_is_planted_is_seen_and_nothing_else(koege, roskilde, aarhus, law_in_force, today):
    demo.invent(today=today, planted={koege.jobcentre.code: 3})

    def share(centre) -> float:
        kept = Kept.objects.filter(
            jobcentre=centre.jobcentre, rule__code="first_interview", period="2026Q02"
        ).aggregate(due=Sum("due"), timely=Sum("timely"))
        return kept["timely"] / kept["due"]

    assert share(koege) < 0.65
    assert share(roskilde) > 0.9
    assert not Kept.objects.filter(jobcentre=aarhus.jobcentre).exists()


def test_its_figures_are_marked_as_invented_and_nothing_is_left_to_be_done(koege, roskilde, law_in_force):
    demo.invent(today=date(2026, 11, 26))

    assert Measurement.objects.filter(measure__code="exit_to_job_6_months").exists()
    assert not Measurement.objects.filter(measure__is_fictional=False).exists()
    assert not Measure.objects.filter(code="timely_offer", is_fictional=False).exists()
    assert not Counting.objects.unfinished().exists()


def test_of_the_whole_demonstration_only_the_planted_jobcentre_is_flagged_for_these(db):
    today = date(2026, 11, 26)
    call_command("load_reference_data")
    results.invent(today=today)
    demo.invent(today=today)

    carry_out_here(plan(by=None, organisation=None, on=today))

    flagged = Flag.objects.filter(measure__code__in=MEASURES)
    assert {(flag.jobcentre.code, flag.measure.code) for flag in flagged} == {
        ("0316", "timely_first_interview")
    }
