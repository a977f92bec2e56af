"""The invented results of every jobcentre: what was planted is found, and nothing else."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Mapping
from datetime import date

import pytest
from django.core.management import call_command

from jobcenter.centres.models import Jobcentre
from regions.comparison import demo
from regions.comparison.models import Comparison, Result
from regions.dashboard.recomputation import carry_out_here, plan
from regions.measures.models import Measure, Measurement
from regions.oversight.models import Flag

TODAY = date(2026, 11, 22)


@pytest.fixture
def invent(db) -> Callable[[Mapping[str, tuple[int, float]]], None]:
    """Denmark as it is, with invented results that have these problems planted, and recomputed."""

    def make(planted: Mapping[str, tuple[int, float]]) -> None:
        call_command("load_reference_data")
        demo.invent(today=TODAY, planted=planted)
        carry_out_here(plan(by=None, organisation=None, on=TODAY))

    return make


def test_what_was_planted_is_flagged_and_nothing_else(invent):
    invent(demo.PLANTED)

    assert dict(Flag.objects.values_list("jobcentre__name", "severity")) == {
        "Jobcenter Slagelse": "serious",
        "Jobcenter Odsherred": "watch",
        "Jobcenter Lolland": "watch",
    }
    assert {flag.measure.code for flag in Flag.objects.all()} == {"job_after_6_months"}
    assert {flag.target_group.code for flag in Flag.objects.all()} == {"ready_for_work"}
    latest = Comparison.objects.filter(
        measure__code="job_after_6_months", target_group__code="ready_for_work"
    ).latest("ends_on")
    koege = latest.results.get(jobcentre__code="0259")
    assert koege.z_adjusted > 3.09
    assert koege.ratio > 105


def test_where_nothing_is_planted_nothing_is_flagged(invent):
    invent({})

    assert Result.objects.filter(p_adjusted__isnull=False).count() == Result.objects.count()
    assert not Flag.objects.exists()


def test_every_jobcentre_has_a_result_in_every_window(invent):
    invent(demo.PLANTED)

    results = Measurement.objects.filter(jobcentre__isnull=False)
    assert results.count() == Jobcentre.objects.valid(TODAY).count() * len(demo.SEEDS) * 9
    assert not results.filter(measure__is_fictional=False).exists()
    assert not Comparison.objects.filter(measure__is_fictional=False).exists()
    assert results.latest("ends_on").period == "2026QMAT03"
    assert not Measure.objects.filter(is_fictional=False, measurements__jobcentre__isnull=False).exists()


def test_whoever_plants_the_problems_knows_nothing_of_the_rule():
    imported = {
        node.module or ""
        for node in ast.walk(ast.parse(inspect.getsource(demo)))
        if isinstance(node, ast.ImportFrom)
    }

    assert imported
    assert not [
        name for name in imported if name.startswith(("regions.oversight", "regions.comparison.compar"))
    ]
