"""What the database notes of figures that come, change or go."""

from __future__ import annotations

import pytest

from regions.measures.models import Changed, Measurement


@pytest.fixture
def noted(make_jobcentres, measure_all):
    """Three figures of a quarter and three of the one before, all of them compared already."""
    jobcentres = make_jobcentres(3)
    for period in ("2026Q02", "2026Q03"):
        measure_all(jobcentres, [0.3, 0.4, 0.5], period=period)
    Changed.objects.all().delete()
    return jobcentres


def changed() -> list[tuple[str, str, str]]:
    return list(Changed.objects.values_list("measure__code", "target_group__code", "period"))


def test_what_comes_is_noted_once_for_a_statement(noted, measure_all):
    measure_all(noted, [0.3, 0.4, 0.5], period="2026Q01")

    assert changed() == [("job_after_6_months", "ready_for_work", "2026Q01")]


def test_what_changes_is_noted_and_what_stays_is_not(noted):
    Measurement.objects.filter(numerator=400, period="2026Q02").update(numerator=401)
    Measurement.objects.filter(period="2026Q03").update(denominator=1000)

    assert changed() == [("job_after_6_months", "ready_for_work", "2026Q02")]


def test_what_goes_is_noted(noted):
    Measurement.objects.filter(period="2026Q03").delete()

    assert changed() == [("job_after_6_months", "ready_for_work", "2026Q03")]


def test_facts_about_municipalities_are_held_against_nobody_and_not_noted(noted, measure_all, koege):
    measure_all([None], [0.3], period="2026Q03", municipality=koege.municipality)

    assert not Changed.objects.exists()
