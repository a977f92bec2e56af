"""A manager looks at what is held about a contact person, and erases it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect


@pytest.mark.parametrize("page", [1280, 390], indirect=True)
def test_a_manager_looks_and_erases(page: Page, live_server, sign_in, axe, see, koege, company, make_contact):
    mette = company.people.get()
    make_contact(person=mette, note="Vil have to lærlinge efter sommerferien")
    sign_in(page, koege.manager)
    main = page.get_by_role("main")

    page.goto(live_server.url + reverse("desk:company_part", args=[company.pk, "personer"]))
    main.get_by_role("link", name="Hvad vi har").click()
    expect(main).to_contain_text("Vil have to lærlinge")
    axe(page)
    see(page, "hvad-vi-har")
    main.get_by_role("link", name="Slet personen").click()
    axe(page)
    see(page, "slet")
    page.get_by_label("Begrundelse").fill("Har bedt om det")
    main.get_by_role("button", name="Slet nu").click()

    expect(main).to_contain_text("slettet")
    expect(main).not_to_contain_text("Mette Bruun")
