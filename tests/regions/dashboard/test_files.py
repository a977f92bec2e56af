"""The figures of a page as a file: what it is of, which definition, how old, and zero, hidden or missing."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from regions.measures.models import Measurement
from tests.regions.making import AS_EXPECTED, FAR_UNDER, Said, make_comparison

NOBODY = Said(0, 400, 30.0, -5.0)
FEW = Said(3, 400, 30.0, -4.4)


@pytest.fixture
def compared(koege, roskilde, aarhus, result_measure, group, flag_rule):
    """Køge has nobody in a job, Roskilde so few that they are hidden."""
    return make_comparison(
        result_measure,
        group,
        {koege.jobcentre: NOBODY, roskilde.jobcentre: FEW, aarhus.jobcentre: AS_EXPECTED},
    )


@pytest.fixture
def facts(measures, delivery, koege, roskilde):
    """Unemployed persons: some in Køge, none in Roskilde, and of the others nothing is known."""
    for centre, value in ((koege, 812), (roskilde, 0)):
        Measurement.objects.create(
            measure=measures["unemployed"],
            municipality=centre.municipality,
            period="2020Y01",
            starts_on=date(2020, 1, 1),
            ends_on=date(2020, 12, 31),
            value=value,
            delivery=delivery,
        )


def lines_of(response):
    text = b"".join(response).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text), delimiter=";"))


def figure_of(cube, *codes):
    """A value and its status, by one code of each dimension."""
    place = 0
    for name, code in zip(cube["id"], codes, strict=True):
        index = cube["dimension"][name]["category"]["index"]
        place = place * len(index) + index.index(code)
    return cube["value"][place], cube["status"].get(str(place))


def measure_address(code="job_after_6_months"):
    return reverse("dashboard:measure", args=[code])


def test_every_jobcentres_results_on_a_measure_are_a_file(client, koege, compared):
    client.force_login(koege.caseworker)

    lines = lines_of(client.get(measure_address(), {"hent": "csv"}))

    said = {line["Jobcenter"]: (line["Faktisk"], line["Ud af"], line["Status"]) for line in lines}
    assert said == {
        "Jobcenter Køge": ("0", "400", "nul"),
        "Jobcenter Roskilde": ("", "", "skjult: små tal"),
        "Jobcenter Aarhus": ("204", "573", "vist"),
    }
    assert {(line["Definitionsversion"], line["Datadato"]) for line in lines} == {("3", "2026-11-12")}


def test_each_line_has_the_data_date_of_its_own_figure_and_no_other(client, koege, compared, delivery):
    """The newest of the country is another's."""
    delivery.data_date = date(2026, 8, 12)
    delivery.save()
    Measurement.objects.create(
        measure=compared.measure,
        target_group=compared.target_group,
        jobcentre=koege.jobcentre,
        period=compared.period,
        starts_on=compared.starts_on,
        ends_on=compared.ends_on,
        value=0,
        numerator=0,
        denominator=400,
        delivery=delivery,
    )
    client.force_login(koege.caseworker)

    said = {
        line["Jobcenter"]: line["Datadato"]
        for line in lines_of(client.get(measure_address(), {"hent": "csv"}))
    }

    assert said["Jobcenter Køge"] == "2026-08-12"
    assert said["Jobcenter Aarhus"] == "2026-11-12"


def test_a_p_that_is_hardly_above_0_is_not_0(client, koege, compared):
    compared.results.update(p_adjusted=0.0000234)
    client.force_login(koege.caseworker)

    lines = lines_of(client.get(measure_address(), {"hent": "csv"}))

    assert {line["p, justeret for antallet af sammenligninger"] for line in lines} == {"2,3E-05", ""}


def test_a_jobcentre_is_told_its_own_small_numbers_in_the_file(client, roskilde, compared):
    client.force_login(roskilde.caseworker)

    lines = lines_of(client.get(measure_address(), {"hent": "csv"}))

    assert [line["Faktisk"] for line in lines if line["Jobcenter"] == "Jobcenter Roskilde"] == ["3"]


def test_the_same_results_are_a_cube(client, koege, compared):
    client.force_login(koege.caseworker)

    response = client.get(measure_address(), {"hent": "json"})

    cube = response.json()
    assert response.headers["Content-Disposition"].endswith('.json"')
    assert (cube["version"], cube["class"], cube["updated"]) == ("2.0", "dataset", "2026-11-12")
    assert len(cube["value"]) == 3 * 12
    here = ("job_after_6_months", "ready_for_work", "2026QMAT03")
    assert figure_of(cube, *here, "0259", "actual") == (0, None)
    assert figure_of(cube, *here, "0265", "actual") == (None, "suppressed")
    assert figure_of(cube, *here, "0265", "z") == (None, "suppressed")
    assert figure_of(cube, *here, "0751", "actual") == (204, None)
    assert "definitionens version 3, nyeste data pr. 2026-11-12" in cube["note"][0]


