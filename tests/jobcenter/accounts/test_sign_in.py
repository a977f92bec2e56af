"""Signing in: a mailed code for everyone, a password for staff, and nothing else."""

from __future__ import annotations

import re
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jobcenter.accounts.codes import newest_code
from jobcenter.accounts.models import Membership, Role
from jobcenter.notifications.models import Mail

PASSWORD = "otte-glade-terner-fløj"


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def ask_for_code(client, email):
    return client.post(reverse("account_request_login_code"), {"email": email}, follow=True)


def enter(client, code):
    return client.post(reverse("account_confirm_login_code"), {"code": code})


def test_a_code_by_mail_lets_its_reader_in(client, koege):
    ask_for_code(client, koege.caseworker.email)
    mail = Mail.objects.get()

    assert mail.to == koege.caseworker.email
    assert mail.language == "da"
    assert "kode" in mail.subject.lower()
    response = enter(client, newest_code(koege.caseworker))

    assert response["Location"] == reverse("accounts:home")
    assert signed_in(client)


def test_the_address_may_be_typed_in_capitals(client, koege):
    ask_for_code(client, koege.caseworker.email.upper())
    enter(client, newest_code(koege.caseworker).lower().replace("-", ""))

    assert signed_in(client)


def test_a_wrong_code_lets_nobody_in_and_three_end_the_attempt(client, koege):
    ask_for_code(client, koege.caseworker.email)
    code = newest_code(koege.caseworker)

    first = enter(client, "BBBB-BBBB")
    assert first.status_code == 200
    assert "Koden passer ikke" in first.text
    enter(client, "CCCC-CCCC")
    enter(client, "DDDD-DDDD")
    enter(client, code)

    assert not signed_in(client)


def test_a_code_opens_only_the_window_that_asked_for_it(client, koege):
    ask_for_code(client, koege.caseworker.email)
    thief = Client()
    enter(thief, newest_code(koege.caseworker))

    assert not signed_in(thief)


def test_a_code_works_for_ten_minutes(client, koege):
    ask_for_code(client, koege.caseworker.email)
    code = newest_code(koege.caseworker)

    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        assert newest_code(koege.caseworker) is None
        enter(client, code)

    assert not signed_in(client)


def test_an_unknown_address_is_answered_alike_on_the_page_and_truly_by_mail(koege):
    known, unknown = "karim.holst@example.dk", "ukendt.person@example.dk"
    shown = {}
    for email in (known, unknown):
        page = ask_for_code(Client(), email).text
        shown[email] = re.sub(r'value="\w{64}"', "", page).replace(email, "…")

    assert shown[known] == shown[unknown]
    assert "ingen konto" in Mail.objects.get(to=unknown).body.lower()


def test_a_new_code_can_be_had_and_the_old_one_no_longer_works(client, koege):
    ask_for_code(client, koege.caseworker.email)
    old = newest_code(koege.caseworker)
    client.post(reverse("account_confirm_login_code"), {"action": "resend"})
    new = newest_code(koege.caseworker)

    enter(client, old)
    assert not signed_in(client)
    enter(client, new)
    assert signed_in(client)


def test_whoever_typed_a_wrong_address_can_begin_again(client, koege):
    page = ask_for_code(client, "forkert@example.dk")
    assert 'id="another-address"' in page.text

    client.post(reverse("account_logout"), {"next": reverse("account_login")})
    ask_for_code(client, koege.caseworker.email)
    enter(client, newest_code(koege.caseworker))

    assert signed_in(client)


def test_a_person_whose_account_is_closed_gets_no_code(client, koege):
    koege.caseworker.is_active = False
    koege.caseworker.save()

    ask_for_code(client, koege.caseworker.email)

    assert newest_code(koege.caseworker) is None


def test_staff_may_use_a_password(client, koege):
    koege.caseworker.set_password(PASSWORD)
    koege.caseworker.save()

    client.post(reverse("account_login"), {"login": koege.caseworker.email, "password": PASSWORD})

    assert signed_in(client)


@pytest.mark.parametrize("password", ["", "forkert-adgangskode"])
def test_a_wrong_password_lets_nobody_in(client, koege, password):
    koege.caseworker.set_password(PASSWORD)
    koege.caseworker.save()

    response = client.post(reverse("account_login"), {"login": koege.caseworker.email, "password": password})

    assert response.status_code == 200
    assert not signed_in(client)


def test_a_person_without_a_password_is_not_let_in_by_any(client, employer):
    for password in ("", "!", employer.password):
        client.post(reverse("account_login"), {"login": employer.email, "password": password})

    assert not signed_in(client)


