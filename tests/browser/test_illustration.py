"""The method on real municipalities: chosen, read and followed, with the mark always in sight."""

from __future__ import annotations

from django.urls import reverse
from playwright.sync_api import expect


def test_a_caseworker_reads_the_illustration_and_follows_a_municipality(page, sign_in, koege, axe, see):
    sign_in(page, koege.caseworker)
    page.goto(reverse("dashboard:compare"))
    page.get_by_role("link", name="Metoden, illustreret").click()
    expect(page.get_by_text("Illustration, ikke vurdering").first).to_be_visible()

    page.get_by_label("År", exact=True).select_option("2019")
    page.get_by_label("Følg en kommune").select_option(label="Køge")
    page.get_by_role("button", name="Vis", exact=True).click()

    expect(page.get_by_role("heading", name="Køge over tid")).to_be_visible()
    table = page.get_by_role("region", name="Tabel: alle kommuner")
    expect(table.get_by_role("row", name="Ishøj")).to_contain_text("Klart over")
    expect(page.get_by_role("img", name="Tragtdiagram").first).to_be_visible()
    axe(page)
    see(page, "illustration")
