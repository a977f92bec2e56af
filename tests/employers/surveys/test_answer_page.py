"""The page behind the mailed link: what is asked, what stays when something is missing, and used-up links."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from employers.surveys.models import Survey, Withdrawn
from employers.vacancies.models import Outcome, Vacancy

WANTED, OTHER, NOBODY = Outcome.FILLED_AS_WANTED, Outcome.FILLED_OTHER_PROFILE, Outcome.NOT_FILLED


@pytest.fixture
def ask(unanswered, draw_week):
    """`ask(positions=3)`: the survey of a vacancy that closed without an answer; it may be answered today."""

    def ask(**fields):
        unanswered(**fields)
        draw_week()
        today = timezone.localdate()
        Survey.objects.update(asked_on=today, open_until=today, sent_at=timezone.now())
        return Survey.objects.get()

    return ask


def outcome():
    return Vacancy.objects.get().outcome


def test_three_questions_without_signing_in(client, ask):
    survey = ask(positions=3)

    page = client.get(survey.link)

    for words in ("Fik I den, I søgte?", "Hvor mange stillinger blev besat?", "Hvad manglede mest?"):
        assertContains(page, words)
    assert page.headers["Cache-Control"].startswith("max-age=0")


def test_of_a_single_position_no_number_is_asked(client, ask):
    survey = ask()
    assertNotContains(client.get(survey.link), "Hvor mange stillinger")

    client.post(survey.link, {"outcome": WANTED})

    assert (outcome(), Survey.objects.get().filled) == (WANTED, 1)


def test_of_those_filled_before_nothing_is_asked(client, ask):
    survey = ask(positions=3, positions_filled=1)
    assertContains(client.get(survey.link), 'value="2"')

    assertContains(client.post(survey.link, {"outcome": WANTED, "filled": "3"}), "Skriv et tal fra 1 til 2")
    client.post(survey.link, {"outcome": WANTED, "filled": "2"})

    assert (outcome(), Vacancy.objects.get().positions_filled) == (WANTED, 3)


def test_an_answer_is_thanked_for_and_said_back(client, ask):
    survey = ask(positions=3)

    answered = client.post(
        survey.link, {"outcome": OTHER, "filled": "2", "lacking": "experience"}, follow=True
    )

    assertRedirects(answered, survey.link)
    for words in ("Tak for jeres svar", "besat med en anden profil", "Besatte stillinger: 2", "erfaring"):
        assertContains(answered, words)
    assert outcome() == NOBODY


@pytest.mark.parametrize("number", ["", "0", "4", "-1", "to", "2,5"])
def test_nothing_typed_is_lost_when_the_number_does_not_fit(client, ask, number):
    survey = ask(positions=3)

    page = client.post(survey.link, {"outcome": OTHER, "filled": number, "lacking": "experience"})

    assertContains(page, "Fejl")
    assertContains(page, f'value="{OTHER}" id="id_outcome_1" required checked')
    assertContains(page, 'value="experience" id="id_lacking_2" checked')
    if number:
        assertContains(page, f'value="{number}"')
    assert outcome() == Outcome.UNKNOWN


def test_without_an_answer_to_the_first_question_the_others_stay(client, ask):
    survey = ask(positions=3)

    page = client.post(survey.link, {"filled": "2", "lacking": "applicants"})

    assertContains(page, "Vælg et af de tre svar")
    assertContains(page, 'value="applicants" id="id_lacking_0" checked')


def test_a_number_is_no_matter_where_nobody_was_hired(client, ask):
    survey = ask(positions=3)

    client.post(survey.link, {"outcome": NOBODY, "filled": "nul", "lacking": "applicants"})

    assert (outcome(), Survey.objects.get().filled) == (NOBODY, 0)


def test_whoever_stopped_looking_says_so_with_one_press(client, ask):
    survey = ask(positions=3)

    client.post(survey.link, {"filled": "3", "outcome": ["", Outcome.WITHDRAWN]})

    assert outcome() == Outcome.WITHDRAWN


@pytest.mark.parametrize("made_up", [Outcome.UNKNOWN, "fine", "\x00"])
def test_an_answer_that_was_not_asked_is_refused(client, ask, made_up):
    survey = ask()

    assertContains(client.post(survey.link, {"outcome": made_up}), "Vælg et af de tre svar")

    assert outcome() == Outcome.UNKNOWN


def test_a_link_that_was_answered_says_so_and_changes_nothing(client, ask):
    survey = ask()
    client.post(survey.link, {"outcome": WANTED})

    page = client.post(survey.link, {"outcome": NOBODY}, follow=True)

    assertContains(page, "allerede svaret")
    assertContains(page, "besat som ønsket")
    assertNotContains(page, "<form method", html=False)
    assert outcome() == WANTED


def test_where_the_outcome_was_told_meanwhile_the_link_says_what_it_was(client, ask):
    survey = ask()
    survey.vacancy.tell_outcome(outcome=NOBODY, by=None, organisation=None)

    assertContains(client.get(survey.link), "Vi ved allerede, hvordan det gik")
    page = client.post(survey.link, {"outcome": WANTED}, follow=True)

    assertContains(page, "ikke besat")
    assert outcome() == NOBODY


def test_a_link_whose_time_is_over_says_until_when_it_was(client, ask):
    survey = ask()
    yesterday = timezone.localdate() - timedelta(days=1)
    Survey.objects.update(asked_on=yesterday, open_until=yesterday)

    assertContains(client.get(survey.link), "Fristen for at svare er udløbet")
    client.post(survey.link, {"outcome": NOBODY})

    assert outcome() == Outcome.UNKNOWN


def test_a_withdrawn_link_says_so(client, ask):
    survey = ask()
    Survey.objects.update(withdrawn_at=timezone.now(), withdrawn_because=Withdrawn.MERGED)

    assertContains(client.get(survey.link), "Vi spørger ikke længere om denne stilling")
    client.post(survey.link, {"outcome": NOBODY})

    assert outcome() == Outcome.UNKNOWN


def test_looking_at_the_page_answers_nothing(client, ask):
    survey = ask()

    for _time in range(2):
        client.get(survey.link)

    assert Survey.objects.get().answered_at is None


def test_the_page_speaks_the_language_the_employer_wrote_in(client, ask):
    survey = ask(language="en")

    assertContains(client.get(survey.link), "Did you get whom you wanted?")
