"""What is frozen is what was shown; and nothing changes it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.utils import Error
from django.test.utils import CaptureQueriesContext

from regions.comparison.models import FrameworkCondition, Result
from regions.comparison.showing import figures_of
from regions.measures.models import TargetGroup
from regions.measures.suppression import Limits
from regions.publications.freezing import draw_up
from regions.publications.models import FrozenComparison, FrozenResult, Participant, Publication
from tests.regions.making import AS_EXPECTED, FAR_UNDER, TOO_FEW, UNDER, Said, make_comparison
from tests.regions.publications.conftest import QUARTER, TODAY

SAID = ("state", "actual", "base", "share", "expected", "difference", "points", "ratio")


def frozen_of(publication) -> dict[str, FrozenResult]:
    results = FrozenResult.objects.filter(comparison__publication=publication)
    return {one.participant.short_name: one for one in results.select_related("participant", "comparison")}


def test_every_frozen_number_is_the_one_that_was_shown(compared, koege, make_jobcentres, issue):
    """Of jobcentres of all sizes: also of one too small to tell a share of, and of one with nobody."""
    said = [UNDER, TOO_FEW, Said(0, 40, 3.1, -1.9), Said(17, 40, 16.4, 0.1)]
    for jobcentre, one in zip(make_jobcentres(4), said, strict=True):
        Result.objects.create(
            comparison=compared,
            jobcentre=jobcentre,
            actual=one.actual,
            base=one.base,
            expected=one.expected,
            z_adjusted=one.z,
        )

    frozen = frozen_of(issue())

    shown = {
        result.jobcentre.short_name: figures_of(result, limits=Limits(), is_own=False)
        for result in compared.results.select_related("jobcentre")
    }
    assert frozen.keys() == shown.keys()
    for name, figures in shown.items():
        for number in SAID:
            assert getattr(frozen[name], number) == getattr(figures, number), (name, number)
    assert (frozen["Køge"].z_adjusted, frozen["Køge"].p_adjusted) == (-4.4, 0.002)
    assert frozen["Køge"].standing.word == "Klart under"


def test_a_comparison_keeps_what_its_limits_are_drawn_from_and_where_it_came_from(
    compared, defined_conditions, koege, issue
):
    for year in (2019, 2024, 2031):
        FrameworkCondition.objects.create(
            jobcentre=koege.jobcentre, year=year, condition_id="population", value=9.0, source="test"
        )

    [frozen] = issue().comparisons.all()

    assert (frozen.theta, frozen.phi, frozen.tau2, frozen.r_squared) == (1.0, 1.55, 0.0004, 0.62)
    assert frozen.share == pytest.approx((354 + 204 + 547) / (1346 + 573 + 1231))
    assert (frozen.actual, frozen.base) == (354 + 204 + 547, 1346 + 573 + 1231)
    assert (frozen.period, frozen.data_date, frozen.conditions_year) == (
        "2026QMAT03",
        compared.data_date,
        2024,
    )
    assert frozen.definition.version == compared.definition_version
    assert (frozen.compared, frozen.made) == (3, 3)


def test_peers_are_kept_the_nearest_first_and_by_the_name_they_had(compared, koege, roskilde, aarhus, issue):
    published = issue()
    koege.jobcentre.name = "Jobcenter Ny Køge"
    koege.jobcentre.save()

    frozen = frozen_of(published)

    # Expected shares: Køge 0.350, Roskilde 0.347, Aarhus 0.369.
    assert frozen["Køge"].peers == [roskilde.jobcentre.pk, aarhus.jobcentre.pk]
    assert frozen["Aarhus"].peers == [koege.jobcentre.pk, roskilde.jobcentre.pk]


def test_a_jobcentre_without_figures_is_missing_and_not_zero(compared, make_jobcentres, issue):
    make_jobcentres(1)

    frozen = frozen_of(issue())["Nr. 0"]

    assert (frozen.state, frozen.actual, frozen.peers) == ("missing", None, [])


def test_only_what_ends_in_the_quarter_is_taken_and_of_each_measure_the_latest(
    compared, koege, measures, result_measure, issue
):
    other = TargetGroup.objects.get(code="unemployment_benefit")
    said = {koege.jobcentre: AS_EXPECTED}
    version = {"definition_version": result_measure.version}
    make_comparison(result_measure, other, said, period="2026QMAT02", **version)
    make_comparison(result_measure, other, said, period="2026QMAT04", **version)
    make_comparison(result_measure, compared.target_group, said, period="2026Q03", **version)
    monthly = measures["answers_in_time"]
    for period in ("2026M07", "2026M08", "2026M10"):
        make_comparison(monthly, other, said, period=period, definition_version=monthly.version)

    assert list(issue().comparisons.values_list("code", "period")) == [
        ("answers_in_time.unemployment_benefit", "2026M08"),
        ("job_after_6_months.ready_for_work", "2026QMAT03"),
    ]


def test_what_the_law_requires_of_all_alike_is_not_compared_in_public(compared, koege, measures, issue):
    timely = measures["timely_offer"]
    make_comparison(
        timely,
        compared.target_group,
        {koege.jobcentre: AS_EXPECTED},
        period="2026Q03",
        definition_version=timely.version,
    )

    draft = issue()

    assert list(draft.comparisons.values_list("code", flat=True)) == ["job_after_6_months.ready_for_work"]
    assert [one["why"] for one in draft.left_out if one["code"] == "timely_offer"] == ["required"]


def test_a_draft_follows_the_results_until_it_is_published(compared, recomputed, koege):
    draw_up(quarter=QUARTER, on=TODAY)
    recomputed(koege.jobcentre, actual=360)

    again = draw_up(quarter=QUARTER, on=TODAY)

    assert Publication.objects.get() == again
    assert frozen_of(again)["Køge"].actual == 360


CHANGES = {
    "a result": lambda: FrozenResult.objects.update(actual=1),
    "a comparison": lambda: FrozenComparison.objects.update(tau2=0.5),
    "a jobcentre's name": lambda: Participant.objects.update(name="Jobcenter Andet"),
    "the issue": lambda: Publication.objects.update(areas={}),
    "back to a draft": lambda: Publication.objects.update(state="draft", number=None, published_at=None),
    "a result taken out": lambda: FrozenResult.objects.all()._raw_delete("default"),
    "all taken out": lambda: Publication.objects.all().delete(),
    "one result more": lambda: FrozenResult.objects.create(
        comparison=FrozenComparison.objects.get(),
        participant=Participant.objects.create(
            publication=Publication.objects.get(), jobcentre=Result.objects.first().jobcentre
        ),
        state="missing",
    ),
    "moved into a draft": lambda: Participant.objects.update(
        publication=Publication.objects.create(period="2026Q02", starts_on="2026-04-01", ends_on="2026-06-30")
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_the_database_refuses_to_change_what_is_published(compared, issue, change):
    issue()

    with pytest.raises(Error, match=r"never changes|Cannot (update|delete)|no transition"):
        change()


def test_all_results_are_written_by_one_statement_however_many_there_are(
    compared, result_measure, make_jobcentres
):
    """And what is asked does not grow with the comparisons."""
    said = dict.fromkeys(make_jobcentres(3), FAR_UNDER)
    draw_up(quarter=QUARTER, on=TODAY)
    with CaptureQueriesContext(connection) as with_one:
        draw_up(quarter=QUARTER, on=TODAY)
    for group in TargetGroup.objects.exclude(code="ready_for_work"):
        make_comparison(result_measure, group, said, definition_version=result_measure.version)

    with CaptureQueriesContext(connection) as with_all:
        draw_up(quarter=QUARTER, on=TODAY)

    assert FrozenComparison.objects.count() == 9
    assert len(with_all) == len(with_one)
