"""Nothing that somebody sent without an account becomes public before their address is confirmed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from employers.enquiries.intake import submit
from employers.enquiries.models import Confirmation, Enquiry
from employers.vacancies.models import Vacancy
from jobcenter.accounts.models import User
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.notifications.models import Mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(make_draft):
    """An enquiry about a vacancy, as somebody without an account has sent it."""
    enquiry = submit(draft=make_draft(), at=timezone.now())
    return Enquiry.objects.get(pk=enquiry.pk)


@pytest.fixture
def by(koege):
    return {"by": koege.caseworker, "organisation": koege.jobcentre.organisation}


def test_the_mail_has_the_link_and_the_browser_has_not(client, sent):
    # The link carries the second it was made in, so one made now may be another.
    [link] = re.findall(r"https?://[^/\s]+(/bekraeft/\S+)$", Mail.objects.get().body, re.MULTILINE)
    assertContains(client.get(link), "Ja, bekræft min adresse")
    page = client.get(sent.link)
    assertContains(page, "Bekræft jeres adresse")
    assertContains(page, "Stillingen offentliggøres ikke før")
    assertNotContains(page, "/bekraeft/W")
    assertNotContains(page, link)


def test_the_link_opens_a_page_with_one_button_and_looking_confirms_nothing(client, sent):
    page = client.get(sent.confirmation_link)

    assertContains(page, "Ja, bekræft min adresse")
    assert not Confirmation.objects.exists()
    pressed = client.post(sent.confirmation_link, follow=True)
    assertRedirects(pressed, sent.link)
    assertContains(pressed, "Tak. Adressen er bekræftet.")
    assert Confirmation.objects.get().how == Confirmation.How.LINK
    assert not Vacancy.objects.get().awaits_confirmation


def test_pressing_twice_changes_nothing(client, sent):
    client.post(sent.confirmation_link)
    first = Confirmation.objects.get().at

    client.post(sent.confirmation_link)

    assert Confirmation.objects.get().at == first
    assertContains(client.get(sent.confirmation_link), "Adressen er allerede bekræftet")


def test_a_vacancy_is_not_published_before(client, koege, sent, by):
    with pytest.raises(TransitionRefused, match="bekræftet sin e-mailadresse"):
        sent.vacancy.publish(**by)
    client.force_login(koege.caseworker)
    address = reverse("desk:publish", args=[sent.pk])
    assertNotContains(client.get(address), 'type="submit">Udgiv')
    assertContains(client.post(address, follow=True), "Afsenderen har endnu ikke bekræftet sin e-mailadresse")
    assert Vacancy.objects.get().state == Vacancy.State.SUBMITTED

    client.post(sent.confirmation_link)
    client.post(address)

    assert Vacancy.objects.get().state == Vacancy.State.PUBLISHED


def test_the_database_publishes_none_either(sent):
    with pytest.raises(IntegrityError), transaction.atomic():
        Vacancy.objects.update(state=Vacancy.State.PUBLISHED, published_at=timezone.now())


def test_a_caseworker_who_has_spoken_with_the_company_confirms_for_them(client, koege, sent, by):
    client.force_login(koege.caseworker)
    address = reverse("desk:confirm", args=[sent.pk])
    assertContains(client.get(reverse("desk:enquiry", args=[sent.pk])), "Afsenderen er ikke bekræftet")

    assertContains(client.post(address, {"confirm-reason": ""}), "Skriv, hvordan I ved, at virksomheden")
    assert not Confirmation.objects.exists()
    page = client.post(address, {"confirm-reason": "Ringede til hovednummeret."}, follow=True)

    assertContains(page, "Afsenderen er bekræftet.")
    assertContains(page, "Ringede til hovednummeret.")
    row = Confirmation.objects.get()
    assert (row.how, row.by, row.reason) == ("on_behalf", koege.caseworker, "Ringede til hovednummeret.")
    sent.vacancy.refresh_from_db()
    sent.vacancy.publish(**by)
    again = client.post(address, {"confirm-reason": "Igen"}, follow=True)
    assertContains(again, "Afsenderen er allerede bekræftet")


def test_whoever_is_signed_in_with_the_address_need_not(make_draft):
    sender = User.objects.create_user("mette.bruun@tigermosen.example", name="Mette Bruun")

    enquiry = submit(draft=make_draft(), at=timezone.now(), sender=sender)

    assert enquiry.confirmation.how == Confirmation.How.SIGNED_IN
    assert not Vacancy.objects.get().awaits_confirmation
    assert "/bekraeft/" not in Mail.objects.get().body


def test_whoever_is_signed_in_with_another_address_must(make_draft, employer):
    enquiry = submit(draft=make_draft(), at=timezone.now(), sender=employer)

    assert not Enquiry.objects.get(pk=enquiry.pk).is_confirmed
    assert Vacancy.objects.get().awaits_confirmation


def test_a_link_that_has_run_out_confirms_nothing_and_mails_a_new_one(client, sent):
    with time_machine.travel(timezone.now() + timedelta(days=15), tick=False):
        page = client.get(sent.confirmation_link.strip())
        assert page.status_code == 200, "made now, it holds"
    link = sent.confirmation_link
    with time_machine.travel(timezone.now() + timedelta(days=15), tick=False):
        page = client.get(link)
        assertContains(page, "Linket er udløbet", status_code=410)
        pressed = client.post(link, follow=True)
        assertContains(pressed, "Et nyt link er på vej til mette.bruun@tigermosen.example")
        assert not Confirmation.objects.exists()
        newest = Mail.objects.latest("pk")
        assert newest.kind == "enquiry_confirmation"


def test_an_altered_link_or_that_of_the_private_page_confirms_nothing(client, sent):
    private = sent.link.removeprefix("/h/")
    for path in (sent.confirmation_link[:-4] + "xyz/", f"/bekraeft/{private}", "/bekraeft/noget/"):
        page = client.post(path)
        assertContains(page, "Et tegn mangler eller er ændret", status_code=404)
    assert not Confirmation.objects.exists()


def test_the_link_of_an_address_that_was_corrected_since_proves_nothing(client, sent):
    link = sent.confirmation_link
    sent.person.email = "ny@tigermosen.example"
    sent.person.save()

    assert client.post(link).status_code == 404
    assert not Confirmation.objects.exists()


def test_it_is_mailed_again_when_asked_for_but_not_without_end(client, sent):
    address = reverse("enquiries:send_confirmation", args=[sent.token])

    for _time in range(3):
        page = client.post(address, follow=True)
        assertContains(page, "Et nyt link er på vej")

    assert Mail.objects.filter(kind="enquiry_confirmation").count() == 1


def test_the_page_and_the_mail_are_in_english_too(client, make_draft):
    from django.utils import translation

    with translation.override("en"):
        enquiry = submit(draft=make_draft(), at=timezone.now())
    client.cookies["django_language"] = "en"

    assertContains(client.get(enquiry.confirmation_link), "Yes, confirm my address")
    assert "confirm that it is you" in Mail.objects.get().body


def test_an_unconfirmed_vacancy_is_nowhere_in_public(client, sent):
    for path in ("/", "/stillinger/"):
        page = client.get(path, follow=True)
        if page.status_code == 200:
            assertNotContains(page, sent.vacancy.title)
