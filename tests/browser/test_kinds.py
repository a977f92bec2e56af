"""Each kind of enquiry as an employer meets it, in both languages: front page to private page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone, translation
from playwright.sync_api import Page, expect

from employers.enquiries.intake import submit
from employers.enquiries.kinds import WORDS
from employers.enquiries.load import load_offers
from employers.enquiries.models import Enquiry, Kind
from jobcenter.notifications.models import Mail
from tests.employers.enquiries.conftest import (
    AT_KOEGE,
    make_draft,
    registered,
    typed_company,
    typed_need,
    typed_vacancy,
)

__all__ = ["make_draft", "registered", "typed_company", "typed_need", "typed_vacancy"]

in_both_languages = pytest.mark.parametrize(
    ("page", "language"), [(390, "da"), (1280, "en")], indirect=["page"], ids=["da", "en"]
)
NEXT = ".ei-form-actions button.button-primary"
"""The one button of a page that leads on."""


@in_both_languages
@pytest.mark.parametrize("kind", Kind)
def test_from_the_front_page_to_the_private_page(
    page: Page, kind, language, live_server, koege, typed_company, typed_need
):
    speak(page, language, live_server.url)
    main = page.get_by_role("main")
    with translation.override(language):
        words = WORDS[kind]
        name, need, label = str(words.name), str(words.need), str(words.label)
    asked = typed_need(kind).get("title") or typed_need(kind)["message"]

    page.goto("/")
    main.get_by_role("link", name=re.compile(f"^{re.escape(name)}")).click()
    page.locator("#id_cvr").fill(typed_company["cvr"])
    expect(page.locator(".ei-register-name")).to_be_visible()  # looked up without a click
    page.locator(f"input[name=workplace][value='{AT_KOEGE}']").check(force=True)
    fill_in(page, {one: typed_company[one] for one in ("name", "email", "phone")})
    page.locator(NEXT).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(need)
    fill_in(page, typed_need(kind))
    page.locator(NEXT).click()
    expect(main).to_contain_text(label or asked)
    page.locator(NEXT).click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Tak" if language == "da" else "Thank")
    enquiry = Enquiry.objects.get()
    assert (enquiry.kind, enquiry.language, enquiry.is_confirmed) == (kind, language, False)

    receipt = Mail.objects.get(kind="enquiry_receipt")
    assert (receipt.to, receipt.language) == (typed_company["email"].lower(), language)
    page.context.clear_cookies()  # the mail is opened on another machine
    speak(page, language, live_server.url)
    page.goto(link_in(receipt, to="/bekraeft/"))
    page.locator(NEXT).click()
    page.goto(link_in(receipt, to="/h/"))
    expect(main).to_contain_text(enquiry.reference)
    expect(main).to_contain_text(asked)
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert Enquiry.objects.get().is_confirmed


@in_both_languages
def test_a_kind_that_has_ended_says_so_and_what_was_asked_in_time_is_kept(
    page: Page, language, live_server, watch, koege, make_draft
):
    enquiry = submit(draft=make_draft(Kind.JOB_ROTATION), at=timezone.now())
    load_offers()  # its law ended on 30 June 2026
    speak(page, language, live_server.url)
    main = page.get_by_role("main")

    page.goto("/")
    expect(main.locator("a[href='/henvend/other/']")).to_be_visible()
    expect(main.locator("a[href='/henvend/job_rotation/']")).to_have_count(0)
    watch.allow(410)
    page.goto("/henvend/job_rotation/")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Jobrotation tilbydes ikke længere" if language == "da" else "Job rotation is no longer offered"
    )
    expect(main).to_contain_text("30. juni 2026" if language == "da" else "30 June 2026")
    page.goto(enquiry.link)
    expect(main).to_contain_text(enquiry.reference)


def speak(page: Page, language: str, url: str) -> None:
    page.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": url}])


def link_in(mail: Mail, *, to: str) -> str:
    """The first address in the mail that leads to such a page."""
    found = re.search(rf"^http\S+{to}\S+$", mail.body, re.MULTILINE)
    assert found, mail.body
    return found[0]


def fill_in(page: Page, typed: dict[str, Any]) -> None:
    """Each field as a person would: a choice is chosen, a text is written."""
    for name, value in typed.items():
        choice = page.locator(f"input[type=radio][name='{name}'][value='{value}']")
        if name == "code":
            expect(choice.first).to_be_visible()  # found for the occupation that was written before
            choice.first.check(force=True)
        elif choice.count():
            choice.first.check(force=True)
        else:
            page.locator(f"#id_{name}").fill(value)
