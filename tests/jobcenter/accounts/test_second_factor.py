"""Whoever acts for an authority signs in with two things; there is no page beside it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jobcenter.accounts.models import Membership, Role, SecondFactorReset, User
from jobcenter.notifications.models import Mail
from tests.jobcenter.accounts.test_sign_in import PASSWORD, signed_in
from tests.world import World

NOON = timezone.now().replace(hour=11, minute=0, second=10, microsecond=0)
SET_UP = reverse("mfa_activate_totp")


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def caseworker(clock, koege) -> User:
    """Somebody who is not invented for demonstration, and has a password."""
    return real(koege.caseworker)


def real(user: User) -> User:
    user.is_demonstration = False
    user.set_password(PASSWORD)
    user.save()
    return user


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30))


def give_factor(user: User) -> str:
    """The secret of a factor that was set up before."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def sign_in(client: Client, user: User):
    return client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD}, follow=True)


def give(client: Client, code: str):
    return client.post(reverse("mfa_authenticate"), {"code": code}, follow=True)


def opens(client: Client) -> bool:
    return client.get(reverse("desk:my_day")).status_code == 200


def test_whoever_has_none_sets_it_up_and_goes_on(client, caseworker):
    page = sign_in(client, caseworker)
    assert page.redirect_chain[-1][0] == SET_UP
    secret = page.context["form"].secret
    assert secret in page.text
    assert not opens(client)

    page = client.post(SET_UP, {"code": code_of(secret)}, follow=True)

    codes = page.context["unused_codes"]
    assert len(codes) == 10
    assert all(code in page.text for code in codes)
    assert opens(client)


def test_a_wrong_code_sets_nothing_up(client, caseworker):
    page = sign_in(client, caseworker)
    right = code_of(page.context["form"].secret)

    page = client.post(SET_UP, {"code": "000000" if right != "000000" else "111111"})

    assert "Koden passer ikke" in page.text
    assert not Authenticator.objects.exists()


def test_the_next_time_the_app_is_asked(client, caseworker):
    secret = give_factor(caseworker)

    page = sign_in(client, caseworker)
    assert page.redirect_chain[-1][0] == reverse("mfa_authenticate")
    assert not signed_in(client)
    assert give(client, "12345").status_code == 200
    assert not signed_in(client)
    give(client, code_of(secret))

    assert opens(client)


def test_a_code_that_somebody_saw_works_no_second_time(caseworker):
    secret = give_factor(caseworker)
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, caseworker)
        give(client, code_of(secret))

    assert signed_in(first)
    assert not signed_in(second)


def test_a_recovery_code_lets_in_once(caseworker):
    give_factor(caseworker)
    code = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()[0]
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, caseworker)
        give(client, code)

    assert opens(first)
    assert not signed_in(second)


def test_guessing_codes_is_stopped(client, caseworker):
    secret = give_factor(caseworker)
    sign_in(client, caseworker)
    for _guess in range(5):
        give(client, "12345")

    page = give(client, code_of(secret))

    assert "For mange" in page.text
    assert not signed_in(client)


def test_a_session_from_before_the_factor_is_asked_for_its_code(clock, caseworker):
    """So somebody with the mailbox alone is not left inside by the owner's setting it up."""
    thief = Client()
    sign_in(thief, caseworker)
    clock.shift(timedelta(minutes=1))
    secret = give_factor(caseworker)

    page = thief.get(reverse("desk:my_day"), follow=True)
    assert page.redirect_chain[-1][0].startswith(reverse("mfa_reauthenticate"))
    clock.shift(timedelta(minutes=1))
    page = thief.post(page.redirect_chain[-1][0], {"code": code_of(secret), "next": reverse("desk:my_day")})

    assert page["Location"] == reverse("desk:my_day")
    assert opens(thief)


def test_the_codes_are_shown_only_to_whoever_gives_one_again(clock, client, caseworker):
    secret = give_factor(caseworker)
    sign_in(client, caseworker)
    give(client, code_of(secret))

    for name in ("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_deactivate_totp"):
        page = client.get(reverse(name))
        assert page["Location"].startswith(reverse("mfa_reauthenticate")), name

    clock.shift(timedelta(minutes=1))
    client.post(reverse("mfa_reauthenticate"), {"code": code_of(secret)})
    assert client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]


def test_another_telephone_is_set_up_at_once(clock, client, caseworker):
    secret = give_factor(caseworker)
    sign_in(client, caseworker)
    give(client, code_of(secret))
    clock.shift(timedelta(minutes=1))
    client.post(reverse("mfa_reauthenticate"), {"code": code_of(secret)})

    page = client.post(reverse("mfa_deactivate_totp"), follow=True)

    assert page.redirect_chain[-1][0] == SET_UP
    assert not opens(client)


