"""The picture of an area: its jobcentres beside the country, and beside themselves a period before."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobcenter.centres.models import AreaOffice, Serves
from regions.comparison.models import Comparison
from regions.comparison.standing import Side
from regions.dashboard import area_map, funnel_chart
from regions.dashboard.funnel_chart import name_sides
from regions.dashboard.picture import draw
from regions.measures.models import Measure
from tests.regions.making import (
    A_YEAR_AGO,
    AS_EXPECTED,
    FAR_OVER,
    FAR_UNDER,
    NOW,
    TOO_FEW,
    UNDER,
    Said,
    compare_period,
    make_comparison,
    make_flag,
    outline,
)


def names(rows):
    return [row.jobcentre.short_name for row in rows]


def test_the_areas_own_are_the_rows_and_the_rest_of_the_country_only_others(compared, sjaelland, aarhus):
    picture = draw(comparison=compared, office=sjaelland.office)

    assert names(picture.rows) == ["Køge", "Roskilde"]
    assert [result.jobcentre for result in picture.others] == [aarhus.jobcentre]
    assert picture.country_count == 3


def test_those_furthest_from_expected_come_first_whichever_way(
    sjaelland, koege, roskilde, result_measure, group, flag_rule
):
    comparison = make_comparison(
        result_measure, group, {koege.jobcentre: UNDER, roskilde.jobcentre: FAR_OVER}
    )

    picture = draw(comparison=comparison, office=sjaelland.office)

    assert names(picture.rows) == ["Roskilde", "Køge"]
    assert names(picture.better) == ["Roskilde"]
    assert names(picture.worse) == ["Køge"]


def test_the_period_before_is_the_latest_that_shares_no_month(
    compared, sjaelland, koege, result_measure, group
):
    """A quarter ago the window held three of the same quarters; two years ago is too long."""
    for period, said in (("2026QMAT02", FAR_OVER), ("2024QMAT03", FAR_OVER)):
        make_comparison(result_measure, group, {koege.jobcentre: said}, period=period)

    picture = draw(comparison=compared, office=sjaelland.office)

    assert picture.previous.period == A_YEAR_AGO
    assert picture.rows[0].before_standing.side is Side.CLEARLY_UNDER


def test_a_quarter_is_not_the_period_before_four_quarters(
    sjaelland, koege, roskilde, result_measure, group, flag_rule
):
    make_comparison(result_measure, group, {koege.jobcentre: AS_EXPECTED}, period="2025Q03")
    comparison = make_comparison(
        result_measure, group, {koege.jobcentre: FAR_UNDER, roskilde.jobcentre: AS_EXPECTED}
    )

    assert draw(comparison=comparison, office=sjaelland.office).previous is None


def test_periods_in_a_row_are_counted_back_to_the_first_that_was_not_worse(
    compared, sjaelland, koege, result_measure, group
):
    make_comparison(result_measure, group, {koege.jobcentre: AS_EXPECTED}, period="2024QMAT03")
    make_comparison(result_measure, group, {koege.jobcentre: FAR_UNDER}, period="2023QMAT03")

    koeges, roskildes = draw(comparison=compared, office=sjaelland.office).rows

    assert (koeges.in_a_row, roskildes.in_a_row) == (2, 1)


def test_a_missing_period_breaks_a_row(sjaelland, koege, roskilde, result_measure, group, flag_rule):
    make_comparison(result_measure, group, {koege.jobcentre: FAR_UNDER}, period="2024QMAT03")
    comparison = make_comparison(
        result_measure, group, {koege.jobcentre: FAR_UNDER, roskilde.jobcentre: AS_EXPECTED}
    )

    picture = draw(comparison=comparison, office=sjaelland.office)

    assert picture.previous.period == "2024QMAT03"
    assert picture.rows[0].in_a_row == 1


def test_who_crossed_a_limit_since_the_period_before_is_told_and_who_stayed_is_not(compared, sjaelland):
    picture = draw(comparison=compared, office=sjaelland.office)

    assert names(picture.moved) == ["Roskilde"]
    assert names(picture.newly_worse) == ["Roskilde"]
    assert picture.moved[0].change == "103 → 84"


def test_a_jobcentre_without_figures_is_named_and_not_taken_for_one_as_expected(
    sjaelland, koege, roskilde, result_measure, group, flag_rule
):
    comparison = make_comparison(result_measure, group, {koege.jobcentre: AS_EXPECTED})

    picture = draw(comparison=comparison, office=sjaelland.office)

    assert picture.without == [roskilde.jobcentre]
    assert picture.as_expected == 1


def test_the_flag_of_the_period_is_shown_before_an_older_open_one_and_old_decisions_not_at_all(
    compared, sjaelland, koege, roskilde, result_measure, group, flag_rule
):
    common = {"measure": result_measure, "group": group, "rule": flag_rule}
    make_flag(koege.jobcentre, **common, period=A_YEAR_AGO)
    of_period = make_flag(koege.jobcentre, **common, period=NOW)
    decided = make_flag(roskilde.jobcentre, **common, period=A_YEAR_AGO)
    decided.dismiss(by=sjaelland.officer, organisation=sjaelland.office.organisation, reason="Dataefterslæb")

    koeges, roskildes = draw(comparison=compared, office=sjaelland.office).rows

    assert koeges.flag == of_period
    assert roskildes.flag is None


def test_flags_on_another_target_group_are_not_shown(
    compared, sjaelland, koege, result_measure, group, flag_rule
):
    from regions.measures.models import TargetGroup

    other = TargetGroup.objects.get(code="unemployment_benefit")
    make_flag(koege.jobcentre, measure=result_measure, group=other, rule=flag_rule)

    assert draw(comparison=compared, office=sjaelland.office).rows[0].flag is None


def test_how_many_would_lie_outside_without_the_widening_is_counted_in_the_whole_country(
    compared, sjaelland, aarhus
):
    compared.results.filter(jobcentre=aarhus.jobcentre).update(z=3.5, z_adjusted=2.9)

    assert draw(comparison=compared, office=sjaelland.office).outside == (1, 2)


def test_it_is_counted_who_has_a_point_in_the_funnel_and_who_has_figures_and_none(
    sjaelland, midtjylland, koege, roskilde, aarhus, result_measure, group, flag_rule
):
    comparison = make_comparison(
        result_measure,
        group,
        {
            koege.jobcentre: AS_EXPECTED,
            roskilde.jobcentre: TOO_FEW,
            aarhus.jobcentre: Said(2, 40, 12.0, -2.5),
        },
    )

    picture = draw(comparison=comparison, office=sjaelland.office)

    assert (picture.country_count, picture.drawn, picture.not_drawn) == (3, 1, 2)


def test_the_picture_takes_the_same_few_queries_however_many_jobcentres_there_are(
    compared, sjaelland, make_jobcentres, koege
):
    def count() -> int:
        office = AreaOffice.objects.select_related("area").get(pk=sjaelland.office.pk)
        with CaptureQueriesContext(connection) as asked:
            draw(comparison=compared, office=office)
        return len(asked)

    few = count()
    from regions.comparison.models import Result

    Result.objects.bulk_create(
        Result(
            comparison=compared,
            jobcentre=jobcentre,
            actual=40,
            base=100,
            expected=41.0,
            z=0.1,
            z_adjusted=0.1,
        )
        for jobcentre in make_jobcentres(20)
    )

    assert few == count() == 8


# --- the map -----------------------------------------------------------------------------------------


def test_each_municipality_is_a_link_that_says_its_result(compared, sjaelland, koege, roskilde, aarhus):
    for number, centre in enumerate((koege, roskilde, aarhus)):
        outline(centre.municipality, at=(40 * number, 0))

    drawn = area_map.draw(draw(comparison=compared, office=sjaelland.office))

    told = {place.name: (place.said, place.css, place.figure) for place in drawn.places}
    assert told == {
        "Køge": ("Køge: 75 pct. af forventet, klart under", "ei-map-0", "▼ 75"),
        "Roskilde": ("Roskilde: 84 pct. af forventet, under", "ei-map-1", "◆ 84"),
    }
    assert len(drawn.land) == 1


def test_a_municipality_without_figures_is_drawn_as_such_and_not_as_land(
    sjaelland, koege, roskilde, result_measure, group, flag_rule
):
    outline(koege.municipality, at=(0, 0))
    outline(roskilde.municipality, at=(40, 0))
    comparison = make_comparison(result_measure, group, {koege.jobcentre: TOO_FEW})

    picture = draw(comparison=comparison, office=sjaelland.office)

    drawn = area_map.draw(picture)
    assert {place.said: (place.css, place.figure) for place in drawn.places} == {
        "Køge: for få data": ("ei-map-5", ""),
        "Roskilde: ingen tal i perioden": ("ei-map-6", ""),
    }
    looks = {look.text: look.css for look in area_map.legend(picture)}
    assert (looks["For få data"], looks["Ingen tal"]) == ("ei-map-5", "ei-map-6")


def test_a_municipality_served_by_a_jobcentre_of_another_name_says_so(compared, sjaelland, koege, roskilde):
    Serves.objects.filter(municipality=roskilde.municipality).delete()
    Serves.objects.create(
        jobcentre=koege.jobcentre,
        municipality=roskilde.municipality,
        evidence="test",
        valid_from="2007-01-01",
    )
    outline(roskilde.municipality, at=(0, 0))

    [place] = area_map.draw(draw(comparison=compared, office=sjaelland.office)).places

    assert place.said.startswith("Roskilde (Jobcenter Køge): 75 pct.")


def test_without_outlines_there_is_no_map(compared, sjaelland):
    assert area_map.draw(draw(comparison=compared, office=sjaelland.office)) is None


@pytest.mark.parametrize(
    ("direction", "texts"),
    [
        ("higher_better", ["▼ Klart under (99,8 %)", "◆ Under (95 %)", "Som forventet", "▲ Over"]),
        ("lower_better", ["▲ Klart over (99,8 %)", "◆ Over (95 %)", "Som forventet", "▼ Under"]),
        ("neutral", ["Som forventet", "▲ Over eller ▼ under"]),
    ],
)
def test_the_legend_says_which_side_is_the_bad_one(compared, sjaelland, direction, texts):
    Measure.objects.filter(pk=compared.measure_id).update(direction=direction)
    compared.refresh_from_db()

    looks = area_map.legend(draw(comparison=compared, office=sjaelland.office))

    assert [look.text for look in looks] == [*texts, "For få data (ingen nu)", "Ingen tal (ingen nu)"]


# --- the funnel --------------------------------------------------------------------------------------


def test_the_funnel_names_those_outside_and_not_the_others(compared, sjaelland):
    data = funnel_chart.draw(draw(comparison=compared, office=sjaelland.office), language="da")

    groups = {group["kind"]: [point["name"] for point in group["points"]] for group in data["groups"]}
    assert groups == {"other": ["Aarhus"], "own": [], "good": [], "warn": ["Roskilde"], "bad": ["Køge"]}
    assert [group["kind"] for group in data["groups"] if group["named"]] == ["good", "warn", "bad"]
    assert data["description"] == "Tragtdiagram over 3 jobcentre. Køge: klart under; Roskilde: under."


@pytest.mark.parametrize(
    ("direction", "kinds"),
    [
        ("lower_better", [("good", ["Køge", "Roskilde"]), ("warn", []), ("bad", [])]),
        ("neutral", [("good", []), ("good", ["Køge", "Roskilde"])]),
    ],
)
def test_nobody_is_drawn_as_worse_who_is_not(compared, sjaelland, direction, kinds):
    Measure.objects.filter(pk=compared.measure_id).update(direction=direction)
    compared.refresh_from_db()

    data = funnel_chart.draw(draw(comparison=compared, office=sjaelland.office), language="da")

    named = [group for group in data["groups"] if group["named"]]
    assert [(group["kind"], [point["name"] for point in group["points"]]) for group in named] == kinds


@pytest.mark.parametrize("direction", Measure.Direction.values)
def test_one_sign_of_the_legend_stands_for_every_point_of_its_name(
    compared, sjaelland, koege, roskilde, direction
):
    """One of them under, the other over, and on a neutral measure too."""
    Measure.objects.filter(pk=compared.measure_id).update(direction=direction)
    compared.results.filter(jobcentre=roskilde.jobcentre).update(actual=300, z_adjusted=4.0)
    compared.refresh_from_db()

    data = funnel_chart.draw(draw(comparison=compared, office=sjaelland.office), language="da")

    named = [group for group in data["groups"] if group["named"]]
    sides = [{point["y"] < data["centre"] for point in group["points"]} for group in named]
    assert sorted(map(len, sides))[-2:] == [1, 1]
    assert len({group["name"] for group in named}) == len(named)


def test_every_point_of_the_funnel_lies_within_its_axes(compared, sjaelland):
    data = funnel_chart.draw(draw(comparison=compared, office=sjaelland.office), language="da")

    points = [point for group in data["groups"] for point in group["points"]]
    assert all(data["x_min"] < point["x"] < data["x_max"] for point in points)
    assert all(data["y_min"] <= point["y"] <= data["y_max"] for point in points)
    assert data["y_ticks"][0] == data["y_min"]
    assert data["y_ticks"][-1] == data["y_max"]


def test_who_is_called_clearly_under_lies_below_the_outer_line_of_the_funnel(
    sjaelland, koege, roskilde, aarhus, measure_all, result_measure, group, make_jobcentres, flag_rule
):
    """The lines are drawn at the share of all: a jobcentre with about that share is called what it looks."""
    measure_all(make_jobcentres(60), [0.35, 0.36, 0.34] * 19 + [0.35, 0.36, 0.15], period=NOW)
    compare_period(NOW)
    comparison = Comparison.objects.get()
    data = funnel_chart.draw(draw(comparison=comparison, office=sjaelland.office), language="da")

    lower = dict(data["limits"][0]["points"])
    [clearly] = comparison.results.filter(z_adjusted__lt=-3.09)
    nearest = min(lower, key=lambda x: abs(x - clearly.expected))
    assert clearly.ratio < lower[nearest]


def test_where_nothing_could_be_expected_there_is_no_funnel(
    sjaelland, koege, roskilde, result_measure, group, flag_rule
):
    comparison = make_comparison(result_measure, group, {koege.jobcentre: TOO_FEW})

    assert funnel_chart.draw(draw(comparison=comparison, office=sjaelland.office), language="da") is None


def test_names_of_near_points_stand_on_different_sides(compared, koege, roskilde):
    near = [
        result
        for result in compared.results.select_related("jobcentre")
        if result.jobcentre in (koege.jobcentre, roskilde.jobcentre)
    ]
    for result, said in zip(near, (Said(80, 300, 100.0, -2.0), Said(81, 300, 101.0, -2.0)), strict=True):
        result.actual, result.expected = said.actual, said.expected

    sides = name_sides(near, x=(10, 1000), y=(50, 150))

    assert len(set(sides.values())) == 2
