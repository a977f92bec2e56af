"""The private page: what the employer sees, and how they close the vacancy."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from employers.enquiries.models import Enquiry, Kind, State
from employers.vacancies.models import Outcome, Vacancy

pytestmark = pytest.mark.django_db


def closing(enquiry: Enquiry) -> str:
    return reverse("enquiries:close_vacancy", args=[enquiry.token])


@pytest.fixture
def by(koege):
    return {"by": koege.caseworker, "organisation": koege.jobcentre.organisation}


def test_the_receipt_has_promise_reference_jobcentre_and_owner(client, roskilde, make_enquiry):
    enquiry = make_enquiry()

    page = client.get(enquiry.link)

    assertContains(page, "Tak. Karim Holst i Jobcenter Køge svarer.")
    assertContains(page, enquiry.reference)
    assertContains(page, "fordi arbejdsstedet, Tangmosevej 88, ligger i Køge Kommune")
    assertContains(page, "Karim Holst, virksomhedskonsulent")
    assertContains(page, "mailto:karim.holst@example.dk")
    assertContains(page, "Mangler der kandidater i Køge, spørger Karim jobcentrene i Roskilde.")
    assertContains(page, f"http://testserver{page.request['PATH_INFO']}")
    assertContains(page, "offentliggøres, når Karim har bekræftet den")
    assert "no-store" in page["Cache-Control"]


def test_the_jobcentres_answer_is_shown_and_what_it_writes_to_itself_is_not(client, make_enquiry, by):
    enquiry = make_enquiry().answer(text="Vi har tre, der passer.", **by)
    enquiry.close(comment="Direktøren var sur i telefonen", **by)

    page = client.get(enquiry.link)

    assertContains(page, "Svar fra Karim Holst")
    assertContains(page, "Vi har tre, der passer.")
    assertNotContains(page, "sur i telefonen")


def test_a_promise_that_is_broken_is_admitted(client, make_enquiry):
    now = timezone.now()
    enquiry = make_enquiry(received_at=now - timedelta(days=5), answer_due_at=now - timedelta(days=1))

    assertContains(client.get(enquiry.link), "Fristen er overskredet, og det beklager vi")


def test_a_published_vacancy_can_be_seen_from_the_page(client, make_enquiry, by):
    enquiry = make_enquiry()
    enquiry.vacancy.publish(**by)

    assertContains(client.get(enquiry.link), f'href="{enquiry.vacancy.get_absolute_url()}"')


def test_an_altered_link_says_what_to_do(client, make_enquiry):
    enquiry = make_enquiry()

    for path in (enquiry.link[:-3] + "xy/", "/h/noget-helt-andet/", closing(enquiry)[:-8] + "z/luk/"):
        page = client.get(path)
        assertContains(page, "Et tegn mangler eller er ændret", status_code=404)
        assertContains(page, reverse("enquiries:find"), status_code=404)
        assertNotContains(page, enquiry.reference, status_code=404)


def test_there_is_one_button_for_each_outcome_and_looking_changes_nothing(client, make_enquiry):
    enquiry = make_enquiry()

    page = client.get(closing(enquiry))

    for outcome in (
        Outcome.FILLED_AS_WANTED,
        Outcome.FILLED_OTHER_PROFILE,
        Outcome.NOT_FILLED,
        Outcome.WITHDRAWN,
    ):
        assertContains(page, f'name="outcome" value="{outcome}"', count=1)
    assertNotContains(page, f'value="{Outcome.UNKNOWN}"')
    enquiry.vacancy.refresh_from_db()
    assert enquiry.vacancy.state == Vacancy.State.SUBMITTED


@pytest.mark.parametrize("is_published", [False, True])
def test_one_press_closes_the_vacancy_and_its_enquiry(client, make_enquiry, by, is_published):
    enquiry = make_enquiry()
    if is_published:
        enquiry.vacancy.publish(**by)

    page = client.post(closing(enquiry), {"outcome": Outcome.NOT_FILLED}, follow=True)

    assertContains(page, "Tak. Stillingen er lukket og vises ikke længere.")
    assertContains(page, "I har lukket stillingen")
    assertNotContains(page, "I får svar")
    enquiry.refresh_from_db()
    assert (enquiry.vacancy.state, enquiry.vacancy.outcome) == (Vacancy.State.CLOSED, Outcome.NOT_FILLED)
    assert enquiry.state == State.CLOSED
    step = enquiry.vacancy.log.order_by("-pk").first()
    assert (step.to_state, step.by) == ("closed", None)


def test_closing_a_second_time_says_so_and_changes_nothing(client, make_enquiry):
    enquiry = make_enquiry()
    client.post(closing(enquiry), {"outcome": Outcome.FILLED_AS_WANTED})

    page = client.post(closing(enquiry), {"outcome": Outcome.NOT_FILLED}, follow=True)

    assertContains(page, "Stillingen var allerede lukket, så intet blev ændret")
    assertContains(client.get(closing(enquiry)), "besat som ønsket")
    enquiry.vacancy.refresh_from_db()
    assert enquiry.vacancy.outcome == Outcome.FILLED_AS_WANTED


@pytest.mark.parametrize("outcome", ["", "unknown", "x" * 500])
def test_an_answer_that_is_none_of_the_four_is_asked_for_again(client, make_enquiry, outcome):
    enquiry = make_enquiry()

    page = client.post(closing(enquiry), {"outcome": outcome})

    assertContains(page, "Vælg et af de fire svar")
    enquiry.vacancy.refresh_from_db()
    assert enquiry.vacancy.outcome == ""


def test_the_vacancy_can_be_closed_after_the_jobcentre_has_closed_the_enquiry(client, make_enquiry, by):
    enquiry = make_enquiry().close(**by)

    client.post(closing(enquiry), {"outcome": Outcome.WITHDRAWN})

    enquiry.vacancy.refresh_from_db()
    assert enquiry.vacancy.state == Vacancy.State.CLOSED


def test_an_enquiry_without_a_vacancy_has_nothing_to_close(client, make_enquiry):
    enquiry = make_enquiry(kind=Kind.OTHER, message="Hvem taler vi med?")

    assertNotContains(client.get(enquiry.link), "Luk stillingen")
    assert client.get(closing(enquiry)).status_code == 404


def test_closing_needs_the_forms_own_token(make_enquiry):
    from django.test import Client

    enquiry = make_enquiry()

    page = Client(enforce_csrf_checks=True).post(closing(enquiry), {"outcome": Outcome.WITHDRAWN})

    assert page.status_code == 403
    enquiry.vacancy.refresh_from_db()
    assert enquiry.vacancy.state == Vacancy.State.SUBMITTED


def test_the_receipts_address_leads_to_the_private_page(client, make_draft):
    draft = make_draft()
    unsent = client.get(reverse("enquiries:receipt", args=[draft.pk]))
    client.post(reverse("enquiries:step", args=[draft.pk, "send"]))

    sent = client.get(reverse("enquiries:receipt", args=[draft.pk]))

    assertRedirects(unsent, reverse("enquiries:draft", args=[draft.pk]), target_status_code=302)
    assert sent["Location"].startswith("/h/")
