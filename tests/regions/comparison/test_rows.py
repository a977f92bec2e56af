"""Columns out of the database and rows into it, by COPY in its binary form."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from regions.comparison import rows
from regions.comparison.comparing import RESULT
from regions.comparison.models import Comparison, Result
from regions.measures.models import Measurement
from tests.regions.making import FAR_UNDER, TOO_FEW, UNDER, make_comparison

KINDS = {"numerator": int, "value": float}


def test_a_column_comes_as_an_array(make_jobcentres, measure_all):
    measure_all(make_jobcentres(3), [0.1, 0.2, 0.3], period="2026Q03", value=12.5)
    figures = Measurement.objects.order_by("jobcentre__code")

    found = rows.columns(figures.values_list("numerator", "value"), KINDS)

    assert_array_equal(found["numerator"], [100, 200, 300])
    assert_array_equal(found["value"], [12.5, 12.5, 12.5])


def test_of_no_rows_every_column_is_empty(db):
    found = rows.columns(Measurement.objects.values_list("numerator", "value"), KINDS)

    assert [values.size for values in found.values()] == [0, 0]


def test_a_column_with_holes_is_refused(make_jobcentres, measure_all):
    """Read as if it had none, every value after a hole would be another's."""
    measure_all(make_jobcentres(2), [0.1, 0.2], period="2026Q03", numerator=None, denominator=None)

    with pytest.raises(ValueError, match="NULL"):
        rows.columns(Measurement.objects.values_list("numerator"), {"numerator": int})


def test_rows_go_in_as_they_are_and_what_is_no_number_as_null(make_jobcentres, result_measure, group):
    first, second = make_jobcentres(2)
    comparison = make_comparison(result_measure, group, {})
    said = [
        (comparison.pk, first.pk, 1, 2, 0.5, -1.5, np.nan, 1e-300, 1.0),
        (comparison.pk, second.pk, 3, 4, *[np.nan] * 5),
    ]

    block = rows.as_sent(np.array(said, dtype=RESULT))
    rows.take_in("comparison_result", columns=RESULT.names, block=block)

    fields = ("actual", "base", "expected", "z", "z_adjusted", "p", "p_adjusted")
    assert list(Result.objects.order_by("jobcentre__code").values_list(*fields)) == [
        (1, 2, 0.5, -1.5, None, 1e-300, 1.0),
        (3, 4, None, None, None, None, None),
    ]


def test_rows_take_the_place_of_all_that_their_owners_had(make_jobcentres, result_measure, group):
    """What stays is changed where it lies, what is new comes, what is gone goes; of other owners nothing."""
    stays, goes, comes = make_jobcentres(3)
    other = make_comparison(result_measure, group, {goes: TOO_FEW}, period="2025Q04")
    new = make_comparison(result_measure, group, {}, period="2026Q01")
    had = make_comparison(result_measure, group, {stays: FAR_UNDER, goes: UNDER}, period="2026Q02")
    key_before = had.results.get(jobcentre=stays).pk
    said = [(one.pk, jobcentre.pk, 7, 9, *[np.nan] * 5) for one in (had, new) for jobcentre in (comes, stays)]

    rows.replace(
        "comparison_result",
        columns=RESULT.names,
        key=("comparison_id", "jobcentre_id"),
        of=[had.pk],
        block=rows.as_sent(np.array(said, dtype=RESULT)),
    )

    there = Result.objects.order_by("comparison__ends_on", "jobcentre__code")
    assert list(there.values_list("comparison", "jobcentre", "actual", "base", "expected")) == [
        (other.pk, goes.pk, TOO_FEW.actual, TOO_FEW.base, None),
        (new.pk, stays.pk, 7, 9, None),
        (new.pk, comes.pk, 7, 9, None),
        (had.pk, stays.pk, 7, 9, None),
        (had.pk, comes.pk, 7, 9, None),
    ]
    assert had.results.get(jobcentre=stays).pk == key_before


def test_objects_are_added_as_they_are_and_know_their_keys(result_measure, group):
    """Also text that COPY would take for its own signs."""
    said = {"said": 'a "b"\\ c\n\t d – ø', "none": None}
    there = make_comparison(result_measure, group, {}, coefficients=said, weakness="a\tb\\n")
    fields = [field.attname for field in Comparison._meta.concrete_fields if not field.primary_key]
    told = {name: getattr(there, name) for name in fields}
    new = [Comparison(**{**told, "period": period}) for period in ("2025Q03", "2024Q03")]

    rows.add(new)

    assert len({there.pk, *(one.pk for one in new)}) == 3
    for one in new:
        assert not one._state.adding
        assert Comparison.objects.values(*fields).get(pk=one.pk) == {**told, "period": one.period}


def test_nothing_to_add_is_nothing_asked(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        rows.add([])
