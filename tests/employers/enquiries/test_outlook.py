"""What is published of an occupation, said in a sentence wherever somebody writes or judges a vacancy."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from employers.enquiries.asking import ask
from employers.enquiries.models import Step
from jobcenter.classifications.models import Outlook
from tests.conftest import agree
from tests.queries import asked
from tests.regions.reading import text_of

HARD = "Sjælland: Arbejdsgiverne har svært ved at finde folk til dette fag"
RESTS_ON = "Vurderet for 2. halvår 2024 ud fra 88 rekrutteringer."
SAYS_NOTHING = "Vurderet for"


@pytest.fixture
def publish(sjaelland, occupation):
    """Publishes an outlook of an old half-year for the occupation in Sjælland."""

    def make(category=Outlook.Category.PROBLEMS, **fields):
        return Outlook.objects.create(
            **{
                "occupation": occupation,
                "area": sjaelland.area,
                "category": category,
                "attempts": 88,
                "period": "2024H02",
                "published_at": timezone.now() - timedelta(days=700),
                **fields,
            }
        )

    return make


@pytest.fixture
def waiting(make_vacancy, make_enquiry):
    vacancy = make_vacancy()
    return make_enquiry(vacancy=vacancy, workplace=vacancy.workplace)


def of_draft(draft):
    return [
        reverse("enquiries:step", args=[draft.pk, Step.NEED]),
        reverse("enquiries:step", args=[draft.pk, Step.SEND]),
        reverse("enquiries:preview", args=[draft.pk]),
    ]


def of_enquiry(enquiry):
    return [reverse(name, args=[enquiry.pk]) for name in ("desk:enquiry", "desk:vacancy", "desk:publish")]


def test_it_is_said_at_every_step_with_how_old_it_is(client, koege, make_draft, publish):
    publish()
    draft = make_draft()

    for address in of_draft(draft):
        said = text_of(client.get(address))
        assert (HARD in said, RESTS_ON in said) == (True, True), address


def test_it_is_said_as_soon_as_the_occupation_is_chosen(client, koege, occupation, publish):
    publish()
    piece = reverse("vacancies:occupations")
    typed = {"occupation": "plast", "kommune": koege.municipality.code}

    assert RESTS_ON in client.get(piece, {**typed, "code": occupation.code}).text
    assert SAYS_NOTHING not in client.get(piece, {**typed, "occupation": "findes ikke"}).text


@pytest.mark.parametrize("where", ["", "9999", "\0", "x" * 300])
def test_nothing_is_said_of_a_place_nobody_knows(client, koege, occupation, publish, where):
    publish()

    page = client.get(
        reverse("vacancies:occupations"), {"occupation": "plast", "code": occupation.code, "kommune": where}
    )

    assert page.status_code == 200
    assert occupation.title in page.text
    assert SAYS_NOTHING not in page.text


def test_nothing_is_said_before_the_workplace_is_known(client, koege, make_draft, publish):
    publish()
    draft = make_draft(cvr="", workplace="")

    assert SAYS_NOTHING not in client.get(of_draft(draft)[0]).text


def test_another_workplace_has_the_outlook_of_its_own_area(
    client, koege, aarhus, make_draft, registered, publish
):
    publish()
    registered.workplaces.update(municipality=aarhus.municipality)
    draft = make_draft()

    assert all(SAYS_NOTHING not in client.get(address).text for address in of_draft(draft))


@pytest.mark.parametrize("published", [False, True])
def test_nothing_is_said_where_nothing_is_published_or_too_few_have_answered(
    client, koege, make_draft, waiting, publish, published
):
    if published:
        publish(Outlook.Category.NOT_ASSESSED, attempts=2)
    client.force_login(koege.caseworker)

    for address in [*of_draft(make_draft()), *of_enquiry(waiting), waiting.link]:
        page = client.get(address)
        assert (page.status_code, SAYS_NOTHING in page.text) == (200, False), address


def test_caseworker_and_employer_read_it_beside_the_vacancy(client, koege, waiting, publish):
    publish()
    assert HARD in text_of(client.get(waiting.link))
    client.force_login(koege.caseworker)

    for address in of_enquiry(waiting):
        assert RESTS_ON in text_of(client.get(address)), address
    sent_back = client.post(reverse("desk:send_back", args=[waiting.pk]), {"reason": ""})
    assert HARD in text_of(sent_back)


def test_it_is_said_no_more_once_the_vacancy_is_closed(client, koege, waiting, publish):
    publish()
    waiting.vacancy.publish(by=koege.caseworker, organisation=koege.jobcentre.organisation, reason="")
    assert HARD in text_of(client.get(waiting.link))
    waiting.vacancy.close(
        outcome="not_filled", by=koege.caseworker, organisation=koege.jobcentre.organisation
    )

    assert SAYS_NOTHING not in client.get(waiting.link).text


def test_it_is_found_in_one_query(client, koege, make_draft, publish):
    publish()

    for address in of_draft(make_draft()):
        client.get(address)
        queries = asked(lambda address=address: client.get(address))
        assert sum(times for sql, times in queries.items() if "classifications_outlook" in sql) == 1, address


def test_a_partner_that_is_asked_for_help_reads_it(client, koege, roskilde, waiting, publish):
    publish()
    asked_for = ask(
        waiting,
        agreement=agree(
            name="Østsjælland",
            purpose="Fælles rekruttering",
            jobcentres=[koege.jobcentre, roskilde.jobcentre],
            valid_from=timezone.localdate() - timedelta(days=30),
        ),
        question="Har I nogen?",
        by=koege.caseworker,
        at=timezone.now(),
    )
    client.force_login(roskilde.caseworker)

    assert HARD in text_of(client.get(reverse("desk:help", args=[asked_for.answers.get().pk])))


def test_it_is_said_of_a_vacancy_from_outside_too(client, make_external, publish):
    publish()

    assert RESTS_ON in text_of(client.get(make_external().get_absolute_url()))
