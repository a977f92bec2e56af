"""The quick log by keyboard, its presses counted; and what is opened for the company from it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from employers.companies.models import RegisterCompany, RegisterWorkplace
from employers.contacts.models import Contact, FollowUp, Purpose
from employers.enquiries.models import Enquiry
from jobcenter.notifications.models import Mail
from tests.browser.watch import open_with_scripts
from tests.employers.enquiries.conftest import CVR


class Keyboard:
    """Presses keys and counts them. Text that is written is not counted, and a combination is one press."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.presses += 1

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)


@pytest.mark.parametrize("page", [1280], indirect=True)
def test_a_contact_with_its_next_step_takes_six_presses_beyond_the_text(
    page, sign_in, axe, see, koege, company
):
    sign_in(page, koege.caseworker)
    open_with_scripts(page, company.get_absolute_url())
    keyboard = Keyboard(page)

    keyboard.press("k")
    dialog = page.get_by_role("dialog", name="Log kontakt")
    expect(dialog.get_by_role("checkbox", name="Rekruttering")).to_be_focused()
    keyboard.press("1", "Tab", "3")
    expect(dialog.get_by_role("textbox", name="Note")).to_be_focused()
    keyboard.write("Vil se to til montageholdet.")
    keyboard.press("Tab")
    keyboard.write("Send to profiler")
    see(page, "quick-log")
    axe(page)
    keyboard.press("Control+Enter")

    expect(page.get_by_role("status")).to_contain_text("Næste skridt: Send to profiler.")
    assert keyboard.presses == 6
    contact = Contact.objects.get()
    assert (contact.purposes, contact.outcome) == ([Purpose.RECRUITMENT], Contact.Outcome.NEED)
    assert (contact.channel, contact.direction, contact.note) == (
        "phone",
        "out",
        "Vil se to til montageholdet.",
    )
    step = FollowUp.objects.get()
    assert (step.owner, step.due_on) == (koege.caseworker, timezone.localdate() + timedelta(days=7))


@pytest.mark.parametrize("page", [1280], indirect=True)
def test_several_purposes_are_ticked_by_digit_and_arrows_move(page, sign_in, koege, company):
    sign_in(page, koege.caseworker)
    open_with_scripts(page, company.get_absolute_url())
    keyboard = Keyboard(page)
    keyboard.press("k")
    dialog = page.get_by_role("dialog", name="Log kontakt")
    expect(dialog.get_by_role("checkbox", name="Rekruttering")).to_be_focused()

    keyboard.press("1", "7", "1")
    expect(dialog.get_by_role("checkbox", name="Opkvalificering")).to_be_checked()
    expect(dialog.get_by_role("checkbox", name="Rekruttering")).not_to_be_checked()
    keyboard.press("7", "ArrowLeft", "Space")
    expect(dialog.get_by_role("checkbox", name="Fastholdelse og sygdom")).to_be_checked()
    keyboard.press("Tab")

    expect(dialog.get_by_role("radio", name="Intet endnu: den er planlagt")).to_be_focused()


