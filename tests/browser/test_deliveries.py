"""An area officer delivers figures and has everything computed anew, at both widths."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from regions.comparison import load as framework
from regions.comparison.models import Recomputation, Step
from regions.dashboard.recomputation import carry_out_here
from regions.measures import load as definitions
from regions.measures.models import Measurement
from regions.oversight import load as flag_rules

HEADER = "måling;målgruppe;jobcenter;periode;tæller;nævner"
GOOD = [
    "job_after_6_months;ready_for_work;0259;2025QMAT03;547;1.346",
    "job_after_6_months;ready_for_work;0265;2025QMAT03;471;1.199",
]


@pytest.fixture
def officer(page, sign_in, sjaelland, db):
    for reference in (*definitions.REFERENCES, *flag_rules.REFERENCES):
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