def test_guessing_a_password_is_stopped(client, koege):
    koege.caseworker.set_password(PASSWORD)
    koege.caseworker.save()
    for _guess in range(5):
        client.post(reverse("account_login"), {"login": koege.caseworker.email, "password": "gæt"})

    response = client.post(reverse("account_login"), {"login": koege.caseworker.email, "password": PASSWORD})

    assert "For mange" in response.text
    assert not signed_in(client)


def test_asking_for_codes_without_end_is_stopped(client, koege):
    for _attempt in range(3):
        ask_for_code(Client(), koege.caseworker.email)

    response = ask_for_code(client, koege.caseworker.email)

    assert "For mange" in response.text
    assert Mail.objects.count() == 3


def test_trying_one_address_after_the_other_is_stopped_with_a_page(client, db):
    for number in range(31):
        response = client.post(reverse("account_login"), {"login": f"{number}@example.dk", "password": "gæt"})

    assert response.status_code == 429
    assert "For mange forsøg" in response.text


@pytest.mark.parametrize("page", ["signup", "email", "password/reset", "password/change", "reauthenticate"])
def test_pages_that_are_not_used_are_not_there(client, db, page):
    assert client.get(f"/log-ind/{page}/").status_code == 404


def test_nobody_signs_up(client, db, django_user_model):
    response = client.post(reverse("account_signup"), {"email": "ny@example.dk", "password1": PASSWORD})

    assert response.status_code == 405
    assert not django_user_model.objects.exists()


def test_signing_out_asks_first_and_is_a_post(client, koege):
    client.force_login(koege.caseworker)

    assert client.get(reverse("account_logout")).status_code == 200
    assert signed_in(client)

    client.post(reverse("account_logout"))
    assert not signed_in(client)


def test_each_role_begins_on_its_own_page(client, employer, koege, sjaelland, national, administrator):
    first = {
        employer: "desk:my_company",
        koege.caseworker: "desk:my_day",
        koege.manager: "dashboard:my_jobcentre",
        sjaelland.officer: "dashboard:area",
        national: "dashboard:country",
        administrator: "admin:index",
    }
    for person, page in first.items():
        client.force_login(person)

        home = client.get(reverse("accounts:home"))

        assert home["Location"] == reverse(page), person
        shown = client.get(home["Location"], follow=True)
        assert shown.status_code == 200, f"{person} may not open the first page"


def test_a_person_without_any_membership_begins_on_the_front_page(client, koege):
    koege.caseworker.memberships.all().delete()
    client.force_login(koege.caseworker)

    assert client.get(reverse("accounts:home"))["Location"] == reverse("enquiries:front")


def test_whoever_belongs_to_two_organisations_may_change_between_them(client, koege, roskilde):
    second = Membership.objects.create(
        user=koege.caseworker, organisation=roskilde.jobcentre.organisation, role=Role.MANAGER
    )
    client.force_login(koege.caseworker)
    assert "Skift rolle" in client.get(reverse("pages:help")).text
    assert "Jobcenter Roskilde, jobcenterchef" in client.get(reverse("accounts:choose")).text

    response = client.post(reverse("accounts:choose"), {"membership": second.pk}, follow=True)

    assert (reverse("dashboard:my_jobcentre"), 302) in response.redirect_chain
    assert "Jobcenter Roskilde" in response.text


def test_whoever_belongs_to_one_organisation_has_nothing_to_choose(client, koege):
    client.force_login(koege.caseworker)

    assert "Skift rolle" not in client.get(reverse("pages:help")).text


def show_code(email: str) -> str:
    out = StringIO()
    call_command("demo_code", email, stdout=out)
    return out.getvalue().strip()


def test_demo_code_shows_a_code_that_works(client, koege):
    ask_for_code(client, koege.caseworker.email)
    client.post(reverse("account_confirm_login_code"), {"action": "resend"})  # only the newest works

    enter(client, show_code(koege.caseworker.email))

    assert signed_in(client)


def test_demo_code_shows_nothing_of_a_real_person(client, koege):
    koege.caseworker.is_demonstration = False
    koege.caseworker.save()
    ask_for_code(client, koege.caseworker.email)

    with pytest.raises(CommandError, match="no demonstration user"):
        show_code(koege.caseworker.email)


def test_demo_code_says_where_to_ask_first(koege):

    with pytest.raises(CommandError, match=r"ask for one at http://\S+/log-ind/"):
        show_code(koege.caseworker.email)