def test_a_jobcentre_of_the_area_without_figures_is_missing_and_not_zero(
    client, sjaelland, koege, roskilde, result_measure, group, flag_rule
):
    make_comparison(result_measure, group, {koege.jobcentre: FAR_UNDER})
    client.force_login(sjaelland.officer)

    cube = client.get(reverse("dashboard:area"), {"hent": "json"}).json()

    here = ("job_after_6_months", "ready_for_work", "2026QMAT03")
    assert figure_of(cube, *here, "0259", "ratio") == (pytest.approx(75.2, abs=0.1), None)
    assert figure_of(cube, *here, "0265", "ratio") == (None, "missing")


def test_a_workbook_has_numbers_and_days_as_what_they_are(client, koege, compared):
    client.force_login(koege.caseworker)
    response = client.get(reverse("dashboard:jobcentre", args=[koege.jobcentre.pk]), {"hent": "xlsx"})

    headings, values = load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True)
    line = dict(zip(headings, values, strict=True))

    assert (line["Jobcenter"], line["Faktisk"], line["Forventet"]) == ("Jobcenter Køge", 0, 30)
    assert line["Datadato"].date() == date(2026, 11, 12)
    assert line["Status"] == "nul"


def test_facts_of_the_municipalities_tell_zero_from_missing(client, koege, facts, aarhus):
    client.force_login(koege.caseworker)

    lines = lines_of(client.get(measure_address("unemployed"), {"hent": "csv"}))
    cube = client.get(measure_address("unemployed"), {"hent": "json", "period": "2020Y01"}).json()

    said = {line["Kommune"]: (line["Værdi"], line["Status"]) for line in lines}
    assert said["Køge"] == ("812,0", "vist")
    assert said["Roskilde"] == ("0,0", "nul")
    assert said["Aarhus"] == ("", "mangler")
    assert figure_of(cube, "unemployed", "2020Y01", "0265", "value") == (0, None)
    assert figure_of(cube, "unemployed", "2020Y01", "0751", "value") == (None, "missing")
    assert cube["note"] == ["unemployed: definitionens version 1."]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_there_is_no_file_of_no_figures(client, koege, measures, kind):
    client.force_login(koege.caseworker)

    assert client.get(measure_address("gini"), {"hent": kind}).status_code == 404


def test_the_file_of_a_measure_asks_as_much_for_many_periods_as_for_one(
    client, koege, roskilde, compared, result_measure, group, django_assert_max_num_queries
):
    for year in (2022, 2023, 2024):
        make_comparison(result_measure, group, {koege.jobcentre: FAR_UNDER}, period=f"{year}QMAT03")
    client.force_login(koege.caseworker)

    with django_assert_max_num_queries(14):
        lines_of(client.get(measure_address(), {"hent": "csv"}))


def test_every_page_with_results_is_a_file_too(client, koege, sjaelland, compared, measures, group, delivery):
    """The same columns everywhere, and a line for each jobcentre or period of the page."""
    Measurement.objects.create(
        measure=measures["job_after_6_months"],
        target_group=group,
        jobcentre=koege.jobcentre,
        period="2026QMAT03",
        starts_on=date(2025, 10, 1),
        ends_on=date(2026, 9, 30),
        value=0,
        numerator=0,
        denominator=400,
        delivery=delivery,
    )
    here = [koege.jobcentre.pk, "job_after_6_months"]
    pages = {
        (reverse("dashboard:country"), sjaelland.officer): 3,
        (f"{reverse('dashboard:compare')}?med=alle&jobcenter=", sjaelland.officer): 3,
        (reverse("dashboard:over_time", args=here), koege.manager): 1,
    }
    for (page, person), count in pages.items():
        client.force_login(person)
        address = f"{page}{'&' if '?' in page else '?'}hent="

        lines = lines_of(client.get(f"{address}csv"))
        cube = client.get(f"{address}json").json()

        assert len(lines) == count, page
        assert {(line["Definitionsversion"], line["Datadato"]) for line in lines} == {("3", "2026-11-12")}
        assert cube["dimension"]["jobcentre"]["category"]["index"] == [line["Kode"] for line in lines]


def test_in_the_country_zero_hidden_and_missing_are_told_apart(
    client, sjaelland, koege, roskilde, aarhus, result_measure, group, flag_rule
):
    make_comparison(result_measure, group, {koege.jobcentre: NOBODY, roskilde.jobcentre: FEW})
    client.force_login(sjaelland.officer)

    lines = lines_of(client.get(reverse("dashboard:country"), {"hent": "csv"}))

    states = {line["Jobcenter"]: line["Status"] for line in lines}
    assert states["Jobcenter Køge"] == "nul"
    assert states["Jobcenter Roskilde"] == "skjult: små tal"
    assert states["Jobcenter Aarhus"] == "mangler"
