"""The coordination panel in each of its states, and going on against it without losing what was typed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from employers.contacts.models import FollowUp, Hold, Lead, Override, Preferences, Purpose
from tests.browser.watch import open_with_scripts

ONE_WIDTH = pytest.mark.parametrize("page", [1280], indirect=True)
REASON = "De bad selv om et besøg i dag"


@pytest.fixture
def panel(page, sign_in, koege, company):
    """Opens the company's page with advice about a purpose, and gives the panel."""
    sign_in(page, koege.caseworker)

    def opened(about: str = "recruitment"):
        open_with_scripts(page, f"{company.get_absolute_url()}?om={about}")
        return page.get_by_role("region", name="Før du kontakter dem")

    return opened


@ONE_WIDTH
def test_free(page, panel, axe, see):
    expect(panel()).to_contain_text("Intet taler imod")
    axe(page)
    see(page, "coordination-free")


@ONE_WIDTH
def test_think(page, panel, axe, see, make_hold, make_contact, roskilde):
    make_hold(purpose=Purpose.WORK_TRIAL)
    make_contact(
        jobcentre=roskilde.jobcentre,
        by=roskilde.caseworker,
        purposes=[Purpose.UPSKILLING],
        happened_at=timezone.now() - timedelta(days=9),
    )

    expect(panel()).to_contain_text("Tænk over det")
    expect(panel()).to_contain_text("har reserveret dem til virksomhedspraktik frem til")
    axe(page)
    see(page, "coordination-think")


@ONE_WIDTH
def test_ask_first(page, panel, axe, see, make_contact, company, roskilde):
    make_contact(
        jobcentre=roskilde.jobcentre,
        by=roskilde.caseworker,
        happened_at=timezone.now() - timedelta(days=6),
    )
    Lead.objects.create(
        company=company,
        jobcentre=roskilde.jobcentre,
        user=roskilde.caseworker,
        agreed="Aftalt med direktøren",
        valid_from=timezone.localdate(),
    )

    expect(panel()).to_contain_text("Spørg Jobcenter Roskilde (Sofie Lind) først")
    expect(panel()).to_contain_text("det er virksomhedens tovholder")
    axe(page)
    see(page, "coordination-ask")


@ONE_WIDTH
def test_wait_and_go_on_all_the_same(
    page, panel, axe, see, make_hold, make_contact, company, roskilde, koege
):
    make_hold()
    step = make_contact(
        jobcentre=roskilde.jobcentre,
        by=roskilde.caseworker,
        happened_at=timezone.now() - timedelta(days=16),
    )
    FollowUp.objects.create(
        contact=step,
        company=company,
        jobcentre=roskilde.jobcentre,
        owner=roskilde.caseworker,
        due_on=timezone.localdate() + timedelta(days=1),
        what="Besøg på lageret",
    )
    Preferences.objects.create(company=company, most_contacts=1)

    expect(panel()).to_contain_text("Jobcenter Roskilde vil kontakte dem i morgen om det samme.")
    axe(page)
    see(page, "coordination-wait")

    page.keyboard.press("k")
    dialog = page.get_by_role("dialog", name="Log kontakt")
    dialog.get_by_role("checkbox", name="Rekruttering").check(force=True)
    dialog.get_by_text("Behov noteret").click()
    reason = dialog.get_by_label("Hvorfor du kontaktede dem alligevel")
    expect(reason).to_be_visible()
    see(page, "coordination-dialog")
    dialog.get_by_role("textbox", name="Note").fill("Mødes på torsdag.")
    dialog.get_by_role("button", name="Gem kontakt").click()

    expect(reason).to_be_focused()
    expect(dialog.get_by_role("textbox", name="Note")).to_have_value("Mødes på torsdag.")
    axe(page)
    see(page, "coordination-reason")
    reason.fill(REASON)
    page.keyboard.press("Control+Enter")

    expect(page.get_by_role("status")).to_contain_text("er logget")
    assert {one.ground for one in Override.objects.all()} == {"hold", "cap"}
    assert {one.reason for one in Override.objects.all()} == {REASON}


@ONE_WIDTH
def test_a_company_is_reserved_and_released(page, panel, axe, see, hold_limit, company):
    panel().get_by_role("link", name="Reservér").click()
    page.wait_for_url(f"**{reverse('contacts:hold', args=[company.pk])}*")
    expect(page.get_by_label("Formål")).to_have_value("recruitment")
    axe(page)
    see(page, "coordination-reserve")
    page.get_by_role("button", name="Reservér").click()

    region = page.get_by_role("region", name="Før du kontakter dem")
    expect(region).to_contain_text("I selv: reserveret til rekruttering frem til")
    see(page, "coordination-own")
    region.get_by_role("button", name="Slip").click()

    expect(page.get_by_role("status")).to_contain_text("er ikke længere reserveret")
    assert not Hold.objects.running(at=timezone.now()).exists()
