"""An issue of some results, made and published in one go."""

from __future__ import annotations

from datetime import date

from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre
from regions.measures.models import Measure, TargetGroup
from regions.measures.periods import parse
from regions.publications.freezing import draw_up
from regions.publications.models import Publication
from regions.publications.publishing import publish
from tests.regions.making import AS_EXPECTED, FAR_UNDER, make_comparison

REASON = "Gennemgået måling for måling."


def publish_quarter(
    quarter: str, *, by: User, on: date = date(2026, 11, 26), correction: str = ""
) -> Publication:
    return publish(
        publication=draw_up(quarter=parse(quarter), on=on, correction=correction),
        by=by,
        organisation=by.memberships.get().organisation,
        reason=REASON,
    )


def compare_in(quarter: str, jobcentres: list[Jobcentre], *, measure: Measure, group: TargetGroup) -> None:
    """The first far under what was expected, and the others as expected."""
    first, *rest = jobcentres
    make_comparison(
        measure,
        group,
        {first: FAR_UNDER, **dict.fromkeys(rest, AS_EXPECTED)},
        period=quarter,
        definition_version=measure.version,
        digest=quarter,
    )
