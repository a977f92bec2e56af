"""Signing in as people do: a code from the mail, or a password; and the administration pages behind it."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from jobcenter.notifications.models import Mail

PASSWORD = "otte-glade-terner-fløj"
NARROW = 390


def test_a_caseworker_signs_in_with_the_code_from_the_mail(page, koege, worker, axe, capsys):
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
    page.get_by_role("textbox", name="Kode").fill(code)
    page.get_by_role("button", name="Log ind", exact=True).click()

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


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30))


def test_staff_set_up_a_second_factor_and_sign_in_with_it(page, koege, settings, axe, see):
    settings.MFA_TOTP_TOLERANCE = 1  # the half minute may end while the browser types
    koege.caseworker.is_demonstration = False
    koege.caseworker.set_password(PASSWORD)
    koege.caseworker.save()

    def sign_in_with_password() -> None:
        page.goto(reverse("account_login"))
        form = page.get_by_role("region", name="Med adgangskode")
        form.get_by_label("E-mail").fill(koege.caseworker.email)
        form.get_by_label("Adgangskode", exact=True).fill(PASSWORD)
        form.get_by_role("button", name="Log ind").click()

    def sign_out() -> None:
        page.goto(reverse("account_logout"))
        page.get_by_role("main").get_by_role("button", name="Log ud").click()
        expect(page).to_have_url(re.compile("/$"))

    sign_in_with_password()
    expect(page.get_by_role("heading", name="Sæt din anden faktor op")).to_be_visible()
    expect(page.get_by_role("img", name="QR-kode")).to_be_visible()
    axe(page)
    see(page, "anden-faktor-ny")
    page.goto(reverse("desk:my_day"))
    expect(page.get_by_role("heading", name="Sæt din anden faktor op")).to_be_visible()
    secret = page.get_by_label("Eller skriv denne nøgle i appen").input_value()
    page.get_by_role("textbox", name="Kode").fill("12")
    page.get_by_role("button", name="Sæt den op").click()
    expect(page.get_by_role("link", name="Koden passer ikke")).to_be_visible()
    see(page, "anden-faktor-forkert")
    page.get_by_role("textbox", name="Kode").fill(code_of(secret))
    page.get_by_role("button", name="Sæt den op").click()

    codes = page.get_by_role("list", name="Gendannelseskoder").get_by_role("listitem")
    expect(codes).to_have_count(10)
    axe(page)
    see(page, "anden-faktor-koder")
    recovery_code = codes.first.inner_text()
    page.get_by_role("link", name="Gå videre").click()
    expect(page).to_have_url(re.compile(f"{reverse('desk:my_day')}$"))

    for code in (code_of(secret), recovery_code):
        sign_out()
        sign_in_with_password()
        expect(page.get_by_role("heading", name="Indtast koden fra din app")).to_be_visible()
        axe(page)
        see(page, "anden-faktor-login")
        page.get_by_role("textbox", name="Kode").fill(code)
        page.get_by_role("button", name="Log ind", exact=True).click()
        expect(page).to_have_url(re.compile(f"{reverse('desk:my_day')}$"))
    page.goto(reverse("mfa_index"))
    axe(page)
    see(page, "anden-faktor-min")


@pytest.mark.parametrize("page", [1280], indirect=True)
def test_a_manager_resets_a_colleagues_second_factor(page, koege, sign_in, axe, see):
    TOTP.activate(koege.caseworker, generate_totp_secret())
    sign_in(page, koege.manager)

    page.goto(reverse("accounts:second_factors"))
    axe(page)
    page.get_by_role("link", name="Nulstil Karim Holst").click()
    page.get_by_label("Hvordan ved du").fill("Mødt på kontoret")
    see(page, "anden-faktor-nulstil")
    page.get_by_role("button", name="Nulstil den").click()

    expect(page.get_by_role("region", name="nulstillede anden")).to_contain_text("Mødt på kontoret")
    see(page, "anden-faktor-kolleger")