def test_a_call_becomes_a_vacancy_with_its_receipt(page, sign_in, axe, see, koege, company, occupation):
    """Most employers telephone: the caseworker logs the call and goes on to what they need."""
    company.cvr = CVR
    company.save()
    RegisterWorkplace.objects.create(
        p_number=company.workplaces.get().p_number,
        company=RegisterCompany.objects.create(cvr=CVR, name=company.name, source="test"),
        address="Tangmosevej 88",
        postcode="4600",
        municipality=koege.municipality,
    )
    sign_in(page, koege.caseworker)
    open_with_scripts(page, f"/kontakter/log/{company.pk}/")
    page.get_by_label("Person", exact=True).select_option(label="Mette Bruun")
    page.get_by_role("checkbox", name="Rekruttering").check(force=True)
    page.get_by_role("radio", name="Behov noteret").check(force=True)
    page.get_by_role("radio", name="De kontaktede os").check(force=True)
    page.get_by_role("button", name="Gem og opret for virksomheden").click()

    expect(page.get_by_role("heading", name="Opret for virksomheden")).to_be_visible()
    expect(page.get_by_role("radio", name="Ansætte medarbejdere")).to_be_checked()
    axe(page)
    see(page, "open-from-contact")
    page.get_by_role("button", name="Gå videre").click()

    expect(page.get_by_text(f"Du udfylder dette for {company.name}")).to_be_visible()
    today = timezone.localdate()
    page.get_by_label("Stillingsbetegnelse").fill("Procesoperatør")
    page.locator("#id_occupation").fill(occupation.title)
    page.locator("#id_hours").fill("37")
    page.locator("#id_apply_by").fill((today + timedelta(days=20)).isoformat())
    page.locator("#id_starts_on").fill((today + timedelta(days=40)).isoformat())
    page.locator("#id_text").fill("Du kører ekstruderingslinjer sammen med tre kolleger.")
    axe(page)
    see(page, "open-need")
    page.get_by_role("button", name="Videre til se og send").click()
    page.get_by_role("button", name="Send til jobcentret").click()

    enquiry = Enquiry.objects.get()
    expect(page.get_by_role("status")).to_contain_text(enquiry.reference)
    expect(page.get_by_text("Registreret på deres vegne")).to_be_visible()
    see(page, "registered")
    assert Mail.objects.get(kind="enquiry_receipt").to == "mette.bruun@strandmarken.example"
    page.goto(Contact.objects.get().get_absolute_url())
    expect(page.get_by_role("link", name=enquiry.reference)).to_be_visible()
    axe(page)
    see(page, "contact")


def test_a_contact_is_corrected_and_its_history_read(page, sign_in, axe, see, koege, make_contact):
    long_ago = timezone.now() - timedelta(days=3)
    contact = make_contact(note="De mangler tre til natholdet.", happened_at=long_ago, logged_at=long_ago)
    sign_in(page, koege.caseworker)
    page.goto(contact.get_absolute_url())

    page.get_by_role("link", name="Ret", exact=True).click()
    axe(page)
    page.get_by_role("textbox", name="Note").fill("De mangler to til natholdet.")
    page.get_by_label("Hvorfor du retter den").fill("Jeg tog fejl af tallet")
    see(page, "correct-contact")
    page.get_by_role("button", name="Gem kontakt").click()

    expect(page.get_by_role("heading", name="Hvad der er ændret")).to_be_visible()
    expect(page.get_by_text("Jeg tog fejl af tallet")).to_be_visible()
    axe(page)
    see(page, "contact-history")


def test_the_second_of_two_sees_both_texts(page, sign_in, axe, see, koege, make_contact):
    contact = make_contact(note="De mangler tre.")
    sign_in(page, koege.caseworker)
    page.goto(f"/kontakter/{contact.pk}/ret/")
    Contact.objects.filter(pk=contact.pk).update(
        note="De mangler fire.", version=2, changed_by=koege.manager, changed_at=timezone.now()
    )

    page.get_by_role("textbox", name="Note").fill("De mangler to.")
    page.get_by_role("button", name="Gem kontakt").click()

    expect(page.get_by_role("alert").filter(has_text="En kollega har ændret det imens")).to_be_visible()
    expect(page.get_by_role("cell", name="De mangler fire.")).to_be_visible()
    expect(page.get_by_role("textbox", name="Note")).to_have_value("De mangler to.")
    axe(page)
    see(page, "both-texts")


def test_a_plan_stands_on_my_day_and_is_logged_from_there(page, sign_in, axe, see, koege, make_contact):
    make_contact(
        state="planned",
        channel="visit",
        outcome="",
        happened_at=timezone.now() - timedelta(minutes=5),
        logged_at=timezone.now() - timedelta(days=1),
    )
    sign_in(page, koege.caseworker)
    page.goto("/min-dag/")
    expect(page.get_by_role("heading", name="Planlagte kontakter i dag")).to_be_visible()
    axe(page)
    see(page, "planned-on-my-day")

    page.get_by_role("link", name="Den fandt sted").click()
    page.get_by_role("radio", name="Aftale indgået").check(force=True)
    axe(page)
    see(page, "it-took-place")
    page.get_by_role("button", name="Gem kontakt").click()

    expect(page.get_by_role("status")).to_contain_text("er logget")
    assert Contact.objects.held().get().outcome == Contact.Outcome.AGREEMENT
