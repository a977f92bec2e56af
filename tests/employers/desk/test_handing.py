"""Whose an enquiry is, on the pages: given to a colleague, moved, asked about, and helped with."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from employers.contacts.models import Lead
from employers.enquiries.asking import ask
from employers.enquiries.escalating import escalate, watch
from employers.enquiries.models import Enquiry, Escalation, HelpAnswer
from jobcenter.accounts.models import Role
from tests.conftest import agree, make_user
from tests.queries import assert_same_queries

QUESTION = "Har I to pakkere fra på mandag?"
REASON = "Holdet flytter til lageret i Roskilde."


@pytest.fixture
def agreement(koege, roskilde):
    return agree(
        name="Østsjælland",
        purpose="Fælles rekruttering",
        jobcentres=[koege.jobcentre, roskilde.jobcentre],
        valid_from=timezone.localdate() - timedelta(days=30),
    )


@pytest.fixture
def caseworker(client, koege):
    client.force_login(koege.caseworker)
    return koege.caseworker


def at(name, enquiry):
    return reverse(f"desk:{name}", args=[enquiry.pk])


def owner_of(enquiry):
    return Enquiry.objects.select_related("owner").get(pk=enquiry.pk).owner


def test_a_colleague_is_given_it_and_the_page_says_by_whom(client, caseworker, koege, make_enquiry):
    enquiry = make_enquiry()

    page = client.post(at("give", enquiry), {"give-to": koege.manager.pk}, follow=True)

    assert owner_of(enquiry) == koege.manager
    assertContains(page, "Givet af Karim Holst.")


def test_whoever_gives_a_confidential_one_away_is_led_to_what_they_may_still_see(
    client, caseworker, koege, make_enquiry
):
    colleague = make_user("Nadia Berg", koege.jobcentre.organisation, Role.CASEWORKER)
    enquiry = make_enquiry(kind=Enquiry.Kind.DISMISSALS, message="Vi lukker aftenholdet.")

    page = client.post(at("give", enquiry), {"give-to": colleague.pk})

    assertRedirects(page, reverse("desk:queue"))


def test_a_neighbour_cannot_be_given_it(client, caseworker, roskilde, make_enquiry):
    enquiry = make_enquiry()

    page = client.post(at("give", enquiry), {"give-to": roskilde.caseworker.pk}, follow=True)

    assertContains(page, "Vælg en kollega i jobcentret.")
    assert owner_of(enquiry) == caseworker


def test_moving_it_tells_the_employer_on_the_private_page(client, caseworker, roskilde, make_enquiry):
    enquiry = make_enquiry()

    page = client.post(at("move", enquiry), {"to": roskilde.jobcentre.pk, "reason": REASON}, follow=True)

    assertContains(page, "Jobcenter Roskilde har nu ansvaret")
    private = client.get(enquiry.link)
    for words in ("Jobcenter Roskilde", "Sofie Lind", REASON):
        assertContains(private, words)
    assertNotContains(private, "because the workplace")
    assertNotContains(private, "fordi arbejdsstedet")


def test_what_was_typed_stays_where_the_move_is_refused(client, caseworker, make_enquiry):
    enquiry = make_enquiry()

    page = client.post(at("move", enquiry), {"to": "", "reason": REASON})

    assertContains(page, "Vælg det jobcenter, der får ansvaret")
    assertContains(page, REASON)


def test_partners_are_asked_and_the_offer_stands_beside_the_enquiry(
    client, caseworker, roskilde, agreement, make_enquiry
):
    enquiry = make_enquiry()
    client.post(at("ask", enquiry), {"whom": agreement.pk, "question": QUESTION})
    answer = HelpAnswer.objects.get()

    client.force_login(roskilde.caseworker)
    assertContains(client.get(reverse("desk:helps")), enquiry.company.name)
    page = client.get(reverse("desk:help", args=[answer.pk]))
    assertContains(page, QUESTION)
    client.post(reverse("desk:help", args=[answer.pk]), {"action": "offer", "text": "Vi har to."})

    client.force_login(caseworker)
    page = client.get(at("enquiry", enquiry))
    assertContains(page, "Jobcenter Roskilde tilbyder hjælp")
    assertContains(page, "Vi har to.")


def test_an_offer_without_words_is_asked_for_them(client, koege, roskilde, agreement, make_enquiry):
    answer = ask(
        make_enquiry(), agreement=agreement, question=QUESTION, by=koege.caseworker, at=timezone.now()
    ).answers.get()
    client.force_login(roskilde.caseworker)

    page = client.post(reverse("desk:help", args=[answer.pk]), {"action": "offer", "text": " "})

    assertContains(page, "Skriv, hvad I kan hjælpe med.")
    answer.refresh_from_db()
    assert answer.state == HelpAnswer.State.ASKED


def test_a_confidential_enquiry_offers_neither_partners_nor_a_move(
    client, caseworker, agreement, make_enquiry
):
    enquiry = make_enquiry(kind=Enquiry.Kind.DISMISSALS, message="Vi lukker aftenholdet.")

    page = client.get(at("enquiry", enquiry))

    assertNotContains(page, at("ask", enquiry))
    assertNotContains(page, at("move", enquiry))
    refused = client.post(at("ask", enquiry), {"whom": agreement.pk, "question": QUESTION})
    assertContains(refused, "Frigiv den")
    assert not HelpAnswer.objects.exists()


def test_without_an_agreement_there_is_nobody_to_ask(client, caseworker, make_enquiry):
    enquiry = make_enquiry()

    assertNotContains(client.get(at("enquiry", enquiry)), at("ask", enquiry))
    assertContains(client.get(at("ask", enquiry)), "ingen gældende aftale")


def test_who_was_told_that_it_is_late_stands_on_the_page_and_in_the_queue(client, caseworker, make_enquiry):
    now = timezone.now()
    enquiry = make_enquiry(received_at=now - timedelta(days=9), answer_due_at=now - timedelta(hours=1))
    watch(enquiry)
    for pk in Escalation.objects.values_list("pk", flat=True):
        escalate(pk)

    assertContains(client.get(at("enquiry", enquiry)), "Lone Friis fik besked")
    assertContains(client.get(reverse("desk:queue")), "lederen har fået besked")


def test_the_list_of_what_others_ask_costs_the_same_however_long(
    client, koege, roskilde, agreement, make_enquiry
):
    client.force_login(roskilde.caseworker)

    assert_same_queries(
        open_page=lambda: client.get(reverse("desk:helps")),
        add_row=lambda: ask(
            make_enquiry(), agreement=agreement, question=QUESTION, by=koege.caseworker, at=timezone.now()
        ),
    )


def test_the_page_of_an_enquiry_costs_the_same_however_many_are_asked(
    client, caseworker, koege, agreement, make_enquiry
):
    enquiry = make_enquiry()

    assert_same_queries(
        open_page=lambda: client.get(at("enquiry", enquiry)),
        add_row=lambda: ask(
            enquiry, agreement=agreement, question=QUESTION, by=koege.caseworker, at=timezone.now()
        ),
    )


def test_a_lead_is_agreed_on_changed_and_ended_on_the_companys_page(client, caseworker, koege, company):
    address = reverse("desk:lead", args=[company.pk])

    page = client.post(address, {"user": caseworker.pk, "agreed": "Aftalt med direktøren"}, follow=True)

    assertContains(page, "Karim Holst, Jobcenter Køge")
    assertContains(client.post(address, {"user": "", "agreed": ""}), "Skriv, hvordan det er aftalt")
    client.post(reverse("desk:no_lead", args=[company.pk]))
    assert not Lead.objects.exists()
