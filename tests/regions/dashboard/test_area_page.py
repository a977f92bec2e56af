"""The officer's first page: a sentence with figures, a map, a funnel and a table of one measure."""

import csv
import json
import re
from io import StringIO

import pytest

from jobcenter.centres.models import Jobcentre
from regions.comparison.models import Comparison, Result
from regions.measures.models import Measure, TargetGroup
from tests.regions.making import (
    A_YEAR_AGO,
    AS_EXPECTED,
    FAR_OVER,
    FAR_UNDER,
    NOW,
    TOO_FEW,
    Said,
    make_comparison,
    make_flag,
)
from tests.regions.reading import text_of

URL = "/omraadet/"

QUERIES = 27
"""That the page asks when the address leaves all three choices open; two fewer when it says them."""


@pytest.fixture
def officer(client, sjaelland):
    client.force_login(sjaelland.officer)
    return client


def test_the_sentence_names_the_worst_with_figures_and_how_long_it_has_lasted(officer, compared):
    text = text_of(officer.get(URL))

    assert "Køge når færre, end vilkårene tilsiger: 354 mod forventet 471." in text
    assert "Det ligger uden for grænsen for tilfældighed i to perioder i træk." in text
    assert "Roskilde bør følges." in text
    assert "Siden forrige periode er Roskilde kommet til." in text
    assert "0 af 2 jobcentre ligger, hvor man skulle vente." in text
    assert "højst 5 % falske alarmer" in text


def test_where_lower_is_better_the_sentence_says_more_and_not_fewer(
    officer, sjaelland, koege, roskilde, measures, group, flag_rule
):
    make_comparison(
        measures["back_within_12_months"], group, {koege.jobcentre: FAR_OVER, roskilde.jobcentre: AS_EXPECTED}
    )

    text = text_of(officer.get(URL))

    assert "Køge har flere, end vilkårene tilsiger: 547 mod forventet 454." in text
    assert "når færre" not in text


def test_on_a_neutral_measure_nobody_does_better_or_worse(
    officer, koege, roskilde, result_measure, group, flag_rule
):
    Measure.objects.filter(pk=result_measure.pk).update(direction=Measure.Direction.NEUTRAL)
    make_comparison(result_measure, group, {koege.jobcentre: FAR_UNDER, roskilde.jobcentre: AS_EXPECTED})

    text = text_of(officer.get(URL))

    assert "Køge ligger uden for grænserne; målingen siger ikke, hvad der er bedst." in text
    assert "bedre end forventet" not in text
    assert "bør følges" not in text


def test_when_nobody_is_out_of_line_the_sentence_says_so(
    officer, koege, roskilde, result_measure, group, flag_rule
):
    make_comparison(result_measure, group, {koege.jobcentre: AS_EXPECTED, roskilde.jobcentre: AS_EXPECTED})

    text = text_of(officer.get(URL))

    assert "Ingen af områdets jobcentre klarer sig dårligere, end vilkårene tilsiger." in text
    assert "2 af 2 jobcentre ligger, hvor man skulle vente." in text


def test_a_jobcentre_with_too_few_data_is_neither_good_nor_bad(
    officer, koege, roskilde, result_measure, group, flag_rule
):
    make_comparison(result_measure, group, {koege.jobcentre: TOO_FEW, roskilde.jobcentre: AS_EXPECTED})

    text = text_of(officer.get(URL))

    assert "Køge For få data – 9 –" in text
    assert "1 af 2 jobcentre ligger, hvor man skulle vente." in text


def test_who_has_no_figures_stands_in_the_table_and_is_not_counted_as_compared(
    officer, koege, roskilde, result_measure, group, flag_rule
):
    make_comparison(result_measure, group, {koege.jobcentre: FAR_UNDER})

    text = text_of(officer.get(URL))

    assert "Tal for 1 af 2 jobcentre · 4 kvartaler til 3. kvt. 2026" in text
    assert "Roskilde Ingen tal i perioden" in text
    assert "1 af landets jobcentre er tegnet; dem i Sjælland er fremhævet" in text


def test_all_are_counted_where_all_have_figures(officer, compared):
    assert "2 jobcentre · 4 kvartaler til 3. kvt. 2026 · landets nyeste data fra 12. nov." in text_of(
        officer.get(URL)
    )


def test_who_has_figures_and_no_point_in_the_funnel_is_said(officer, compared, koege):
    compared.results.filter(jobcentre=koege.jobcentre).update(expected=None, z=None, z_adjusted=None)

    text = text_of(officer.get(URL))

    assert "2 af landets jobcentre er tegnet" in text
    assert "1 jobcenter med tal er ikke tegnet: der er for få data" in text


