"""A quarter's comparison of some jobcentres, and how it is drawn up and published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from regions.comparison.models import Comparison, Result
from regions.measures.periods import parse
from regions.publications.models import Publication
from tests.regions.making import AS_EXPECTED, FAR_OVER, FAR_UNDER, make_comparison
from tests.regions.publications.making import publish_quarter

QUARTER = parse("2026Q03")
TODAY = date(2026, 11, 26)


@pytest.fixture
def compared(koege, roskilde, aarhus, result_measure, group) -> Comparison:
    """Three jobcentres, none of them small."""
    said = {koege.jobcentre: FAR_UNDER, roskilde.jobcentre: AS_EXPECTED, aarhus.jobcentre: FAR_OVER}
    return make_comparison(
        result_measure, group, said, definition_version=result_measure.version, digest="1" * 64
    )


@pytest.fixture
def recomputed(compared: Comparison) -> Callable[..., None]:
    """Gives a jobcentre other figures, as a recomputation would."""

    def recompute(jobcentre, **figures) -> None:
        Result.objects.filter(comparison=compared, jobcentre=jobcentre).update(**figures)
        Comparison.objects.filter(pk=compared.pk).update(digest=str(figures)[:64])

    return recompute


@pytest.fixture
def issue(national) -> Callable[..., Publication]:
    """Draws the quarter up and publishes it; with a text, as a correction."""

    def make(correction: str = "") -> Publication:
        return publish_quarter(QUARTER.code, by=national, on=TODAY, correction=correction)

    return make
