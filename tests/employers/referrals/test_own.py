"""The employer's own page of candidates, and the language the employer is written to in."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from employers.referrals import referring
from employers.referrals.models import Candidate, State
from employers.vacancies.models import Vacancy
from jobcenter.accounts.models import Membership
from jobcenter.notifications.models import Mail
from tests.queries import assert_same_queries

ADDRESS = "/min-virksomhed/kandidater/"
PERSON = "mette.bruun@strandmarken.example"


@pytest.fixture
def at_company(client, employer):
    client.force_login(employer)
    return client


def text_of(response):
    return " ".join(response.content.decode().split())


def answer(client, referral, slug, **typed):
    address = reverse("referrals:answer_own", args=[referral.pk, slug])
    return client.post(address, {f"{referral.pk}-{name}": said for name, said in typed.items()}, follow=True)


def test_everybody_put_forward_is_there_and_what_became_of_them(
    at_company, make_referral, make_vacancy, make_candidate
):
    waiting = make_referral()
    called = make_referral(state=State.INTERVIEW)
    refused = make_referral(
        state=State.NOT_SUITABLE, vacancy=make_vacancy(title="Truckfører", state=Vacancy.State.PUBLISHED)
    )
    not_sent = make_referral(state=State.PROPOSED)

    page = text_of(at_company.get(ADDRESS))

    assert page.index(waiting.candidate.reference) < page.index(called.candidate.reference)
    assert page.index(called.candidate.reference) < page.index(refused.candidate.reference)
    assert "Timetallet passer ikke" in page
    assert not_sent.candidate.reference not in page


def test_one_click_answers_and_says_who_did(at_company, employer, make_referral):
    referral = make_referral()

    page = text_of(answer(at_company, referral, "samtale"))

    referral.refresh_from_db()
    assert "Tak. Jobcentret har fået dit svar." in page
    assert (referral.state, referral.log.last().by) == (State.INTERVIEW, employer)


def test_not_suitable_asks_for_a_reason_of_the_list(at_company, make_referral):
    referral = make_referral()

    page = text_of(answer(at_company, referral, "ikke-egnet", reason="for gammel"))

    assert "details-text" in page
    referral.refresh_from_db()
    assert referral.state == State.SENT
    answer(at_company, referral, "ikke-egnet", reason="wage")
    referral.refresh_from_db()
    assert (referral.state, referral.reason) == (State.NOT_SUITABLE, "wage")


def test_the_second_colleague_is_told_that_it_was_answered(at_company, make_referral):
    referral = make_referral()
    answer(at_company, referral, "ikke-egnet", reason="wage")

    assert "allerede ændret til „ikke egnet til jobbet“" in text_of(answer(at_company, referral, "ansat"))


def test_whoever_is_withdrawn_is_gone_at_once(
    at_company, make_referral, make_candidate, make_enquiry, vacancy
):
    """Also in the minute before the referral itself is closed."""
    enquiry = make_enquiry(vacancy=vacancy)
    referral = make_referral(candidate=make_candidate(skills=["crane"]))
    Candidate.objects.update(state="withdrawn", ended_at=timezone.now())

    for address in (ADDRESS, enquiry.link, referral.link, reverse("desk:my_company")):
        page = text_of(at_company.get(address))
        assert referral.candidate.reference not in page
        assert "rancertifikat" not in page


def test_nobody_sees_candidates_before_they_are_confirmed(at_company, employer, make_referral):
    referral = make_referral()
    Membership.objects.filter(user=employer).update(confirmed_at=None)

    assert at_company.get(ADDRESS).status_code == 403
    assert answer(at_company, referral, "samtale").status_code == 403
    assert referral.candidate.reference not in text_of(at_company.get(reverse("desk:my_company")))


def test_my_company_says_how_many_wait(at_company, make_referral):
    make_referral()
    make_referral(state=State.INTERVIEW)

    assert "2 kandidater venter på jeres svar." in text_of(at_company.get(reverse("desk:my_company")))


def test_the_page_asks_as_much_for_three_as_for_one(at_company, make_referral):
    for state in (State.SENT, State.NOT_SUITABLE):
        assert_same_queries(
            open_page=lambda: at_company.get(ADDRESS),
            add_row=lambda: make_referral(state=state),  # noqa: B023
        )


@pytest.mark.parametrize(
    ("language", "asks", "closes"),
    [
        ("da", "med ét klik", "I behøver ikke svare"),
        ("en", "Please answer by", "You need not answer"),
    ],
)
def test_the_employer_is_written_to_in_the_language_of_the_vacancy(
    client, vacancy, make_candidate, koege, language, asks, closes
):
    Vacancy.objects.update(language=language)
    referral = referring.refer(
        vacancy=vacancy,
        candidate=make_candidate(),
        person=vacancy.company.people.get(),
        deadline=timezone.localdate(),
        by=koege.caseworker,
        jobcentre=koege.jobcentre,
    )

    client.get(referral.link)
    page = text_of(client.get(referral.link))
    referring.withdraw(referral.candidate, by=koege.caseworker, organisation=koege.jobcentre.organisation)

    asked, closed = Mail.objects.filter(to=PERSON).order_by("pk")
    assert asks in asked.body
    assert closes in closed.body
    assert (asked.language, closed.language) == (language, language)
    assert f'lang="{language}"' in page
