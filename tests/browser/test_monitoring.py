"""The monitoring of bottlenecks: one occupation everywhere."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from regions.bottlenecks import load as bottleneck_rules
from regions.bottlenecks.models import Category, Place
from tests.regions.bottlenecks.making import know, tree_of
from tests.regions.making import outline

HALF_YEARS = ("2024H02", "2025H01", "2025H02", "2026H01")


@pytest.fixture
def nurses(db, sjaelland, midtjylland, koege, roskilde, aarhus):
    """Four half-years in which it became harder; each kind of cell somewhere in the last."""
    for reference in bottleneck_rules.REFERENCES:
        reference.load()
    for number, centre in enumerate((koege, roskilde, aarhus)):
        outline(centre.municipality, at=(40.0 * number, 0))
    nurses = tree_of("2221", "Sygeplejerske")
    for ago, period in enumerate(reversed(HALF_YEARS)):
        for place, code, attempts in (
            (Place.COUNTRY, "", 300),
            (Place.AREA, "sjaelland", 88),
            (Place.AREA, "midtjylland", 60),
        ):
            know(nurses, place, code, period=period, attempts=attempts, failed=attempts // (2 + ago))
    for place in (Place.CATCHMENT, Place.MUNICIPALITY):
        know(nurses, place, "0259", attempts=40, failed=20, category=Category.PARADOX)
        know(nurses, place, "0265", attempts=3, failed=1, hides_answers=True, hides_persons=True)
    know(nurses.parent, Place.MUNICIPALITY, "0265", attempts=21, failed=9, category=Category.PROBLEMS)
    return nurses


def test_one_occupation_everywhere(page, sign_in, nurses, sjaelland, axe, see):
    sign_in(page, sjaelland.officer)
    page.goto(reverse("bottlenecks:occupation", args=[nurses.code]))
    expect(page.get_by_role("region", name="Hvad billedet siger")).to_contain_text("to af to områder")
    expect(page.get_by_role("img", name="Forgæves rekruttering").locator("svg")).to_be_visible()
    axe(page)
    see(page, "stilling-overalt")

    page.get_by_label("Vist for").select_option(label="Kommuner")
    page.get_by_role("button", name="Vis", exact=True).click()
    said = "Køge: paradoks: forgæves rekruttering, selv om mange er ledige, 40 svar"
    page.get_by_role("link", name=said).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2, name="Køge")).to_be_visible()
    axe(page)
    see(page, "stilling-kommune")

    page.get_by_role("link", name="Roskilde: skjult: små tal").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Roskilde")).to_contain_text("læses kun af stedets eget jobcenter")
    axe(page)


def test_from_the_matrix_to_a_place_and_an_occupation_over_time(page, sign_in, nurses, koege, axe, see):
    sign_in(page, koege.caseworker)
    page.goto(reverse("bottlenecks:monitoring"))
    page.get_by_label("Kolonner").select_option(label="Kommuner")
    page.get_by_label("Niveau").select_option(label="Fag (4 cifre)")
    page.get_by_role("button", name="Vis", exact=True).click()
    matrix = page.get_by_role("region", name="Matrix: fag og sted")
    expect(matrix).to_contain_text("40 svar")
    axe(page)
    see(page, "overvaagning")

    matrix.get_by_role("link", name="Køge", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Fag i Køge")
    page.get_by_role("link", name="Sygeplejerske").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2, name="Sygeplejerske i Køge")).to_be_visible()
    expect(page.get_by_role("img", name="Forgæves rekruttering").locator("svg")).to_be_visible()
    axe(page)
    see(page, "fag-i-koege")

    page.get_by_role("link", name="Alle steder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sygeplejerske")


def test_the_beveridge_plot_is_drawn_beside_its_figures(page, sign_in, nurses, sjaelland, axe, see):
    group = nurses.parent.parent.parent
    for number, period in enumerate(HALF_YEARS):
        for place, code, times in ((Place.COUNTRY, "", 5), (Place.AREA, "sjaelland", 1)):
            know(
                group,
                place,
                code,
                period=period,
                employed=2000 * times,
                unemployed=(90 - 10 * number) * times,
                positions=(20 + 6 * number) * times,
            )
    sign_in(page, sjaelland.officer)
    page.goto(reverse("bottlenecks:beveridge") + "?group=2")
    expect(page.get_by_role("img", name="Beveridge-kurve").locator("svg")).to_be_visible()
    expect(page.get_by_role("region", name="Hvad billedet siger")).to_contain_text("strammere")
    expect(page.get_by_role("region", name="Tabel: kurvens punkter")).to_contain_text("1. halvår 2026")
    axe(page)
    see(page, "beveridge")
