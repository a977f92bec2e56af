"""A measure of a jobcentre over time: the chart, what it says, and what every figure was computed from."""

import pytest
from django.urls import reverse

from tests.queries import asked
from tests.regions.making import A_YEAR_AGO, AS_EXPECTED, FAR_UNDER, make_comparison
from tests.regions.reading import text_of

QUARTERS = [f"{year}Q{quarter:02d}" for year in (2024, 2025, 2026) for quarter in (1, 2, 3, 4)][:11]


@pytest.fixture
def fallen(koege, measure_all):
    """Køge's quarters: ten that are alike, and the latest far below them."""
    for number, period in enumerate(QUARTERS):
        share = 0.05 if period == QUARTERS[-1] else 0.27 + 0.06 * (number % 2)
        measure_all([koege.jobcentre], [share], period=period)


def page(client, user, centre, code="job_after_6_months", **query):
    client.force_login(user)
    return client.get(reverse("dashboard:over_time", args=[centre.jobcentre.pk, code]), query)


def test_the_latest_figure_out_of_the_ordinary_is_said_in_words(client, fallen, koege):
    seen = page(client, koege.caseworker, koege)

    assert "Under den nedre grænse: 3. kvt. 2026 (til det værre)" in text_of(seen)
    assert "Med 11 tal ligger grænserne ikke fast endnu" in text_of(seen)


def test_the_chart_holds_the_mean_and_the_limits_and_marks_what_breaks_a_rule(client, fallen, koege):
    chart = page(client, koege.caseworker, koege).context["drawn"].chart

    upper, mean, lower = (line["value"] for line in chart["lines"])
    assert mean == pytest.approx((10 * 30 + 5) / 11, abs=0.1)
    assert upper - mean == pytest.approx(mean - lower, abs=0.001)
    assert [row["kind"] for row in chart["rows"]] == [""] * 10 + ["bad"]
    assert chart["y_min"] <= 5 <= chart["y_max"]


def test_each_figure_is_shown_with_what_it_was_computed_from(client, fallen, koege, delivery):
    text = text_of(page(client, koege.caseworker, koege))

    assert f"3. kvt. 2026 5,0 50 1.000 uden for grænserne {delivery.source} {delivery.file_name}" in text
    assert "data fra 12. nov." in text


def test_actual_stands_beside_expected_in_periods_that_share_no_month(
    client, fallen, koege, roskilde, result_measure, group
):
    for period in (A_YEAR_AGO, "2026QMAT02", "2026QMAT03"):
        make_comparison(
            result_measure,
            group,
            {koege.jobcentre: FAR_UNDER, roskilde.jobcentre: AS_EXPECTED},
            period=period,
        )

    seen = page(client, koege.caseworker, koege)

    assert [one.comparison.period for one in seen.context["compared"]] == ["2026QMAT03", A_YEAR_AGO]
    assert "I 4 kvartaler til 3. kvt. 2026: 354 mod forventet 471" in text_of(seen)
    assert [row["kind"] for row in seen.context["expected_chart"]["rows"]] == ["bad", "bad"]


@pytest.mark.parametrize(("weakness", "said"), [("poor_fit", True), ("", False)])
def test_a_weak_model_is_said_beside_its_period(
    client, fallen, koege, roskilde, result_measure, group, weakness, said
):
    both = {koege.jobcentre: FAR_UNDER, roskilde.jobcentre: AS_EXPECTED}
    make_comparison(result_measure, group, both, weakness=weakness)

    assert ("Svag model" in text_of(page(client, koege.caseworker, koege))) is said


def test_rolling_figures_alone_are_not_drawn_and_the_page_says_why(client, koege, measure_all):
    for period in ("2024QMAT03", "2025QMAT03", "2026QMAT03"):
        measure_all([koege.jobcentre], [0.3], period=period)

    seen = page(client, koege.caseworker, koege)

    assert seen.context["drawn"].chart is None
    assert "3 perioder uden overlap er for få" in text_of(seen)


def test_few_figures_say_how_many_it_takes(client, koege, measure_all):
    measure_all([koege.jobcentre], [0.3], period="2026Q03")

    assert "1 tal er for lidt til at tegne grænser" in text_of(page(client, koege.caseworker, koege))


def test_a_measure_without_figures_says_so(client, koege, measures):
    assert "Der er endnu ingen tal for denne måling" in text_of(page(client, koege.caseworker, koege))


@pytest.mark.parametrize("code", ["no_such_measure", "job_after_6_months"])
def test_what_is_not_there_is_not_found(client, koege, measures, code):
    client.force_login(koege.caseworker)
    pk = koege.jobcentre.pk if code == "no_such_measure" else 0

    assert client.get(reverse("dashboard:over_time", args=[pk, code])).status_code == 404


def test_more_periods_take_no_more_queries(client, koege, roskilde, measure_all, result_measure, group):
    def look():
        page(client, koege.caseworker, koege)

    both = {koege.jobcentre: FAR_UNDER, roskilde.jobcentre: AS_EXPECTED}
    measure_all([koege.jobcentre], [0.3], period="2026Q03")
    make_comparison(result_measure, group, both)
    look()
    few = asked(look).total()
    for period in QUARTERS[:-1]:
        measure_all([koege.jobcentre], [0.3], period=period)
    make_comparison(result_measure, group, both, period=A_YEAR_AGO)

    assert asked(look).total() == few


def test_the_jobcentres_page_draws_what_is_worse_than_expected(client, compared, fallen, koege):
    client.force_login(koege.caseworker)

    seen = client.get(reverse("dashboard:jobcentre", args=[koege.jobcentre.pk]))

    [drawn] = seen.context["drawn"]
    assert drawn.chart
    assert "Under den nedre grænse: 3. kvt. 2026" in text_of(seen)
