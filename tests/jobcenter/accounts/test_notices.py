"""Choosing what to be told by e-mail: signed in, or by the link in a mail."""

from __future__ import annotations

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from employers.access.notices import COLLEAGUES
from employers.saved_searches.notices import NEW_VACANCIES
from jobcenter.notifications import choosing
from jobcenter.notifications.kinds import Audience, for_audiences
from jobcenter.notifications.models import How, Recipient
from jobcenter.notifications.telling import notify

ADDRESS = "/konto/beskeder/"
DAILY = {kind.code: "daily" for kind in for_audiences(Audience.EMPLOYER)}


class TestSignedIn:
    def test_an_employer_chooses_among_what_concerns_employers(self, client, employer):
        client.force_login(employer)
        shown = client.get(ADDRESS)
        assertContains(shown, "Kolleger på virksomhedens side")
        assertContains(shown, "Sidste frist for at søge jeres stillinger")
        for other in ("Virksomheders første brugere", "Straks", "gemte søgninger"):
            assertNotContains(shown, other)

        assertRedirects(client.post(ADDRESS, {**DAILY, "colleagues": "off"}), ADDRESS)

        recipient = Recipient.objects.get(email=employer.email)
        assert choosing.way(recipient, COLLEAGUES) == How.OFF

    def test_staff_may_be_told_at_once(self, client, koege):
        client.force_login(koege.manager)
        assertContains(client.get(ADDRESS), "Virksomheders første brugere")

        daily = {kind.code: "daily" for kind in for_audiences(Audience.STAFF)}
        client.post(ADDRESS, {**daily, "first_users": "at_once"})

        assert Recipient.objects.get().choices.get(kind="first_users").how == How.AT_ONCE

    @pytest.mark.parametrize("chosen", ["", "at_once", "hver time"])
    def test_what_an_employer_cannot_choose_is_refused(self, client, employer, chosen):
        client.force_login(employer)

        page = client.post(ADDRESS, {**DAILY, "colleagues": chosen})

        assertContains(page, "Fejl:")
        assert not Recipient.objects.exists()

    def test_in_english_the_mail_is_english_from_then_on(self, client, employer):
        client.force_login(employer)
        client.cookies["django_language"] = "en"

        client.post(ADDRESS, DAILY)

        assert Recipient.objects.get().language == "en"


@pytest.mark.django_db
class TestByTheLink:
    @pytest.fixture
    def recipient(self):
        notify(to="signe@example.dk", kind=NEW_VACANCIES, key="1", subject="1 ny stilling")
        return Recipient.objects.get()

    def test_only_what_they_have_been_told_of_is_there(self, client, recipient):
        shown = client.get(recipient.choices_link)

        assertContains(shown, "Nye stillinger i dine gemte søgninger")
        assertNotContains(shown, "Kolleger")

    def test_a_kind_is_turned_off_and_on_again_after_everything_was_stopped(self, client, recipient):
        client.post(recipient.choices_link, {"new_vacancies": "off"})
        assert not recipient.notices.exists()
        choosing.stop(email=recipient.email)
        assertContains(client.get(recipient.choices_link), "Du har stoppet det hele")

        client.post(recipient.choices_link, {"new_vacancies": "daily"})

        recipient.refresh_from_db()
        assert recipient.stopped_at is None
        assert choosing.way(recipient, NEW_VACANCIES) == How.DAILY

    def test_the_link_of_one_address_changes_nothing_of_another(self, client, recipient):
        other = Recipient.objects.create(email="andre@example.dk")

        client.post(recipient.stop_link)

        other.refresh_from_db()
        assert other.stopped_at is None
