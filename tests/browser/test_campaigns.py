"""Companies chosen by segment."""

from __future__ import annotations

from django.urls import reverse
from playwright.sync_api import Page, expect


def test_companies_are_chosen_by_segment(page: Page, sign_in, axe, see, koege, make_contact):
    make_contact()
    sign_in(page, koege.caseworker)
    page.goto(reverse("desk:companies"))
    page.get_by_label("Aldrig i kontakt (0)").check(force=True)
    page.get_by_role("button", name="Søg").click()

    expect(page.get_by_role("heading", name="Virksomheder i udsnittene")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Ingen virksomhed")
    axe(page)
    see(page, "udsnit")
