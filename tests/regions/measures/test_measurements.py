"""What the database refuses to keep as a figure."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from regions.comparison.models import FrameworkCondition
from regions.measures.models import Measurement


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
def test_a_figure_and_a_framework_condition_are_numbers(value, make_jobcentres, measure_all):
    measure_all(make_jobcentres(2), [0.1, 0.2], period="2026Q03")

    for kept in (Measurement, FrameworkCondition):
        with pytest.raises(IntegrityError, match="is_a_number"), transaction.atomic():
            kept.objects.update(value=value)
