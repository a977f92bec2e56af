"""A jobcentre delivers its spells and sees how the deadlines were kept; the area office sees numbers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from regions.measures import load as definitions
from regions.timeliness import demo
from regions.timeliness import load as law
from regions.timeliness.models import Counting, Spell
from regions.timeliness.recounting import carry_out

HEADER = "art;nøgle;forløb;målgruppe;fra;til;hvad;givet;timer;tilmeldt"


def lines_of(number: int) -> list[str]:
    """A person whose first interview is a day late for every third."""
    key = f"opdigtet-borger-{number:04d}"
    day = "2026-01-13" if number % 3 == 0 else "2026-01-08"
    return [
        f"forløb;{key};2026-01-05;ready_for_work;;;;;;",
        f"samtale;{key};2026-01-05;;{day};;jobcenter;;;",
    ]


@pytest.fixture
def _law(db):
    for reference in (*definitions.REFERENCES, *law.REFERENCES):
        reference.load()


@pytest.fixture
def file_of(tmp_path: Path):
    def write(*lines: str) -> Path:
        path = tmp_path / "forløb.csv"
        path.write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")
        return path

    return write


@pytest.mark.usefixtures("_law")
def test_a_jobcentre_delivers_its_spells_and_sees_how_the_deadlines_were_kept(
    page, sign_in, koege, file_of, axe, see
):
    lines = [line for number in range(60) for line in lines_of(number)]
    sign_in(page, koege.manager)
    page.goto(reverse("timeliness:deliveries"))
    axe(page)
    page.get_by_label("Fortæller om dagene fra").fill("2026-01-01")
    page.get_by_label("til og med").fill("2026-06-30")

    page.get_by_label("Fil (CSV)").set_input_files(file_of(*lines, "forløb;010180-1234;2026-01-05;;;;;;;"))
    page.get_by_role("button", name="Se, hvad den ændrer").click()
    expect(page.get_by_role("alert")).to_contain_text("En linje i filen kan ikke bruges")
    axe(page)
    see(page, "forloeb-fejl")

    page.get_by_label("Fil (CSV)").set_input_files(file_of(*lines))
    page.get_by_role("button", name="Se, hvad den ændrer").click()
    expect(page.get_by_role("row", name="Jobparate kontanthjælpsmodtagere 60")).to_be_visible()
    assert not Spell.objects.exists()
    axe(page)
    see(page, "forloeb-aendringer")
    page.get_by_role("button", name="Gem forløbene").click()
    expect(page.get_by_role("main")).to_contain_text("Forløbene er gemt")
    see(page, "forloeb")

    carry_out(Counting.objects.get().pk)
    page.goto(reverse("timeliness:own"))
    row = page.get_by_role("row", name="Første samtale inden for 1 uge efter første kontakt")
    expect(row).to_contain_text("66,7")
    axe(page)
    see(page, "vores-frister")
    row.get_by_role("link").click()
    expect(page.get_by_role("main")).to_contain_text("Den vedtagne lovtekst skal efterses")
    axe(page)
    see(page, "lovens-regel")


@pytest.mark.usefixtures("_law")
def test_the_area_office_sees_the_jobcentres_and_leads_to_one(
    page, sign_in, koege, roskilde, sjaelland, axe, see
):
    demo.invent(today=date(2026, 11, 26), planted={"0259": 4})
    sign_in(page, sjaelland.officer)

    page.goto(reverse("timeliness:overview"))
    expect(page.get_by_label("Kort sagt")).to_contain_text("Jobcenter Køge overholdt den mindste del")
    axe(page)
    see(page, "lovens-frister")
    page.get_by_role("row", name="Køge").get_by_role("link").click()

    expect(page.get_by_role("columnheader", name="Overholdt")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Op til en uge for sent")).not_to_be_visible()
    axe(page)
    see(page, "jobcentrets-frister")
    page.get_by_role("link", name="Hvad loven kræver").click()
    expect(page.get_by_role("heading", name="Fra fredag 1. marts 2024")).to_be_visible()
    axe(page)
    see(page, "lovens-regler")
