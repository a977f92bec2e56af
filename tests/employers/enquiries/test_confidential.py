"""Enquiries about dismissals and single employees: nobody but those who work on them knows of them."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from employers.enquiries import letters
from employers.enquiries.confiding import add_handler, release
from employers.enquiries.models import Enquiry, Handler, Kind, Release
from employers.enquiries.promise import kept, kept_by_jobcentre
from jobcenter.accounts.models import Role
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.notifications.models import Mail
from tests.conftest import make_user

pytestmark = pytest.mark.django_db

SECRET = "Fyrre i støberiet mister jobbet"


@pytest.fixture(params=[Kind.DISMISSALS, Kind.RETENTION])
def secret(request, make_enquiry):
    return make_enquiry(kind=request.param, message=SECRET)


@pytest.fixture
def colleague(koege):
    """Works at the same jobcentre, on other things."""
    return make_user("Mona Kollega", koege.jobcentre.organisation, Role.CASEWORKER)


@pytest.fixture
def by(koege):
    return {"by": koege.manager, "organisation": koege.jobcentre.organisation}


def seen_by(user, koege):
    return list(Enquiry.objects.visible_to(koege.jobcentre, user=user))


def pages_of_lists(enquiry):
    """Every page that lists or counts enquiries."""
    company = enquiry.company.pk
    return [
        reverse("desk:my_day"),
        *(f"{reverse('desk:queue')}?state={state}" for state in ("waiting", "all", "received")),
        f"{reverse('desk:queue')}?state=all&kind={enquiry.kind}",
        f"{reverse('desk:companies')}?q=Fyrre",
        reverse("desk:company", args=[company]),
        reverse("desk:company_part", args=[company, "henvendelser"]),
        reverse("desk:company_part", args=[company, "kontakter"]),
        reverse("contacts:log", args=[company]),
    ]


def test_its_owner_a_named_handler_and_the_manager_see_it(koege, secret, colleague):
    assert seen_by(koege.caseworker, koege) == [secret]
    assert seen_by(koege.manager, koege) == [secret]
    assert seen_by(colleague, koege) == []
    assert seen_by(None, koege) == []

    add_handler(secret, user=colleague, by=koege.caseworker)

    assert seen_by(colleague, koege) == [secret]


@pytest.mark.parametrize("who", ["colleague", "neighbour"])
def test_nobody_else_finds_it_on_any_page(client, koege, roskilde, secret, colleague, who):
    client.force_login(colleague if who == "colleague" else roskilde.caseworker)

    for address in pages_of_lists(secret):
        page = client.get(address)
        assert page.status_code == 200, address
        for told in (SECRET, secret.reference, f"/henvendelser/{secret.pk}/", "Henvendelse fra virksomheden"):
            assertNotContains(page, told, msg_prefix=address)


def test_nobody_else_has_it_counted(client, koege, secret, colleague):
    client.force_login(colleague)
    counts = client.get(reverse("desk:company", args=[secret.company_id])).context["counts"]
    day = client.get(reverse("desk:my_day")).context["day"]

    assert counts["henvendelser"] == 0
    assert day.jobcentre_waits == 0
    assertContains(client.get(f"{reverse('desk:queue')}?state=all"), "0 henvendelser")

    client.force_login(koege.manager)
    assert client.get(reverse("desk:my_day")).context["day"].jobcentre_waits == 1
    assert (
        client.get(reverse("desk:company", args=[secret.company_id])).context["counts"]["henvendelser"] == 1
    )


@pytest.mark.parametrize("name", ["enquiry", "start", "answer", "close", "confirm", "add_handler", "release"])
def test_to_a_colleague_who_is_not_let_in_it_does_not_exist(client, koege, secret, colleague, name):
    client.force_login(colleague)
    address = reverse(f"desk:{name}", args=[secret.pk])

    page = client.get(address) if name == "enquiry" else client.post(address, {"text": "Hej"})

    assert page.status_code == 404


def test_an_owner_elsewhere_sees_it_only_at_the_responsible_jobcentre(koege, roskilde, make_enquiry):
    enquiry = make_enquiry(kind=Kind.DISMISSALS, message=SECRET)

    assert list(Enquiry.objects.visible_to(roskilde.jobcentre, user=koege.caseworker)) == []
    assert list(Enquiry.objects.visible_to(roskilde.jobcentre, user=roskilde.manager)) == []
    assert enquiry.is_confidential


def test_a_colleague_in_the_company_does_not_see_it_but_its_sender_does(client, secret, employer, company):
    other = make_user("Ib Kollega", company.organisation, Role.EMPLOYER)
    address = reverse("desk:my_company")

    client.force_login(other)
    assertNotContains(client.get(address), secret.reference)

    client.force_login(employer)
    assertNotContains(client.get(address), secret.reference, msg_prefix="another address than the sender's")
    secret.person.email = employer.email
    secret.person.save()
    assertContains(client.get(address), secret.reference)


def test_released_it_is_like_any_other(client, koege, roskilde, secret, colleague, by):
    release(secret, reason="Aftalt med direktøren", **by)
    secret = Enquiry.objects.get(pk=secret.pk)

    assert seen_by(colleague, koege) == seen_by(None, koege) == [secret]
    assert not secret.is_confidential
    client.force_login(colleague)
    page = client.get(reverse("desk:enquiry", args=[secret.pk]))
    assertContains(page, "Aftalt med direktøren")
    assertNotContains(page, "Luk kollegaen ind")
    client.force_login(roskilde.caseworker)
    neighbours = client.get(reverse("desk:company", args=[secret.company_id]))
    assertContains(neighbours, "Henvendelse fra virksomheden")
    assertNotContains(neighbours, SECRET)


def test_releasing_needs_a_reason_and_happens_once(secret, by):
    for reason in ("", "  "):
        with pytest.raises(TransitionRefused):
            release(secret, reason=reason, **by)
    release(secret, reason="Aftalt", **by)

    with pytest.raises(TransitionRefused):
        release(secret, reason="Igen", **by)
    assert Release.objects.get().reason == "Aftalt"


def test_the_database_refuses_a_release_without_a_reason_and_a_change_of_one(secret, by):
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.create(enquiry=secret, reason="", **by)
    release(secret, reason="Aftalt", **by)
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        Release.objects.update(reason="Noget andet")


def test_an_ordinary_enquiry_has_nothing_to_release(client, koege, make_enquiry, by):
    with pytest.raises(TransitionRefused):
        release(make_enquiry(kind=Kind.OTHER, message="Hej"), reason="Fordi", **by)


def test_on_its_page_a_colleague_is_let_in_and_it_is_released(client, koege, secret, colleague):
    client.force_login(koege.caseworker)
    address = reverse("desk:enquiry", args=[secret.pk])
    assertContains(client.get(address), "Fortroligt")

    let_in = {"handler-user": colleague.pk}
    page = client.post(reverse("desk:add_handler", args=[secret.pk]), let_in, follow=True)
    assertContains(page, "Mona Kollega kan nu se og besvare den")
    assert Handler.objects.get().added_by == koege.caseworker

    empty = client.post(reverse("desk:release", args=[secret.pk]), {"release-reason": ""})
    assertContains(empty, "Skriv, hvorfor flere må se henvendelsen")
    with_cpr = {"release-reason": "Se 010180-1234"}
    assertContains(
        client.post(reverse("desk:release", args=[secret.pk]), with_cpr), "Det ligner et CPR-nummer"
    )
    reason = {"release-reason": "Aftalt med direktøren"}
    page = client.post(reverse("desk:release", args=[secret.pk]), reason, follow=True)
    assertContains(page, "Henvendelsen er frigivet")
    assertContains(page, "Frigivet til flere")


@pytest.mark.parametrize("who", ["neighbour", "owner", "nobody"])
def test_only_a_colleague_of_the_jobcentre_is_let_in(client, koege, roskilde, secret, who):
    user = {"neighbour": roskilde.caseworker.pk, "owner": koege.caseworker.pk, "nobody": 0}[who]
    client.force_login(koege.caseworker)

    page = client.post(reverse("desk:add_handler", args=[secret.pk]), {"handler-user": user})

    assertContains(page, "Vælg en kollega i jobcentret, som ikke arbejder på den endnu")
    assert not Handler.objects.exists()


def test_whoever_looks_after_the_installation_does_not_read_its_mails(client, administrator, secret):
    with transaction.atomic():
        letters.send_receipt(secret)
    client.force_login(administrator)

    page = client.get(reverse("admin:notifications_mail_change", args=[Mail.objects.get().pk]))

    assertContains(page, secret.reference)
    assertNotContains(page, SECRET)
    assertNotContains(page, secret.token)


def test_it_is_no_part_of_a_jobcentres_published_total(koege, make_enquiry):
    past = timezone.now() - timezone.timedelta(days=9)
    for kind in (Kind.DISMISSALS, Kind.OTHER):
        make_enquiry(
            kind=kind, message="x", received_at=past, answer_due_at=past + timezone.timedelta(days=1)
        )

    assert kept_by_jobcentre(at=timezone.now())[koege.jobcentre.pk].due == 1


def test_it_is_counted_among_the_kept_promises_of_the_country(secret):
    Enquiry.objects.update(
        received_at=timezone.now() - timezone.timedelta(days=9),
        answer_due_at=timezone.now() - timezone.timedelta(days=7),
    )

    assert kept(at=timezone.now()).due == 1
