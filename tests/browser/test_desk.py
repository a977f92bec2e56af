"""The desk as people meet it: by keyboard, on a phone, with and without scripts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from employers.contacts.models import Contact, FollowUp, Purpose
from employers.enquiries.models import Enquiry
from jobcenter.notifications.models import Mail
from tests.browser.watch import open_with_scripts


@pytest.fixture
def busy(make_enquiry, make_contact, koege, roskilde, company):
    """Something on every page: what waits, what was said here and next door, what is due."""
    now = timezone.now()
    make_enquiry(received_at=now - timedelta(days=5), answer_due_at=now - timedelta(hours=3))
    make_enquiry(kind=Enquiry.Kind.WORK_TRIAL, message="Vi kan tage en i praktik.")
    make_contact(
        jobcentre=roskilde.jobcentre,
        by=roskilde.caseworker,
        purposes=[Purpose.UPSKILLING],
        note="Roskildes note",
    )
    contact = make_contact(note="Montageholdet mangler to.", happened_at=now - timedelta(days=2))
    FollowUp.objects.create(
        contact=contact,
        company=company,
        jobcentre=koege.jobcentre,
        owner=koege.caseworker,
        due_on=timezone.localdate() - timedelta(days=1),
        what="Ring om aftenholdet",
    )


def test_a_contact_is_logged_from_my_day_by_keyboard_alone(page, sign_in, axe, koege, company, busy):
    sign_in(page, koege.caseworker)
    open_with_scripts(page, reverse("desk:my_day"))

    page.keyboard.press("k")
    dialog = page.get_by_role("dialog", name="Log kontakt")
    expect(dialog.get_by_label("Virksomhed")).to_be_focused()
    page.keyboard.type("emballage")
    page.keyboard.press("Enter")
    # The company is among those of late, too: a link of that list would be gone under the key.
    expect(dialog.get_by_text("Dem, du sidst har været i kontakt med")).to_be_hidden()
    dialog.get_by_role("link", name=company.name).press("Enter")
    expect(dialog.get_by_role("checkbox", name="Rekruttering")).to_be_focused()
    axe(page)
    dialog.get_by_role("checkbox", name="Rekruttering").check(force=True)
    dialog.get_by_text("Behov noteret").click()
    dialog.get_by_role("textbox", name="Note").fill("Vil se to til montageholdet.")
    dialog.get_by_label("Næste skridt (frivilligt)").fill("Send to profiler")
    dialog.get_by_label("Dato for næste skridt").fill(timezone.localdate().isoformat())
    page.keyboard.press("Control+Enter")

    expect(page.get_by_role("status")).to_contain_text("Næste skridt: Send to profiler.")
    expect(page.get_by_role("heading", name="Min dag")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Send to profiler")).to_be_visible()
    contact = Contact.objects.get(note="Vil se to til montageholdet.")
    assert (contact.by, contact.company) == (koege.caseworker, company)
    assert contact.follow_ups.get().owner == koege.caseworker


def test_what_is_wrong_is_shown_in_the_dialog_and_has_the_focus(page, sign_in, axe, koege, company):
    sign_in(page, koege.caseworker)
    open_with_scripts(page, company.get_absolute_url())
    page.keyboard.press("k")
    dialog = page.get_by_role("dialog", name="Log kontakt")

    expect(dialog.get_by_label("Den nye persons navn")).to_be_hidden()
    dialog.get_by_label("Person", exact=True).select_option("new")
    dialog.get_by_label("Den nye persons navn").fill("Lars Fink")
    dialog.get_by_role("checkbox", name="Rekruttering").check(force=True)
    dialog.get_by_text("Behov noteret").click()
    dialog.get_by_role("textbox", name="Note").fill("Spørg 010190-1234")
    dialog.get_by_role("button", name="Gem kontakt").click()

    expect(dialog.get_by_role("alert")).to_contain_text("010190-xxxx")
    expect(dialog.get_by_role("textbox", name="Note")).to_be_focused()
    expect(dialog.get_by_role("textbox", name="Note")).to_have_value("Spørg 010190-1234")
    expect(dialog.get_by_label("Den nye persons navn")).to_have_value("Lars Fink")
    axe(page)
    assert not Contact.objects.exists()

    dialog.get_by_role("textbox", name="Note").fill("Spørg ham om truckkort")
    dialog.get_by_role("button", name="Gem kontakt").click()

    expect(page.get_by_role("status")).to_contain_text("er logget")
    assert Contact.objects.get().person.name == "Lars Fink"


def test_the_dialog_is_left_without_a_trace(page, sign_in, koege, company):
    sign_in(page, koege.caseworker)
    open_with_scripts(page, company.get_absolute_url())
    dialog = page.get_by_role("dialog", name="Log kontakt")

    for leave in (
        lambda: dialog.get_by_role("button", name="Annullér").click(),
        lambda: dialog.get_by_role("button", name="Luk").click(),
        lambda: page.keyboard.press("Escape"),
    ):
        page.keyboard.press("k")
        expect(dialog.get_by_role("textbox", name="Note")).to_be_visible()
        leave()
        expect(dialog).to_be_hidden()

    assert not Contact.objects.exists()


def test_a_contact_is_logged_without_scripts(browser: Browser, live_server, sign_in, koege, company):
    bare = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    plain = bare.new_page()
    sign_in(plain, koege.caseworker)
    plain.goto(company.get_absolute_url())

    plain.get_by_role("link", name="Log kontakt").click()
    plain.get_by_role("checkbox", name="Rekruttering").check(force=True)
    plain.get_by_role("radio", name="Behov noteret").check(force=True)
    plain.get_by_role("button", name="Gem kontakt").click()

    expect(plain.get_by_role("status")).to_contain_text("er logget")
    expect(plain.get_by_role("heading", name=company.name)).to_be_visible()
    assert Contact.objects.count() == 1
    bare.close()


def test_an_enquiry_is_answered_and_its_vacancy_published(page, sign_in, axe, koege, make_enquiry):
    recruiting = make_enquiry()
    sign_in(page, koege.caseworker)
    page.goto(reverse("desk:queue"))
    page.get_by_role("link", name=f"Åbn {recruiting.company.name}").click()

    page.get_by_role("link", name="Se den og slå den op").click()
    expect(page.get_by_role("heading", name=recruiting.vacancy.title, exact=True)).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Slå op").click()
    expect(page.get_by_role("status")).to_contain_text("er slået op")
    page.get_by_label("Dit svar").fill("Stillingen er slået op; vi ringer på torsdag.")
    page.get_by_role("button", name="Send svaret").click()

    expect(page.get_by_role("status")).to_contain_text("Svaret er på vej til")
    axe(page)
    recruiting.refresh_from_db()
    assert recruiting.state == Enquiry.State.ANSWERED
    assert recruiting.vacancy.state == "published"
    assert "vi ringer på torsdag" in Mail.objects.get().body


def test_every_page_of_the_desk_is_accessible_and_fits_the_screen(page, sign_in, axe, koege, company, busy):
    sign_in(page, koege.caseworker)
    parts = ("kontakter", "henvendelser", "stillinger", "personer")
    for address in (
        reverse("desk:my_day"),
        reverse("desk:queue") + "?state=all",
        reverse("desk:companies"),
        company.get_absolute_url(),
        *(reverse("desk:company_part", args=[company.pk, part]) for part in parts),
        reverse("contacts:choose"),
        reverse("contacts:log", args=[company.pk]),
    ):
        page.goto(address)
        axe(page)
        assert_fits(page)
        expect(page.get_by_text("Roskildes note")).to_have_count(0)


def test_an_employers_page_is_accessible_and_fits_the_screen(page, sign_in, axe, employer, busy):
    sign_in(page, employer)
    page.goto(reverse("desk:my_company"))

    expect(page.get_by_role("region", name="Hvem har kontaktet jer")).to_contain_text("Jobcenter Roskilde")
    axe(page)
    assert_fits(page)


def assert_fits(page: Page) -> None:
    assert page.viewport_size
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
