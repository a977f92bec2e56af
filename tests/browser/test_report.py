"""The report's way as an officer goes it: reviewed, published, corrected and published again."""

from __future__ import annotations

import re

from django.urls import reverse
from playwright.sync_api import expect

from jobcenter.classifications.models import Occupation, Outlook
from regions.bottlenecks.load import load_rules
from regions.bottlenecks.models import Category, Report
from tests.regions.making import make_line, make_occupation, make_report, publish_reviewed


def make_draft(area) -> Report:
    """Of three occupations: two with problems, one with few answers."""
    load_rules()
    report = make_report(area)
    for code, title, failed, attempts, category in (
        ("8344", "Truckfører", 27, 61, Category.PROBLEMS),
        ("2221", "Sygeplejerske", 30, 58, Category.PROBLEMS),
        ("5120", "Kok", 1, 3, Category.NOT_ASSESSED),
    ):
        occupation = make_occupation(code, title)
        make_line(report, occupation, failed=failed, attempts=attempts, category=category)
    return report


def publish_the_half_year_before(sjaelland) -> None:
    """Drivers were easy to find then, nurses hard; carpenters nobody asks for any more."""
    report = make_report(sjaelland.area, period="2025H02")
    for code, category in (
        ("8344", Category.NO_PROBLEMS),
        ("2221", Category.PROBLEMS),
        ("7115", Category.PROBLEMS),
    ):
        occupation = Occupation.objects.filter(code=code).first() or make_occupation(code, "Tømrer")
        make_line(report, occupation, failed=20, attempts=55, category=category)
    publish_reviewed(
        report, by=sjaelland.officer, organisation=sjaelland.office.organisation, reason="Gennemgået."
    )


def change(page, occupation: str, *, to: str, because: str) -> None:
    lines = page.get_by_role("region", name="Tabel: rapportens linjer")
    lines.get_by_role("link", name=occupation, exact=True).press("Enter")
    page.get_by_label("Kategori").select_option(label=to)
    page.get_by_label("Bemærkning").fill(because)
    page.get_by_role("button", name="Gem linjen").press("Enter")
    expect(page.get_by_text("Linjen er gemt.")).to_be_visible()


def accept_the_rest(page, *, because: str) -> None:
    page.get_by_label("Hvorfor resten kan").fill(because)
    page.get_by_role("region", name="resten").get_by_role("button").press("Enter")
    expect(page.get_by_text("3 af 3 linjer")).to_be_visible()


def publish(page, *, because: str) -> None:
    page.get_by_label("Hvorfor rapporten kan offentliggøres").fill(because)
    page.get_by_role("button", name=re.compile("Offentliggør som")).press("Enter")
    expect(page.get_by_text(because)).to_be_visible()


def begin_a_correction(page, *, because: str) -> None:
    page.get_by_label("Hvad der var forkert").fill(because)
    page.get_by_role("button", name="Begynd en rettelse").press("Enter")
    expect(page.get_by_text("Retter udgave 1")).to_be_visible()
    expect(page.get_by_text(because).first).to_be_visible()


def test_a_report_is_reviewed_published_corrected_and_published_again(page, sign_in, sjaelland, axe, see):
    report = make_draft(sjaelland.area)
    publish_the_half_year_before(sjaelland)
    sign_in(page, sjaelland.officer)
    page.goto(report.get_absolute_url())
    expect(page.get_by_text("svært at finde folk til et fag")).to_be_visible()
    axe(page)
    see(page, "rapport-0-siden-sidst")
    change(page, "Truckfører", to="Ingen rekrutteringsproblemer", because="To lagre er lukket.")
    page.goto(report.get_absolute_url())
    axe(page)
    see(page, "rapport-1-udkast")
    accept_the_rest(page, because="Jobcentrene er enige.")
    publish(page, because="Gennemgået med rådet.")
    axe(page)
    see(page, "rapport-2-offentliggjort")

    begin_a_correction(page, because="Rapporten om et andet område var forkert.")
    page.get_by_label("Hvorfor rettelsen opgives").fill("Det var det forkerte område.")
    page.get_by_role("button", name="Opgiv rettelsen").press("Enter")
    expect(page.get_by_text("Rettelsen er opgivet", exact=True)).to_be_visible()
    axe(page)
    see(page, "rapport-3-opgivet")
    page.get_by_role("link", name="Åbn udgave 1").press("Enter")
    expect(page.get_by_text("En rettelse af denne udgave er opgivet")).to_be_visible()
    axe(page)
    see(page, "rapport-3-efter-den-opgivne")

    begin_a_correction(page, because="Hospitalet var talt med to gange.")
    axe(page)
    see(page, "rapport-3-rettelse")
    correction = Report.objects.get(corrects=report)
    change(page, "Sygeplejerske", to="Ikke vurderet", because="Svarene er fra ét hospital.")
    page.goto(correction.get_absolute_url())
    accept_the_rest(page, because="De andre er, som de var.")
    publish(page, because="Aftalt med rådets formand.")
    page.goto(report.get_absolute_url())
    expect(page.get_by_text("Erstattet af udgave 2")).to_be_visible()
    page.goto(correction.get_absolute_url())
    expect(page.get_by_text("Rettelsen giver et fag en anden kategori.")).to_be_visible()
    axe(page)
    see(page, "rapport-4b-hvad-rettelsen-aendrer")
    page.goto(report.get_absolute_url())
    axe(page)
    see(page, "rapport-4-erstattet")
    assert Outlook.objects.get(occupation__code="2221").category == Category.NOT_ASSESSED

    page.context.clear_cookies()
    page.goto(reverse("bottlenecks:published"))
    expect(page.get_by_text("58 svar")).to_be_visible()
    axe(page)
    see(page, "rapport-5-offentligt")
