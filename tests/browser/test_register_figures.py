"""Register figures as an area office brings them: refused in words, seen, and let through with a reason."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from regions.bottlenecks.load import load_rules
from regions.bottlenecks.models import StockFigure
from regions.bottlenecks.registers.receiving import Origin, receive
from regions.measures.periods import Frequency, latest_ended
from tests.browser.watch import open_with_scripts

HEAD = "halvår;stilling;kommune;beskæftigede;ledige;ansættelser;kandidater"


@pytest.fixture
def half_year(occupation, koege, roskilde) -> str:
    """The last one, of which something is known already."""
    load_rules()
    code = latest_ended(Frequency.HALF_YEAR, on=timezone.localdate()).code
    known = {(code, "8142", "0259"): (400, 9, 38, 6), (code, "8142", "0265"): (300, None, 20, 1)}
    origin = Origin("Opdigtede registertal", timezone.localdate(), "register.csv", b"the first")
    receive(known, origin=origin)
    return code


def bring(page, *lines: str) -> None:
    content = "\n".join([HEAD, *lines, ""]).encode()
    page.get_by_label("Fil (CSV eller XLSX)").set_input_files(
        {"name": "rettelse.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("button", name="Se, hvad den ændrer").press("Enter")


def test_an_officer_brings_a_file_that_is_refused_and_one_that_counts_with_a_reason(
    page, sign_in, sjaelland, half_year, axe, see
):
    sign_in(page, sjaelland.officer)
    page.goto(reverse("bottlenecks:registers"))
    axe(page)
    page.get_by_role("main").get_by_role("link", name="Indlevér en fil").press("Enter")
    page.get_by_label("Kilde").fill("Danmarks Statistik, RAS")
    page.get_by_label("Datadato").fill(timezone.localdate().isoformat())
    bring(page, f"{half_year};8142;0259;400;9;38;6", f"{half_year};9999;0259;-1;9;38;6")

    expect(page.get_by_role("alert")).to_contain_text("En linje i filen kan ikke bruges")
    expect(page.get_by_role("row", name="3 „9999“ er ikke en stilling")).to_be_visible()
    expect(page.get_by_label("Kilde")).to_have_value("Danmarks Statistik, RAS")
    axe(page)
    see(page, "registertal-1-afvist")

    bring(page, f"{half_year};8142;0259;4000;12;38;6")
    expect(page.get_by_role("region", name="Hvad filen ændrer")).to_contain_text(
        "1 linje er ikke i filen og fjernes. Intet er gemt endnu."
    )
    axe(page)
    see(page, "registertal-2-venter")
    page.get_by_role("button", name="Gem tallene").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Skriv hvorfor.")
    axe(page)
    assert StockFigure.objects.count() == 2

    page.get_by_label("Begrundelse").fill("Fabrikken har overtaget en anden.")
    page.get_by_role("button", name="Gem tallene").press("Enter")
    expect(page.get_by_text("Gemt: 2 linjer.")).to_be_visible()
    axe(page)
    see(page, "registertal-3-taeller")
    assert StockFigure.objects.get().employed == 4000

    open_with_scripts(page, reverse("bottlenecks:registers"))
    expect(page.get_by_role("region", name="Tabel: filer med registertal")).to_contain_text("rettelse.csv")
    axe(page)
    see(page, "registertal-4-liste")
