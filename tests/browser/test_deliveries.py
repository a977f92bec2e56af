"""An area officer delivers figures and has everything computed anew, at both widths."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from regions.bottlenecks import load as bottleneck_rules
from regions.comparison import load as framework
from regions.comparison.models import Recomputation, Step
from regions.dashboard.recomputation import carry_out_here
from regions.feeds.load import PANEL_SOURCE
from regions.feeds.receiving import arrive
from regions.measures import load as definitions
from regions.measures.models import Measurement
from regions.measures.periods import Frequency, latest_ended
from regions.oversight import load as flag_rules
from tests.regions.feeds.test_freshness import figure_of, origin_of, tell

HEADER = "måling;målgruppe;jobcenter;periode;tæller;nævner"
GOOD = [
    "job_after_6_months;ready_for_work;0259;2025QMAT03;547;1.346",
    "job_after_6_months;ready_for_work;0265;2025QMAT03;471;1.199",
]


@pytest.fixture
def officer(page, sign_in, sjaelland, db):
    for reference in (*definitions.REFERENCES, *flag_rules.REFERENCES, *bottleneck_rules.REFERENCES):
        reference.load()
    framework.load_conditions()
    sign_in(page, sjaelland.officer)
    return sjaelland.officer


@pytest.fixture
def file_of(tmp_path: Path):
    def write(*lines: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "resultater.csv"
        path.write_bytes("\r\n".join([HEADER, *lines, ""]).encode(encoding))
        return path

    return write


def test_a_file_is_delivered_after_its_faults_are_put_right(page, officer, file_of, axe, see):
    page.goto(reverse("feeds:deliveries"))
    axe(page)
    page.get_by_role("main").get_by_role("link", name="Levér en fil").click()
    page.get_by_label("Kilde").fill("Jobindsats, y60b15")
    page.get_by_label("Datadato").fill("2025-11-12")

    page.get_by_label("Fil (CSV eller XLSX)").set_input_files(file_of(*GOOD, encoding="windows-1252"))
    page.get_by_role("button", name="Se, hvad den ændrer").click()
    expect(page.get_by_role("alert")).to_contain_text("Filen er ikke gemt som UTF-8: Linje 1")
    axe(page)

    page.get_by_label("Fil (CSV eller XLSX)").set_input_files(file_of(*GOOD, GOOD[0]))
    page.get_by_role("button", name="Se, hvad den ændrer").click()
    expect(page.get_by_role("alert")).to_contain_text("En linje i filen kan ikke bruges")
    expect(page.get_by_role("row", name="4 Linjen giver det samme tal som linje 2")).to_be_visible()
    axe(page)
    see(page, "leverance-fejl")
    assert not Measurement.objects.exists()

    page.get_by_label("Fil (CSV eller XLSX)").set_input_files(file_of(*GOOD))
    page.get_by_role("button", name="Se, hvad den ændrer").click()
    expect(page.get_by_role("region", name="Hvad filen ændrer")).to_contain_text("2 nye tal")
    axe(page)
    see(page, "leverance-aendringer")
    assert not Measurement.objects.exists()

    page.get_by_role("button", name="Gem tallene").click()
    expect(page.get_by_text("Gemt: 2 nye tal, 0 ændrede.")).to_be_visible()
    axe(page)
    see(page, "leverancer")
    assert set(Measurement.objects.values_list("jobcentre__code", "numerator")) == {
        ("0259", 547),
        ("0265", 471),
    }


WIDE = "Område;2024QMAT03;2025QMAT03\nKøge;0,406;0,412\nRoskilde;0,393;..\nHele landet;0,4;0,4\n"


def test_the_columns_of_a_table_of_another_form_are_explained_once(page, officer, tmp_path, axe, see):
    path = tmp_path / "bred.csv"
    path.write_text(WIDE, encoding="utf-8")
    page.goto(reverse("feeds:upload"))
    page.get_by_label("Kilde").fill("Kommunens tal")
    page.get_by_label("Datadato").fill("2025-11-12")
    page.get_by_label("Kolonnerne hedder noget andet: Jeg forklarer dem bagefter").check()
    page.get_by_label("Fil (CSV eller XLSX)").set_input_files(path)
    page.get_by_role("button", name="Se, hvad den ændrer").click()

    page.get_by_label("Område").select_option("jobcentre")
    page.get_by_label("Måling", exact=True).select_option("job_after_6_months")
    page.get_by_label("Målgruppe", exact=True).select_option("ready_for_work")
    page.get_by_label("Tallene er skrevet").select_option("100")
    page.get_by_role("button", name="Prøv").click()
    expect(page.get_by_role("region", name="Hvad der blev læst")).to_contain_text("3 tal kan læses")
    axe(page)
    see(page, "kolonner")

    page.get_by_role("button", name="Gem forklaringen, og læs filen").click()
    page.get_by_role("button", name="Gem tallene").click()
    expect(page.get_by_text("Gemt: 3 nye tal, 0 ændrede.")).to_be_visible()

    page.goto(reverse("feeds:deliveries"))
    expect(page.get_by_role("region", name="Tabel: Kilder")).to_contain_text("Kommunens tal")
    see(page, "leverancer-kilder")


def test_how_fresh_the_figures_are_is_read_at_a_glance(page, officer, sjaelland, axe, see):
    latest = latest_ended(Frequency.FOUR_QUARTERS, on=timezone.localdate())
    tell("2024QMAT03", source="Kommunens egne opgørelser")
    tell(latest.one_step_back().code, measure="back_within_12_months", source="Jobindsats, y60b15")
    tell("2020Y01", measure="employment_rate", source=PANEL_SOURCE)
    tenth = [figure_of(latest.code, part=50, base=1300, measure="back_within_12_months")]
    arrive(origin_of(tenth, source="Jobindsats, y60b15", area=sjaelland.area))

    page.goto(reverse("feeds:freshness"))

    expect(page.get_by_role("region", name="Det, nogen må se på")).to_contain_text("1 måling er forsinket.")
    expect(page.get_by_role("heading", name="Kommunens egne opgørelser")).to_be_visible()
    axe(page)
    see(page, "aktualitet")
    page.get_by_role("link", name="Leverancen fra").click()
    expect(page.get_by_role("heading", name="Tal, der holdes tilbage")).to_be_visible()


def test_the_bar_moves_by_itself_until_everything_is_done(page, officer, axe, see):
    page.goto(reverse("feeds:deliveries"))
    page.get_by_role("button", name="Genberegn").click()
    expect(page.get_by_role("heading", name="Beregner")).to_be_visible()
    bar = page.get_by_role("progressbar", name="Hvor langt genberegningen er")
    expect(bar).to_have_attribute("value", "0")
    axe(page)
    see(page, "genberegning")
    started = Recomputation.objects.get()
    assert started.started_by == officer

    carry_out_here(started)

    expect(page.get_by_role("heading", name="Færdig")).to_be_visible()
    expect(bar).to_have_attribute("value", str(Step.objects.count()))
    axe(page)
    page.get_by_role("link", name="Se området").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sjælland")
