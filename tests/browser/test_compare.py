"""Comparing as an officer and a jobcentre do it: chosen, read, kept, and sent as an address."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from regions.comparison import load
from regions.measures import load as definitions
from regions.measures.models import Measure, TargetGroup
from regions.oversight import load as flag_rules
from tests.regions.making import FAR_OVER, FAR_UNDER, UNDER, make_comparison


@pytest.fixture
def compared(db, sjaelland, midtjylland, koege, roskilde, aarhus):
    for reference in (*definitions.REFERENCES, *flag_rules.REFERENCES):
        reference.load()
    load.load_conditions()
    return make_comparison(
        Measure.objects.get(code="job_after_6_months"),
        TargetGroup.objects.get(code="ready_for_work"),
        {koege.jobcentre: FAR_UNDER, roskilde.jobcentre: UNDER, aarhus.jobcentre: FAR_OVER},
        coefficients={
            "intercept": 0.31,
            "population": 0.004,
            "long_commute": -0.21,
            "jobs_per_resident": 0.03,
        },
        weakness="poor_fit",
    )


def test_a_jobcentre_compares_itself_with_those_it_chooses_and_keeps_the_choice(
    page, sign_in, compared, koege, axe, see
):
    sign_in(page, koege.caseworker)
    page.goto(reverse("dashboard:compare"))
    expect(page.get_by_role("region", name="Hvad sammenligningen siger")).to_contain_text("Køge når 75 pct.")
    axe(page)
    see(page, "sammenlign")

    page.get_by_label("Sammenlignet med").select_option(label="Mit eget valg")
    page.get_by_role("button", name="Vis", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Vælg mindst ét jobcenter.")
    axe(page)
    page.get_by_role("checkbox", name="Jobcenter Aarhus").check()
    page.get_by_role("button", name="Vis", exact=True).click()
    table = page.get_by_role("region", name="Tabel: de sammenlignede jobcentre")
    expect(table.get_by_role("row", name="Aarhus")).to_contain_text("Klart over")
    expect(table.get_by_role("row", name="Roskilde")).to_have_count(0)

    page.get_by_text("Gem dette valg").click()
    page.get_by_label("Valgets navn").fill("De store")
    page.get_by_role("button", name="Gem valget").click()
    expect(page.get_by_role("navigation", name="Gemte valg")).to_contain_text("De store")
    axe(page)
    see(page, "sammenlign-valg")


def test_small_numbers_are_hidden_from_the_officer(
    page, sign_in, compared, sjaelland, koege, roskilde, axe, see
):
    compared.results.filter(jobcentre=roskilde.jobcentre).update(actual=3)
    sign_in(page, sjaelland.officer)

    page.goto(reverse("dashboard:compare"))

    table = page.get_by_role("region", name="Tabel: de sammenlignede jobcentre")
    expect(table.get_by_role("row", name="Roskilde")).to_contain_text("skjult")
    expect(table.get_by_role("row", name="Sammen")).to_contain_text("skjult")
    axe(page)
    see(page, "sammenlign-skjult")
