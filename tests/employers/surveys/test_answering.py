"""An answer becomes what came of the vacancy: once, with its source, and never in place of another."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from employers.surveys.answering import answer
from employers.surveys.models import Lacking, Survey
from employers.vacancies.models import Outcome, Vacancy
from jobcenter.accounts.workflow import TransitionRefused
from tests.employers.surveys.conftest import DRAWN

WANTED, OTHER, NOBODY = Outcome.FILLED_AS_WANTED, Outcome.FILLED_OTHER_PROFILE, Outcome.NOT_FILLED
EMPLOYER = {"by": None, "organisation": None}


@pytest.fixture
def survey(unanswered, draw_week):
    unanswered(positions=3)
    draw_week()
    return Survey.objects.get()


def say(survey, outcome, filled=0, lacking="", at=DRAWN):
    return answer(survey, outcome=outcome, filled=filled, lacking=lacking, at=at)


def stored():
    return Vacancy.objects.get()


def test_an_answer_is_the_vacancys_outcome_and_its_log_says_that_the_survey_told_it(survey):
    say(survey, WANTED, 3)

    assert (stored().outcome, stored().positions_filled) == (WANTED, 3)
    assert stored().log.last().act == "surveyed"
    kept = Survey.objects.get()
    assert (kept.outcome, kept.filled, kept.answered_at, kept.sent_at) == (WANTED, 3, DRAWN, DRAWN)


def test_nobody_is_in_vain_with_what_was_lacking(survey):
    say(survey, NOBODY, 2, Lacking.EXPERIENCE)

    assert (stored().outcome, stored().positions_filled) == (NOBODY, 0)
    assert (survey.filled, Survey.objects.get().lacking) == (0, Lacking.EXPERIENCE)


def test_positions_looked_for_in_vain_make_the_whole_an_attempt_that_failed(survey):
    say(survey, OTHER, 2, Lacking.QUALIFICATIONS)

    assert (stored().outcome, stored().positions_filled) == (NOBODY, 2)
    assert list(stored().fillings.values_list("number", "outcome")) == [(2, OTHER)]
    assert Survey.objects.get().outcome == OTHER


def test_whoever_no_longer_needed_anybody_made_no_attempt(survey):
    say(survey, Outcome.WITHDRAWN, 1, Lacking.EXPERIENCE)

    assert stored().outcome == Outcome.WITHDRAWN
    assert Survey.objects.get().lacking == ""


@pytest.mark.parametrize("filled", [0, 4])
def test_as_many_as_were_left_can_be_filled(survey, filled):
    with pytest.raises(TransitionRefused, match="3 stillinger"):
        say(survey, WANTED, filled)

    assert stored().outcome == Outcome.UNKNOWN
    assert Survey.objects.get().answered_at is None


def test_it_is_answered_once(survey):
    say(survey, WANTED, 3)

    with pytest.raises(TransitionRefused, match="allerede svaret"):
        say(survey, NOBODY)

    assert stored().outcome == WANTED
    assert stored().log.count() == 1


def test_an_answer_on_the_enquirys_page_meanwhile_stands(survey):
    stored().tell_outcome(outcome=NOBODY, **EMPLOYER)

    with pytest.raises(TransitionRefused):
        say(survey, WANTED, 3)

    assert stored().outcome == NOBODY
    assert Survey.objects.get().answered_at is None
    with pytest.raises(TransitionRefused):
        stored().tell_outcome(outcome=WANTED, **EMPLOYER)


def test_after_the_last_day_it_stays_unknown(survey):
    say_at = DRAWN + timedelta(days=22)

    with pytest.raises(TransitionRefused, match="Fristen"):
        say(survey, NOBODY, at=say_at)

    assert stored().outcome == Outcome.UNKNOWN
    say(survey, NOBODY, at=say_at - timedelta(days=1))


def test_the_database_keeps_one_answer_for_a_vacancy(survey):
    say(survey, WANTED, 3)

    for act in ("answered", "surveyed"):
        with pytest.raises(IntegrityError, match="vacancylog_outcome_told_once"), transaction.atomic():
            stored().note(act, **EMPLOYER)


def test_the_database_refuses_an_answer_that_the_vacancys_log_does_not_know(survey):
    with pytest.raises(IntegrityError, match="knows of no answer"), transaction.atomic():
        survey.keep(outcome=NOBODY, filled=0, lacking="", at=DRAWN)
    stored().tell_outcome(outcome=NOBODY, **EMPLOYER)
    with pytest.raises(IntegrityError, match="knows of no answer"), transaction.atomic():
        survey.keep(outcome=NOBODY, filled=0, lacking="", at=DRAWN)


@pytest.mark.parametrize(
    "fields",
    [
        {"outcome": Outcome.UNKNOWN},
        {"outcome": WANTED, "filled": 0},
        {"outcome": NOBODY, "filled": 1},
        {"outcome": Outcome.WITHDRAWN, "lacking": Lacking.OTHER},
        {"outcome": NOBODY, "sent_at": None},
        {"outcome": NOBODY, "answered_at": None},
        {"outcome": NOBODY, "withdrawn_at": DRAWN, "withdrawn_because": "stopped"},
        {"withdrawn_at": DRAWN},
    ],
)
def test_the_database_refuses_what_does_not_fit_together(survey, fields):
    stored().tell_outcome(outcome=NOBODY, act="surveyed", **EMPLOYER)
    times = {"answered_at": DRAWN, "sent_at": DRAWN} if "outcome" in fields else {}

    with pytest.raises(IntegrityError, match="survey_"), transaction.atomic():
        Survey.objects.filter(pk=survey.pk).update(**{**times, **fields})
