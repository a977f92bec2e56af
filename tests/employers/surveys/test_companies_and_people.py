"""Surveys when two companies are made one, and when a contact person is erased."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains

from employers.companies.erasing import erase, find
from employers.companies.merging import merge, undo
from employers.surveys.answering import answer
from employers.surveys.models import Survey, Withdrawn
from employers.vacancies.models import Outcome
from tests.employers.surveys.conftest import DRAWN


@pytest.fixture
def merging(koege):
    return {"chosen": {}, "by": koege.caseworker, "jobcentre": koege.jobcentre, "why": "Det samme firma"}


@pytest.fixture
def two(unanswered, draw_week):
    """The surveys of two companies that were asked in one quarter, the one that stays first."""
    stays, goes = unanswered(), unanswered()
    goes.company.cvr, goes.company.country, goes.company.foreign_number = None, "DE", "HRB 12345"
    goes.company.save()
    draw_week()
    return stays.survey, goes.survey


def test_of_two_companies_made_one_a_single_survey_is_left(client, two, merging):
    stays, goes = two

    merge(stays.company, goes.company, **merging)

    goes = Survey.objects.get(pk=goes.pk)
    assert (goes.company, goes.after_merging, goes.withdrawn_because) == (
        stays.company,
        True,
        Withdrawn.MERGED,
    )
    assert Survey.objects.get(pk=stays.pk).withdrawn_at is None
    assertContains(client.get(goes.link), "Vi spørger ikke længere")


def test_what_both_have_answered_stays_with_both(two, merging):
    stays, goes = two
    for survey in two:
        answer(survey, outcome=Outcome.NOT_FILLED, filled=0, lacking="", at=DRAWN)

    merge(stays.company, goes.company, **merging)

    assert Survey.objects.filter(answered_at=None).count() == 0
    assert Survey.objects.filter(withdrawn_at=None).count() == 2


def test_undoing_gives_the_survey_back(two, merging, koege):
    stays, goes = two
    was = goes.company_id
    done = merge(stays.company, goes.company, **merging)

    undo(done, by=koege.caseworker)

    goes = Survey.objects.get(pk=goes.pk)
    assert (goes.company_id, goes.after_merging, goes.withdrawn_at) == (was, False, None)


def test_an_erased_person_is_asked_no_more(unanswered, draw_week, koege):
    vacancy = unanswered()
    draw_week()
    Survey.objects.update(open_until=timezone.localdate() + timedelta(days=9))
    vacancy.tell_outcome(outcome=Outcome.NOT_FILLED, by=None, organisation=None)
    vacancy.enquiry.close(by=None, organisation=None)
    person = vacancy.enquiry.person
    codes = {one.about.code for one in find(person, jobcentre=koege.jobcentre, user=koege.manager)}
    assert "surveys.survey" in codes

    erase(person, jobcentre=koege.jobcentre, by=koege.manager, reason="Har bedt om det")

    assert Survey.objects.get().withdrawn_because == Withdrawn.ERASED