def test_limits_that_were_widened_say_what_it_changes(officer, compared, roskilde):
    compared.results.filter(jobcentre=roskilde.jobcentre).update(z=-3.5)
    compared.results.exclude(jobcentre=roskilde.jobcentre).update(z=1.0)

    text = text_of(officer.get(URL))

    assert "udvidet for overspredning (τ = 0,020; φ = 1,55)" in text
    assert "Uden udvidelsen ville 1 jobcenter i landet ligge uden for 99,8 pct. i stedet for 2." in text


@pytest.mark.parametrize("url", [URL, "/omraadet/sammenlign/"])
def test_limits_that_were_not_widened_say_so_and_nothing_of_what_it_changes(officer, compared, url):
    Comparison.objects.update(tau2=0.0, phi=0.71)

    text = text_of(officer.get(url))

    assert "er ikke udvidet: der er ikke fundet større spredning mellem jobcentrene" in text
    assert "(τ = 0; φ = 0,71)" in text
    assert "udvidet for overspredning" not in text
    assert "Uden udvidelsen" not in text


def test_jobcentres_of_other_areas_have_no_row(officer, compared):
    page = officer.get(URL)

    assert "Aarhus" not in text_of(page)
    funnel = json.loads(re.search(r'<script id="funnel-data"[^>]*>(.*?)</script>', page.text)[1])
    assert [point["name"] for point in funnel["groups"][0]["points"]] == ["Aarhus"]


def test_the_table_shows_actual_beside_expected_and_where_the_flag_stands(
    officer, compared, koege, result_measure, group, flag_rule
):
    flag = make_flag(koege.jobcentre, measure=result_measure, group=group, rule=flag_rule)

    page = officer.get(URL)

    assert "Køge Klart under 75 354 471 −117 1.346 75 Foreslået : Køge" in text_of(page)
    assert f'href="{flag.get_absolute_url()}"' in page.text


def test_what_the_figures_rest_on_stands_under_the_table(officer, compared):
    text = text_of(officer.get(URL))

    assert "Kilde: Opdigtede tal til demonstration" in text
    assert "Landets nyeste data: torsdag 12. november 2026" in text
    assert "Definition: version 3" in text
    assert "Rammevilkårene forklarer 62 % af forskellene" in text


def test_before_anything_is_compared_the_page_says_what_to_do(officer):
    text = text_of(officer.get(URL))

    assert "Der er ikke sammenlignet noget endnu. Start en genberegning" in text
    assert "Målgruppe" not in text


def test_three_that_were_never_compared_together_are_said_to_be_so(officer, compared, measures):
    other = TargetGroup.objects.get(code="unemployment_benefit")
    make_comparison(measures["back_within_12_months"], other, {}, period=A_YEAR_AGO)

    page = officer.get(URL, {"measure": "back_within_12_months", "group": "ready_for_work", "period": NOW})

    assert "De tre er ikke sammenlignet sammen." in text_of(page)
    assert "354" not in text_of(page)


@pytest.mark.parametrize(
    "query",
    [
        {"measure": "findes-ikke"},
        {"group": "1 OR 1=1"},
        {"period": "2026Q05"},
        {"period": "2019Y01"},
        {"measure": "", "group": "", "period": ""},
        {"measure": "\x00"},
    ],
)
def test_an_address_with_values_that_are_not_there_is_answered_in_words(officer, compared, query):
    page = officer.get(URL, query)

    assert page.status_code == 200
    assert "De tre er ikke sammenlignet sammen." in text_of(page)


def test_an_address_with_one_value_takes_the_others_from_what_is_most_in_need(officer, compared):
    assert "354 mod forventet 471" in text_of(officer.get(URL, {"period": A_YEAR_AGO}))


def test_the_officer_first_sees_where_most_flags_wait_and_serious_ones_before_others(
    officer, compared, sjaelland, midtjylland, koege, roskilde, aarhus, measures, group, flag_rule
):
    """Flags of another area say nothing about what this officer should see first."""
    back = measures["back_within_12_months"]
    make_comparison(back, group, {koege.jobcentre: AS_EXPECTED, roskilde.jobcentre: AS_EXPECTED})
    make_flag(roskilde.jobcentre, measure=back, group=group, rule=flag_rule)
    for period in ("2026QMAT03", "2025QMAT03"):
        make_flag(aarhus.jobcentre, measure=compared.measure, group=group, rule=flag_rule, period=period)
        make_flag(
            koege.jobcentre,
            measure=compared.measure,
            group=group,
            rule=flag_rule,
            period=period,
            severity="watch",
        )

    page = officer.get(URL)

    assert page.context["picture"].comparison.measure == back


def test_what_has_been_compared_is_shown_even_if_the_flagged_comparison_is_gone(
    officer, compared, koege, measures, group, flag_rule
):
    make_flag(koege.jobcentre, measure=measures["back_within_12_months"], group=group, rule=flag_rule)

    assert officer.get(URL).context["picture"].comparison == compared


