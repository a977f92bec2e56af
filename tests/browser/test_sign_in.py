"""Signing in as people do: a code from the mail, or a password; and the administration pages behind it."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from jobcenter.notifications.models import Mail

PASSWORD = "otte-glade-terner-fløj"
NARROW = 390


def test_a_caseworker_signs_in_with_the_code_from_the_mail(page, koege, worker, axe, capsys):
    koege.caseworker.is_demonstration = True
    koege.caseworker.save()

    page.goto("/")
    page.goto(reverse("account_login"))
    axe(page)
    page.get_by_role("region", name="Med en kode").get_by_label("E-mail").fill(koege.caseworker.email)
    page.get_by_role("button", name="Send koden").click()

    expect(page.get_by_role("heading", name="Indtast koden")).to_be_visible()
    axe(page)
    worker.wait_until(Mail.objects.sent().exists)
    (mail,) = worker.mails()
    assert mail["To"] == koege.caseworker.email
    code = re.search(r"[A-Z]{4}-[A-Z]{4}", mail.get_content())[0]
    call_command("demo_code", koege.caseworker.email)
    assert capsys.readouterr().out.strip() == code

    page.get_by_label("Kode").fill("BBBB-BBBB")
    page.get_by_role("button", name="Log ind").click()
    expect(page.get_by_role("link", name="Koden passer ikke")).to_be_visible()
    page.get_by_label("Kode").fill(code)
    page.get_by_role("button", name="Log ind").click()

    expect(page).to_have_url(re.compile(f"{reverse('desk:my_day')}$"))


def test_a_caseworker_signs_in_with_a_password_and_out_again(page, koege):
    koege.caseworker.set_password(PASSWORD)
    koege.caseworker.save()

    page.goto(reverse("desk:queue"))
    for password in ("forkert-adgangskode", PASSWORD):
        form = page.get_by_role("region", name="Med adgangskode")
        form.get_by_label("E-mail").fill(koege.caseworker.email)
        form.get_by_label("Adgangskode", exact=True).fill(password)
        form.get_by_role("button", name="Log ind").click()
        if password != PASSWORD:
            expect(page.get_by_role("alert")).to_be_visible()

    expect(page).to_have_url(re.compile(f"{reverse('desk:queue')}$"))

    narrow = page.viewport_size["width"] == NARROW
    if narrow:
        page.get_by_role("button", name="Menu", exact=True).click()
    sign_out = page.get_by_role("button", name="Log ud")
    (sign_out.last if narrow else sign_out.first).click()
    expect(page).to_have_url(re.compile("/$"))
    page.goto(reverse("desk:queue"))
    expect(page.get_by_role("heading", name="Log ind", exact=True)).to_be_visible()


def test_a_person_of_two_organisations_changes_role(page, koege, roskilde, sign_in, axe):
    from jobcenter.accounts.models import Membership, Role

    Membership.objects.create(
        user=koege.caseworker, organisation=roskilde.jobcentre.organisation, role=Role.CASEWORKER
    )
    sign_in(page, koege.caseworker)

    page.goto(reverse("accounts:choose"))
    axe(page)
    page.get_by_role("button", name="Jobcenter Roskilde").click()

    expect(page.get_by_role("heading").first).to_be_visible()
    expect(page.locator("body")).to_contain_text("Jobcenter Roskilde")


@pytest.mark.parametrize("page", [1280], indirect=True)
def test_the_administration_pages_keep_to_the_policy(page, administrator, koege, sign_in, axe, see):
    sign_in(page, administrator)

    page.goto(reverse("admin:index"))
    axe(page)
    see(page, "administration")
    expect(page.get_by_role("link", name="Én Indgang").first).to_be_visible()
    page.goto(reverse("admin:accounts_user_changelist"))
    page.get_by_role("link", name=koege.caseworker.email).click()
    axe(page)
    expect(page.get_by_label("Navn")).to_have_value("Karim Holst")
    page.get_by_label("Stilling").fill("Teamleder")
    page.get_by_role("button", name="Gem", exact=True).click()

    expect(page.locator(".messagelist .success")).to_be_visible()
    koege.caseworker.refresh_from_db()
    assert koege.caseworker.title == "Teamleder"
    for name in ("membership", "organisation"):
        page.goto(reverse(f"admin:accounts_{name}_changelist"))
        page.goto(reverse(f"admin:accounts_{name}_add"))
        axe(page)
    page.goto(reverse("admin:notifications_mail_changelist"))
    axe(page)
