"""Measures in the database: as their files have them, and every version for as long as a result names it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, transaction

from jobcenter.runtime.csvlines import Unreadable
from regions.measures import load, reviewing
from regions.measures.models import Measure, Measurement, MeasureVersion
from regions.measures.periods import is_mature, parse
from regions.measures.reviewing import Fault


def test_each_measure_says_who_wrote_and_who_checked_it(measures):
    for measure in measures.values():
        assert measure.author
        assert measure.checker not in ("", measure.author)


def test_what_a_measure_says_now_is_also_kept_as_its_version(measures):
    for measure in measures.values():
        kept = measure.versions.get(version=measure.version)
        assert all(getattr(kept, name) == getattr(measure, name) for name in load.SEALED_FIELDS)


def test_loading_twice_changes_nothing(measures):
    for table in load.load_definitions():
        assert (table.added, table.changed, table.refusals) == (0, 0, [])


def test_nothing_is_loaded_while_a_definition_has_a_fault(db, monkeypatch):
    monkeypatch.setattr(reviewing, "faults", lambda: [Fault("gini.toml", 3, "unit: is empty")])

    with pytest.raises(Unreadable, match=r"gini\.toml:3: unit: is empty"):
        load.load_definitions()
    assert not Measure.objects.exists()


def make_second(measure):
    """Version 2 of a measure, in force from 2027."""
    first = measure.versions.get(version=1)
    first.pk, first.version, first.valid_from, first.shows_da = None, 2, date(2027, 1, 1), "Noget andet."
    first.save(force_insert=True)
    return first


def test_the_history_says_from_when_until_when_each_version_was_in_force(result_measure):
    make_second(result_measure)

    assert [(one.version, one.valid_from, one.valid_to) for one in result_measure.history()] == [
        (2, date(2027, 1, 1), None),
        (1, date(2026, 11, 1), date(2027, 1, 1)),
    ]


def test_a_version_cannot_be_changed_or_removed(result_measure):
    version = result_measure.versions.get()

    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        MeasureVersion.objects.filter(pk=version.pk).update(shows_da="Noget andet.")
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        version.delete()


def test_a_version_is_there_once(result_measure):
    make_second(result_measure)

    with pytest.raises(IntegrityError, match="measure_version_once"), transaction.atomic():
        make_second(result_measure)


def test_the_database_takes_no_fact_that_somebody_could_be_judged_by(measures):
    gini = measures["gini"]
    gini.direction = Measure.Direction.LOWER_BETTER

    with pytest.raises(IntegrityError, match="measure_of_the_labour_market_is_neutral"), transaction.atomic():
        gini.save()
    with pytest.raises(ValidationError, match="ingens resultat"):
        gini.validate_constraints()


def test_the_database_takes_no_definition_checked_by_its_author(result_measure):
    result_measure.checker = result_measure.author

    with pytest.raises(IntegrityError, match="measure_checked_by_somebody_else"), transaction.atomic():
        result_measure.save()


def test_only_a_result_with_a_worse_side_can_be_flagged(measures):
    flaggable = {code for code, measure in measures.items() if measure.can_be_flagged}
    assert "job_after_6_months" in flaggable
    assert "gini" not in flaggable

    neutral = measures["job_after_6_months"]
    neutral.direction = Measure.Direction.NEUTRAL
    assert neutral.is_assessable
    assert not neutral.can_be_flagged


@pytest.mark.parametrize("lag", [0, 1, 6, 12])
@pytest.mark.parametrize("on", [date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 31), date(2027, 4, 1)])
def test_the_database_holds_the_same_figures_back_as_the_rule(
    make_jobcentres, measure_all, result_measure, lag, on
):
    Measure.objects.filter(pk=result_measure.pk).update(mature_after=lag)
    codes = {"2026Q03", "2026M08", "2026QMAT02", "2026H01", "2025Y01", "2026M02", "2024M02"}
    jobcentres = make_jobcentres(1)
    for code in codes:
        measure_all(jobcentres, [0.5], period=code)

    usable = set(Measurement.objects.mature(on=on).values_list("period", flat=True))
    held_back = set(Measurement.objects.held_back(on=on).values_list("period", flat=True))

    assert usable == {code for code in codes if is_mature(parse(code), lag=lag, on=on)}
    assert held_back == codes - usable
