from __future__ import annotations

from datetime import date

import pytest

from regions.comparison.models import Comparison
from regions.measures.models import Measure, Measurement
from tests.regions.making import (
    A_YEAR_AGO,
    AS_EXPECTED,
    FAR_OVER,
    FAR_UNDER,
    NOW,
    UNDER,
    make_comparison,
)


@pytest.fixture
def compared(sjaelland, midtjylland, koege, roskilde, aarhus, result_measure, group, flag_rule) -> Comparison:
    """Køge far under in two years, Roskilde under in the last one; Aarhus, of another area, far over."""
    make_comparison(
        result_measure,
        group,
        {koege.jobcentre: FAR_UNDER, roskilde.jobcentre: AS_EXPECTED, aarhus.jobcentre: AS_EXPECTED},
        period=A_YEAR_AGO,
    )
    return make_comparison(
        result_measure,
        group,
        {koege.jobcentre: FAR_UNDER, roskilde.jobcentre: UNDER, aarhus.jobcentre: FAR_OVER},
    )


@pytest.fixture
def figure_of(delivery, result_measure, group):
    """Tells a place's jobcentre as many of so many in the latest four quarters."""

    def tell(centre, numerator: int, denominator: int, *, measure: Measure = result_measure) -> Measurement:
        return Measurement.objects.create(
            measure=measure,
            target_group=group,
            jobcentre=centre.jobcentre,
            period=NOW,
            starts_on=date(2025, 10, 1),
            ends_on=date(2026, 9, 30),
            value=100 * numerator / denominator,
            numerator=numerator,
            denominator=denominator,
            delivery=delivery,
        )

    return tell