def test_new_recovery_codes_replace_the_old(clock, client, caseworker):
    secret = give_factor(caseworker)
    sign_in(client, caseworker)
    give(client, code_of(secret))
    clock.shift(timedelta(minutes=1))
    client.post(reverse("mfa_reauthenticate"), {"code": code_of(secret)})
    old = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]

    page = client.post(reverse("mfa_generate_recovery_codes"), follow=True)

    assert len(page.context["unused_codes"]) == 10
    assert not set(page.context["unused_codes"]) & set(old)


def test_the_secret_cannot_be_read_in_the_database(caseworker):
    secret = give_factor(caseworker)

    assert secret not in str(Authenticator.objects.get(type=Authenticator.Type.TOTP).data)


def test_it_still_opens_after_the_installations_key_was_changed(client, caseworker, settings):
    secret = give_factor(caseworker)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"

    sign_in(client, caseworker)
    give(client, code_of(secret))

    assert signed_in(client)


def test_employers_and_demonstration_users_go_without(client, koege, employer):
    for user in (employer, koege.caseworker):
        client.force_login(user)

        assert client.get(reverse("accounts:home"))["Location"] != SET_UP


def test_acting_for_a_company_for_now_does_not_go_around_it(client, caseworker, company, employer):
    Membership.objects.create(user=caseworker, organisation=company.organisation, role=Role.EMPLOYER)
    client.force_login(caseworker)
    session = client.session
    session["membership"] = Membership.objects.get(user=caseworker, role=Role.EMPLOYER).pk
    session.save()

    assert client.get(reverse("desk:my_company"))["Location"] == SET_UP


@pytest.mark.parametrize("actor", ["caseworker", "manager", "area_officer", "national", "administrator"])
def test_staff_of_every_role_must_have_one(db, request, client, actor):
    """That no address is beside it, the access matrix tries for every row."""
    user = World(request.getfixturevalue).actors[actor]
    assert user
    User.objects.filter(pk=user.pk).update(is_demonstration=False)
    client.force_login(user)

    for name in ("accounts:home", "enquiries:front", "admin:index"):
        assert client.get(reverse(name))["Location"] == SET_UP
    for name in ("account_logout", "pages:favicon", "mfa_activate_totp"):
        assert client.get(reverse(name)).get("Location") != SET_UP


def test_a_manager_resets_a_lost_one(clock, client, caseworker, koege):
    secret = give_factor(caseworker)
    theirs = Client()
    sign_in(theirs, caseworker)
    give(theirs, code_of(secret))
    client.force_login(koege.manager)
    membership = caseworker.memberships.get()
    assert "Karim Holst" in client.get(reverse("accounts:second_factors")).text

    client.post(reverse("accounts:reset_second_factor", args=[membership.pk]), {"reason": "Mødt på kontoret"})

    assert not Authenticator.objects.filter(user=caseworker).exists()
    done = SecondFactorReset.objects.get()
    assert (done.user, done.by, done.reason) == (caseworker, koege.manager, "Mødt på kontoret")
    assert Mail.objects.get(to=caseworker.email).subject == "Din anden faktor er nulstillet"
    assert theirs.get(reverse("desk:my_day"))["Location"] == SET_UP
    assert "Mødt på kontoret" in client.get(reverse("accounts:second_factors")).text


def test_a_reset_needs_a_reason_and_is_nobodys_own(client, koege, roskilde):
    client.force_login(koege.manager)
    page = reverse("accounts:reset_second_factor", args=[koege.caseworker.memberships.get().pk])

    assert client.post(page, {}).status_code == 200
    assert not SecondFactorReset.objects.exists()
    for other in (koege.manager, roskilde.caseworker):
        page = reverse("accounts:reset_second_factor", args=[other.memberships.get().pk])
        assert client.post(page, {"reason": "x"}).status_code == 404
    with pytest.raises(IntegrityError), transaction.atomic():
        SecondFactorReset.objects.create(user=koege.manager, by=koege.manager, reason="x")


def test_what_was_reset_stays_written_down(koege):
    done = SecondFactorReset.objects.create(user=koege.caseworker, by=koege.manager, reason="x")

    with pytest.raises(DatabaseError), transaction.atomic():
        SecondFactorReset.objects.filter(pk=done.pk).update(reason="y")
    with pytest.raises(DatabaseError), transaction.atomic():
        done.delete()


def test_an_administrator_resets_others_but_not_their_own(client, administrator, koege):
    give_factor(koege.caseworker)
    give_factor(administrator)
    client.force_login(administrator)

    client.post(
        reverse("admin:accounts_user_changelist"),
        {"action": "reset_second_factor", "_selected_action": [koege.caseworker.pk, administrator.pk]},
    )

    assert [done.user for done in SecondFactorReset.objects.all()] == [koege.caseworker]
    assert Authenticator.objects.filter(user=administrator).count() == 2
    assert client.get(reverse("admin:accounts_secondfactorreset_changelist")).status_code == 200
