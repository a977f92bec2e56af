"""Measures: what is assessed and what is only shown, with definition, source and data date."""

from datetime import date

import pytest
from django.urls import reverse

from regions.measures.models import Measure, Measurement
from tests.regions.reading import text_of


@pytest.fixture
def staff(client, koege, measures):
    client.force_login(koege.caseworker)
    return client


@pytest.fixture
def facts(measures, delivery, koege, roskilde, aarhus):
    """The number of jobs in each municipality, in two years."""
    for year, jobs in ((2021, (100, 200, 300)), (2022, (28_500, 52_300, 205_000))):
        for centre, value in zip((koege, roskilde, aarhus), jobs, strict=True):
            Measurement.objects.create(
                measure=measures["jobs"],
                municipality=centre.municipality,
                period=f"{year}Y01",
                starts_on=date(year, 1, 1),
                ends_on=date(year, 12, 31),
                value=value,
                delivery=delivery,
            )


def measure_page(client, code, **query):
    return client.get(reverse("dashboard:measure", args=[code]), query)


def test_facts_about_the_labour_market_are_marked_as_illustration(staff, measures):
    text = text_of(staff.get(reverse("dashboard:measures")))

    assert "Fakta om arbejdsmarkedet vises og holdes aldrig imod et jobcenter." in text
    facts = [one for one in measures.values() if one.kind == "labour_market"]
    invented = [one for one in measures.values() if one.is_assessable and one.is_fictional]
    assert text.count("illustration, ikke vurdering") == len(facts) > 0
    assert text.count("vurderes; opdigtede tal") == len(invented) > 0


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("target_group", "Vises, vurderes ikke: den siger, hvem jobcentrene arbejder for, ikke hvor godt."),
        ("effort", "Vises, vurderes ikke: den siger, hvad jobcentrene gør."),
    ],
)
def test_what_is_neither_fact_nor_result_is_shown_and_not_assessed(staff, measures, kind, said):
    Measure.objects.filter(code="gini").update(kind=kind)

    assert said in text_of(measure_page(staff, "gini"))
    assert "vises, vurderes ikke" in text_of(staff.get(reverse("dashboard:measures")))


def test_a_fact_says_on_its_own_page_that_it_is_nobodys_result(staff, facts):
    text = text_of(measure_page(staff, "jobs"))

    assert "Illustration, ikke vurdering: et faktum om arbejdsmarkedet" in text
    assert "Et resultat af jobcentrenes eget arbejde" not in text


def test_a_result_says_that_it_is_assessed_and_that_its_figures_are_invented(staff):
    text = text_of(measure_page(staff, "job_after_6_months"))

    assert "Et resultat af jobcentrenes eget arbejde" in text
    assert "Tallene er opdigtede." in text
    assert "Illustration" not in text


def test_a_measure_is_explained_under_the_four_headings_with_its_base_and_who_stands_by_it(staff):
    text = text_of(measure_page(staff, "job_after_6_months"))

    for heading in (
        "Hvad viser målingen?",
        "Hvordan er målingen beregnet?",
        "Hvad kan målingen fordeles på?",
        "Hvor kommer data fra?",
    ):
        assert heading in text
    assert "Tæller Afsluttede ydelsesforløb, hvor personen er i lønmodtagerbeskæftigelse" in text
    assert "Nævner Alle afsluttede ydelsesforløb" in text
    assert "Skrevet af Portalens redaktion. Kontrolleret af Portalens statistikere." in text
    assert "Definitionen gennemgås igen senest mandag 1. november 2027." in text


def test_a_figure_without_a_base_says_so(staff):
    assert "Ingen: tallet har intet grundlag" in text_of(measure_page(staff, "gini"))


def test_every_version_can_be_read_with_its_dates(staff, measures):
    second = measures["gini"].versions.get()
    second.pk, second.version, second.valid_from, second.shows_da = None, 2, date(2027, 1, 1), "Noget nyt."
    second.save(force_insert=True)

    page = measure_page(staff, "gini")

    assert 'id="version-1"' in page.text
    text = text_of(page)
    assert "Version 1, fra søndag 1. november 2026 til fredag 1. januar 2027" in text
    assert "Version 2, fra fredag 1. januar 2027" in text
    assert "Noget nyt." in text


def test_the_newest_period_is_shown_with_source_and_data_date(staff, facts):
    text = text_of(measure_page(staff, "jobs"))

    assert "Køge 28.500" in text
    assert "Kilde: Opdigtet Datadato: torsdag 12. november 2026" in text


def test_another_period_can_be_asked_for(staff, facts):
    text = text_of(measure_page(staff, "jobs", period="2021Y01"))

    assert "Køge 100" in text
    assert "28.500" not in text


def test_a_period_without_figures_is_answered_in_words(staff, facts):
    page = measure_page(staff, "jobs", period="1999Y01")

    assert page.status_code == 200
    assert "Køge" not in text_of(page)
    assert "form-error" in page.text


def test_municipalities_stand_in_danish_order(staff, facts):
    text = text_of(measure_page(staff, "jobs"))

    assert text.index("Køge") < text.index("Roskilde")


def test_a_measure_that_is_not_there_is_not_found(staff):
    assert measure_page(staff, "lykke").status_code == 404


def test_an_employer_sees_no_measures(client, employer, measures):
    client.force_login(employer)

    assert client.get(reverse("dashboard:measures")).status_code == 403
    assert measure_page(client, "jobs").status_code == 403
