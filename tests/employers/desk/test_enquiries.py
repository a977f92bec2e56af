"""The queue, one enquiry, and what a caseworker does with it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from employers.enquiries.models import Enquiry
from employers.vacancies.models import Vacancy
from jobcenter.accounts.models import Role
from jobcenter.notifications.models import Mail
from tests.conftest import make_user
from tests.employers.desk.conftest import KOEGES_MESSAGE, KOEGES_SECRETS
from tests.queries import assert_same_queries

ANSWER = "Vi kommer på besøg torsdag klokken ti."


@pytest.fixture
def caseworker(client, koege):
    client.force_login(koege.caseworker)
    return koege.caseworker


def at(name, enquiry):
    return reverse(f"desk:{name}", args=[enquiry.pk])


class TestQueue:
    def queue(self, client, **chosen):
        return client.get(reverse("desk:queue"), chosen)

    def references(self, page):
        return {row["enquiry"].reference for row in page.context["rows"]}

    def test_shows_what_waits_the_most_urgent_first(self, client, caseworker, make_enquiry):
        now = timezone.now()
        later = make_enquiry(answer_due_at=now + timedelta(days=6))
        sooner = make_enquiry(answer_due_at=now + timedelta(days=3))

        rows = self.queue(client).context["rows"]

        assert [row["enquiry"] for row in rows] == [sooner, later]

    def test_holds_nothing_of_another_jobcentre(self, client, roskilde, everything):
        client.force_login(roskilde.caseworker)

        for state in ("", "all", "unpublished", "received"):
            page = self.queue(client, state=state)
            assert page.context["rows"] == []
            for secret in KOEGES_SECRETS:
                assertNotContains(page, secret)

    @pytest.mark.parametrize(
        ("chosen", "expected"),
        [
            ({}, {"new", "taken", "hers"}),
            ({"state": "received"}, {"new", "hers"}),
            ({"state": "in_progress"}, {"taken"}),
            ({"state": "answered"}, {"answered"}),
            ({"state": "closed"}, {"closed"}),
            ({"state": "unpublished"}, {"new"}),
            ({"state": "all"}, {"new", "taken", "hers", "answered", "closed"}),
            ({"owner": "mine"}, {"new", "taken"}),
            ({"kind": "recruit"}, {"new"}),
            ({"kind": "other", "owner": "mine"}, {"taken"}),
            ({"state": "nonsense", "kind": "nonsense", "owner": "nonsense"}, {"new", "taken", "hers"}),
        ],
    )
    def test_the_filters_choose(self, client, caseworker, koege, make_enquiry, chosen, expected):
        organisation = koege.jobcentre.organisation
        colleague = make_user("Nina Dahl", organisation, Role.CASEWORKER)
        other = {"kind": Enquiry.Kind.OTHER, "message": "Hjælp"}
        made = {
            "new": make_enquiry(),
            "taken": make_enquiry(**other).start(by=caseworker, organisation=organisation),
            "hers": make_enquiry(owner=colleague, **other),
            "answered": make_enquiry(**other).answer(by=caseworker, organisation=organisation, text="Ja"),
            "closed": make_enquiry(**other).close(by=caseworker, organisation=organisation, comment="Nej"),
        }

        page = self.queue(client, **chosen)

        assert self.references(page) == {made[name].reference for name in expected}

    def test_the_next_page_keeps_the_filters(self, client, caseworker, make_enquiry):
        for number in range(26):
            make_enquiry(kind=Enquiry.Kind.OTHER, message=f"Nummer {number}")

        page = self.queue(client, state="all", kind="other")

        assert len(page.context["rows"]) == 25
        assertContains(page, "state=all&amp;kind=other&amp;side=2")

    def test_asks_the_database_as_often_for_three_rows_as_for_one(self, client, caseworker, make_enquiry):
        def add_two():
            make_enquiry()
            make_enquiry(kind=Enquiry.Kind.OTHER, message="Hjælp")

        assert_same_queries(open_page=lambda: self.queue(client, state="all"), add_row=add_two)


class TestOneEnquiry:
    def test_says_what_they_ask_who_owns_it_and_by_when(self, client, caseworker, enquiry):
        page = client.get(at("enquiry", enquiry))

        for text in (
            KOEGES_MESSAGE,
            enquiry.reference,
            enquiry.person.name,
            caseworker.name,
            "Svaret er lovet",
        ):
            assertContains(page, text)

    def test_of_another_jobcentre_does_not_exist(self, client, roskilde, enquiry, recruiting):
        client.force_login(roskilde.caseworker)

        for name in ("enquiry", "publish"):
            assert client.get(at(name, recruiting)).status_code == 404
        for name in ("start", "answer", "close", "publish"):
            posted = client.post(at(name, recruiting), {"text": "Fra Roskilde", "comment": "Fra Roskilde"})
            assert posted.status_code == 404
        recruiting.refresh_from_db()
        assert recruiting.state == Enquiry.State.RECEIVED
        assert recruiting.vacancy.state == Vacancy.State.SUBMITTED
        assert not Mail.objects.exists()

    def test_is_not_changed_by_looking(self, client, caseworker, enquiry):
        for name in ("start", "answer", "close"):
            assert client.get(at(name, enquiry)).status_code == 405

    def test_is_taken_up(self, client, caseworker, enquiry):
        page = client.post(at("start", enquiry), follow=True)

        assertContains(page, "Du har taget henvendelsen op.")
        enquiry.refresh_from_db()
        assert enquiry.state == Enquiry.State.IN_PROGRESS
        assert enquiry.log.get().by == caseworker

    def test_taken_up_twice_says_what_happened(self, client, caseworker, enquiry):
        client.post(at("start", enquiry))

        page = client.post(at("start", enquiry), follow=True)

        assertContains(page, "allerede")
        assert enquiry.log.count() == 1

    def test_the_answer_goes_to_the_employer_by_mail(self, client, caseworker, enquiry):
        page = client.post(at("answer", enquiry), {"text": ANSWER}, follow=True)

        assertContains(page, f"Svaret er på vej til {enquiry.person.name}, {enquiry.person.email}.")
        assertContains(page, ANSWER)
        mail = Mail.objects.get()
        assert mail.to == enquiry.person.email
        assert ANSWER in mail.body
        enquiry.refresh_from_db()
        assert enquiry.state == Enquiry.State.ANSWERED

    def test_of_two_who_answer_the_second_is_told_and_their_text_is_kept(
        self, client, koege, caseworker, enquiry
    ):
        colleague = make_user("Nina Dahl", koege.jobcentre.organisation, Role.CASEWORKER)
        enquiry.answer(by=colleague, organisation=koege.jobcentre.organisation, text="Vi ringer i morgen.")

        page = client.post(at("answer", enquiry), {"text": ANSWER})

        assertContains(page, "Din tekst blev ikke sendt")
        assertContains(page, ANSWER)
        assertContains(page, "Vi ringer i morgen.")
        assertContains(page, "Nina Dahl")
        assert "Vi ringer i morgen." in Mail.objects.get().body
        assert enquiry.log.count() == 1

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [("", "Skriv svaret"), ("   ", "Skriv svaret"), ("Se 010190-1234", "010190-xxxx")],
    )
    def test_an_answer_with_something_wrong_is_kept_and_not_sent(
        self, client, caseworker, enquiry, text, sentence
    ):
        page = client.post(at("answer", enquiry), {"text": text})

        assertContains(page, sentence)
        if text.strip():
            assertContains(page, text)
        assert not Mail.objects.exists()
        enquiry.refresh_from_db()
        assert enquiry.state == Enquiry.State.RECEIVED

    def test_it_is_closed_with_a_reason(self, client, caseworker, enquiry):
        page = client.post(at("close", enquiry), {"comment": "De trak den tilbage."}, follow=True)

        assertContains(page, "Henvendelsen er lukket.")
        assertContains(page, "De trak den tilbage.")
        enquiry.refresh_from_db()
        assert enquiry.state == Enquiry.State.CLOSED

    def test_closing_demands_a_reason(self, client, caseworker, enquiry):
        page = client.post(at("close", enquiry), {"comment": ""})

        assertContains(page, "Skriv, hvorfor den lukkes")
        enquiry.refresh_from_db()
        assert enquiry.state == Enquiry.State.RECEIVED

    def test_what_is_closed_offers_no_more_steps_and_refuses_them(self, client, koege, caseworker, enquiry):
        enquiry.close(by=caseworker, organisation=koege.jobcentre.organisation, comment="Dublet")

        page = client.get(at("enquiry", enquiry))
        assertNotContains(page, "<textarea")

        refused = client.post(at("close", enquiry), {"comment": "Igen"}, follow=True)
        assertContains(refused, "allerede")
        assert enquiry.log.count() == 1


class TestPublishing:
    def test_the_preview_shows_the_advertisement_and_changes_nothing(self, client, caseworker, recruiting):
        page = client.get(at("publish", recruiting))

        assertContains(page, recruiting.vacancy.title)
        assertContains(page, recruiting.vacancy.text)
        recruiting.vacancy.refresh_from_db()
        assert recruiting.vacancy.state == Vacancy.State.SUBMITTED

    def test_publishing_makes_it_public(self, client, caseworker, recruiting):
        vacancy = recruiting.vacancy
        assert vacancy not in Vacancy.objects.public()

        response = client.post(at("publish", recruiting))

        assertRedirects(response, at("enquiry", recruiting))
        assert vacancy in Vacancy.objects.public()
        client.logout()
        assertContains(client.get(reverse("vacancies:search")), vacancy.title)

    def test_the_second_publisher_is_told(self, client, koege, caseworker, recruiting):
        colleague = make_user("Nina Dahl", koege.jobcentre.organisation, Role.CASEWORKER)
        stale = Vacancy.objects.get(pk=recruiting.vacancy.pk)
        stale.publish(by=colleague, organisation=koege.jobcentre.organisation)

        page = client.post(at("publish", recruiting), follow=True)

        assertContains(page, "allerede")
        assertContains(page, "Nina Dahl")
        assert recruiting.vacancy.log.count() == 1

    def test_what_has_no_vacancy_cannot_be_published(self, client, caseworker, enquiry):
        assert client.get(at("publish", enquiry)).status_code == 404
        assert client.post(at("publish", enquiry)).status_code == 404
