from __future__ import annotations

import pytest

from regions.comparison.models import Comparison
from tests.regions.making import (
    A_YEAR_AGO,
    AS_EXPECTED,
    FAR_OVER,
    FAR_UNDER,
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
