"""Framework conditions as an area office brings them: tried, seen, and then they count."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from regions.comparison.load import load_conditions

HEADER = "jobcenter;år;rammevilkår;værdi"


@pytest.fixture(autouse=True)
def conditions(db):
    load_conditions()


def bring(page, *lines):
    content = "\n".join([HEADER, *lines, ""]).encode()
    page.get_by_label("Fil (CSV eller XLSX)").set_input_files(
        {"name": "rammevilkaar.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_label("Kilde").fill("Danmarks Statistik, HFUDD11")
    page.get_by_role("button", name="Se, hvad den ændrer").click()


def test_an_officer_brings_a_file_that_is_refused_and_one_that_counts(
    page, sign_in, sjaelland, koege, roskilde, axe, see
):
    sign_in(page, sjaelland.officer)
    page.goto(reverse("comparison:upload"))
    bring(page, "0259;2025;no_qualification;24,1", "0259;2025;kontanthjælp;3")
    expect(page.get_by_role("row", name="3", exact=False).last).to_be_visible()
    expect(page.get_by_role("region", name="Tabel: fejl i filen")).to_contain_text("spejlbilledet")
    axe(page)
    see(page, "rammevilkaar-afvist")

    bring(page, "0259;2025;no_qualification;24,1", "0265;2025;no_qualification;19,8")
    expect(page.get_by_text("Intet er gemt endnu")).to_be_visible()
    axe(page)
    see(page, "rammevilkaar-venter")
    page.get_by_role("button", name="Gem værdierne").click()
    expect(page.get_by_text("Gemt: 2 værdier")).to_be_visible()

    page.goto(reverse("comparison:conditions"))
    expect(page.get_by_role("region", name="Tabel: rammevilkår")).to_contain_text("2 af 2 jobcentre")
    axe(page)
    see(page, "rammevilkaar")