def test_more_jobcentres_take_no_more_queries_and_one_without_figures_takes_one(
    officer, compared, roskilde, make_jobcentres, django_assert_num_queries
):
    Result.objects.filter(comparison=compared, jobcentre=roskilde.jobcentre).delete()
    with django_assert_num_queries(QUERIES + 1):
        officer.get(URL)
    Result.objects.bulk_create(
        Result(
            comparison=compared, jobcentre=jobcentre, actual=40, base=100, expected=41, z=0.1, z_adjusted=0.1
        )
        for jobcentre in [roskilde.jobcentre, *make_jobcentres(5)]
    )
    with django_assert_num_queries(QUERIES):
        officer.get(URL)


def test_what_is_most_in_need_is_asked_for_only_where_the_address_leaves_something_open(
    officer, compared, django_assert_num_queries
):
    said = {"measure": compared.measure.code, "group": compared.target_group.code, "period": NOW}

    with django_assert_num_queries(QUERIES - 2):
        page = officer.get(URL, said)

    assert page.context["picture"].comparison == compared


@pytest.mark.parametrize("who", ["caseworker", "manager"])
def test_only_officers_have_an_area(client, compared, koege, who):
    client.force_login(getattr(koege, who))

    assert client.get(URL).status_code == 403
    assert client.get(URL, {"hent": "csv"}).status_code == 403


# --- the file ----------------------------------------------------------------------------------------


def read(response):
    text = b"".join(response).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text), delimiter=";"))


def test_each_line_of_the_file_says_its_data_date_and_definition_version(officer, compared):
    response = officer.get(f"{URL}?hent=csv")

    lines = read(response)
    assert [line["Jobcenter"] for line in lines] == ["Jobcenter Køge", "Jobcenter Roskilde"]
    for line in lines:
        assert (line["Datadato"], line["Definitionsversion"], line["Periode"]) == ("2026-11-12", "3", NOW)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response.headers["Content-Disposition"]


def test_numbers_in_the_file_have_decimal_commas_and_missing_ones_are_empty(
    officer, koege, roskilde, result_measure, group, flag_rule
):
    make_comparison(result_measure, group, {koege.jobcentre: FAR_UNDER, roskilde.jobcentre: TOO_FEW})

    koeges, roskildes = read(officer.get(URL, {"hent": "csv"}))

    assert (koeges["Faktisk"], koeges["Forventet"], koeges["z"]) == ("354", "471,0", "-4,4")
    assert (roskildes["Faktisk"], roskildes["Forventet"], roskildes["z"]) == ("9", "", "")
    assert (koeges["Status"], roskildes["Status"]) == ("vist", "vist")


def test_small_numbers_are_hidden_on_the_page_in_its_sentence_and_in_the_file(
    officer, koege, roskilde, result_measure, group, flag_rule
):
    """Of 400, three are in a job where 30 were expected: so clear that it would be the sentence itself."""
    make_comparison(
        result_measure, group, {koege.jobcentre: Said(3, 400, 30.0, -4.4), roskilde.jobcentre: AS_EXPECTED}
    )

    page = officer.get(URL)
    koeges, _roskildes = read(officer.get(URL, {"hent": "csv"}))

    assert "ligger klart under, hvad vilkårene tilsiger; tallene er for små til at blive fortalt" in text_of(
        page
    )
    (row, _other) = page.context["picture"].rows
    assert row.figures.is_hidden
    assert row.dot is None
    assert "Køge" not in json.dumps(page.context["funnel"]["groups"])
    assert {koeges[name] for name in ("Faktisk", "Ud af", "Forventet", "z")} == {""}
    assert koeges["Status"] == "skjult: små tal"


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_name_that_looks_like_a_formula_stays_a_text(officer, compared, koege, begins):
    name = f'{begins}HYPERLINK("http://ond.example";"Klik")'
    Jobcentre.objects.filter(pk=koege.jobcentre.pk).update(name=name)

    lines = read(officer.get(URL, {"hent": "csv"}))

    assert [line["Jobcenter"] for line in lines if "HYPERLINK" in line["Jobcenter"]] == [f"'{name}"]


def test_there_is_no_file_of_what_was_never_compared(officer, compared):
    assert officer.get(URL, {"hent": "csv", "period": "2019Y01"}).status_code == 404
    Comparison.objects.all().delete()
    assert officer.get(URL, {"hent": "csv"}).status_code == 404


def test_the_file_holds_no_jobcentre_of_another_area(officer, compared):
    assert all("Aarhus" not in line["Jobcenter"] for line in read(officer.get(URL, {"hent": "csv"})))
