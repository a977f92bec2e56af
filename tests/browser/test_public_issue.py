"""A published issue on the screen and on paper, without signing in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from regions.bottlenecks.load import load_rules
from regions.bottlenecks.models import Category
from regions.bottlenecks.reports import correcting
from regions.bottlenecks.reports.correcting import Basis
from tests.regions.making import make_line, make_occupation, make_report, publish_reviewed


@pytest.fixture
def issue(db, sjaelland):
    """Of sixty occupations, more than a sheet holds; it has been replaced."""
    load_rules()
    who = {"by": sjaelland.officer, "organisation": sjaelland.office.organisation}
    report = make_report(sjaelland.area)
    report.computed_at -= timedelta(days=9)
    report.save()
    for number in range(60):
        category = Category.SHORTAGE if number < 20 else Category.NO_PROBLEMS
        occupation = make_occupation(f"{2000 + number}", f"Arbejde med noget langt nummer {number}")
        make_line(
            report, occupation, failed=30 if number < 20 else 3, attempts=60, unknown=20, category=category
        )
    publish_reviewed(report, **who)
    draft = correcting.begin(
        report=report, reason="Tre stillinger var talt to gange.", basis=Basis.AS_PUBLISHED, **who
    )
    publish_reviewed(draft, **who)
    return report


def test_anyone_finds_an_issue_and_the_one_that_replaced_it(page, issue, axe, see):
    page.goto("/flaskehalse/")
    axe(page)
    see(page, "flaskehalse-udgivelser")
    page.get_by_role("link", name="Udgave 1").click()
    expect(page.get_by_role("heading", name="Erstattet af udgave 2")).to_have_count(0)
    expect(page.get_by_text("Erstattet af udgave 2")).to_be_visible()
    axe(page)
    see(page, "flaskehalse-udgave-erstattet")
    page.get_by_role("link", name="Læs den nyeste").click()
    expect(page.get_by_text("Retter udgave 1")).to_be_visible()
    axe(page)


@pytest.mark.parametrize("page", [1280], indirect=True)
def test_on_paper_there_is_no_navigation(page, issue, tmp_path):
    page.goto(issue.get_public_url())
    page.emulate_media(media="print")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".header")).to_be_hidden()
    expect(page.get_by_role("link", name="XLSX")).to_be_hidden()
    assert page.locator(".ei-box-breaks thead").evaluate("one => getComputedStyle(one).display") == (
        "table-header-group"
    )
    assert page.pdf(format="A4", path=tmp_path / "udgave.pdf")
