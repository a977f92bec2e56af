"""The administration pages of people, organisations and mail."""

from __future__ import annotations

import pytest
from django.urls import reverse

from jobcenter.accounts.models import Membership, Organisation, Role, User
from jobcenter.notifications.models import Mail
from tests.queries import assert_same_queries


@pytest.fixture
def admin(client, administrator):
    client.force_login(administrator)
    return client


def test_sign_in_is_the_portals_own(client, db):
    response = client.get(reverse("admin:index"), follow=True)

    assert response.redirect_chain[-1][0].startswith(reverse("account_login"))


def test_every_room_has_a_heading_in_danish(admin):
    rooms = admin.get(reverse("admin:index")).context["app_list"]

    english = [room["name"] for room in rooms if room["name"] == room["app_label"].title()]
    assert rooms
    assert english == []


NO_MEMBERSHIPS = {"memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0}


def test_an_administrator_opens_an_account(admin, koege):
    person = {"email": "Ny.Kollega@Koege.example", "name": "Ny Kollega", "usable_password": "false"}
    admin.post(reverse("admin:accounts_user_add"), person | NO_MEMBERSHIPS)

    new = User.objects.get(email="ny.kollega@koege.example")
    assert not new.has_usable_password()
    assert not new.is_staff


def test_the_same_address_in_capitals_is_refused_with_a_sentence(admin, koege):
    page = reverse("admin:accounts_user_add")

    person = {"email": koege.caseworker.email.upper(), "usable_password": "false"}
    response = admin.post(page, person | NO_MEMBERSHIPS)

    assert response.status_code == 200
    assert response.context["adminform"].form.errors["email"]


def test_a_role_that_does_not_fit_is_refused_with_a_sentence(admin, koege):
    new = User.objects.create_user("ny@koege.example")
    organisation = koege.jobcentre.organisation

    response = admin.post(
        reverse("admin:accounts_membership_add"),
        {"user": new.pk, "organisation": organisation.pk, "role": Role.EMPLOYER},
    )

    assert "Den slags organisation har ikke den rolle." in response.text
    assert not Membership.objects.filter(user=new).exists()


def test_mail_is_read_and_never_written(admin):
    mail = Mail.objects.create(
        to="a@b.example", subject="Emne", body="Kære Mette", language="da", kind="receipt"
    )
    page = reverse("admin:notifications_mail_change", args=[mail.pk])

    assert "Kære Mette" in admin.get(page).text
    assert admin.post(page, {"body": "Andet"}).status_code == 403
    assert admin.get(reverse("admin:notifications_mail_add")).status_code == 403
    assert (
        admin.post(reverse("admin:notifications_mail_delete", args=[mail.pk]), {"post": "yes"}).status_code
        == 403
    )


def test_nobody_reads_another_persons_sign_in_code(admin, client):
    mail = Mail.objects.create(
        to="a@b.example", subject="Din kode", body="BCDF-GHJK", language="da", kind="sign_in"
    )

    page = admin.get(reverse("admin:notifications_mail_change", args=[mail.pk]))

    assert "Din kode" in page.text
    assert "BCDF-GHJK" not in page.text


@pytest.mark.parametrize("model", ["user", "organisation", "membership"])
def test_a_list_asks_the_same_for_three_rows_as_for_one(admin, model):
    def add_row() -> None:
        number = User.objects.count()
        organisation = Organisation.objects.create(kind=Organisation.Kind.NATIONAL, name=f"Styrelse {number}")
        user = User.objects.create_user(f"{number}@example.dk")
        Membership.objects.create(user=user, organisation=organisation, role=Role.NATIONAL)

    page = reverse(f"admin:accounts_{model}_changelist")
    assert_same_queries(open_page=lambda: admin.get(page), add_row=add_row)


def test_the_list_of_mail_asks_the_same_for_three_rows_as_for_one(admin):
    page = reverse("admin:notifications_mail_changelist")
    assert_same_queries(
        open_page=lambda: admin.get(page),
        add_row=lambda: Mail.objects.create(
            to="a@b.example", subject="x", body="x", language="da", kind="receipt"
        ),
    )
