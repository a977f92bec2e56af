"""The share of answers: what closed, who said, who was asked; in one query, and no sum against its parts."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from employers.companies.models import Workplace
from employers.surveys.answering import answer
from employers.surveys.drawing import follow_mails
from employers.surveys.models import Survey
from employers.surveys.shares import Answers, Cell, added_up, counted
from employers.vacancies.models import Outcome, State
from jobcenter.classifications.models import Occupation
from jobcenter.notifications.telling import bundle
from tests.employers.surveys.conftest import CLOSED, COPENHAGEN, DRAWN

OCTOBER = date(2026, 10, 1)
YEAR = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
EMPLOYER = {"by": None, "organisation": None}


def mail():
    bundle(now=DRAWN.replace(hour=9))
    follow_mails(at=DRAWN.replace(hour=9))


def test_each_way_of_answering_is_counted_by_itself(
    unanswered, draw_week, django_assert_num_queries, make_vacancy
):
    first, second, _silent = unanswered(), unanswered(), unanswered()
    for outcome in (Outcome.NOT_FILLED, Outcome.WITHDRAWN):
        unanswered(outcome=outcome)
    make_vacancy(state=State.PUBLISHED)
    draw_week()
    mail()
    answer(first.survey, outcome=Outcome.NOT_FILLED, filled=0, lacking="", at=DRAWN)
    second.tell_outcome(outcome=Outcome.FILLED_AS_WANTED, **EMPLOYER)

    with django_assert_num_queries(1):
        found = counted(**YEAR)

    assert found == {Cell("8142", "0259", OCTOBER): Answers(closed=5, at_closing=3, by_survey=1, asked=3)}
    [answers] = found.values()
    assert (answers.not_answered, answers.share, answers.share_of_asked) == (1, 4 / 5, 1 / 3)


def test_an_answer_by_the_link_counts_as_asked_before_the_mail_was_followed(unanswered, draw_week):
    unanswered()
    draw_week()
    answer(Survey.objects.get(), outcome=Outcome.NOT_FILLED, filled=0, lacking="", at=DRAWN)

    assert list(counted(**YEAR).values()) == [Answers(closed=1, by_survey=1, asked=1)]


def test_whoever_was_drawn_and_not_mailed_was_not_asked(unanswered, draw_week):
    unanswered()
    draw_week()

    assert list(counted(**YEAR).values()) == [Answers(closed=1)]


def test_six_digits_count_as_four_and_a_workplace_where_it_lies(unanswered, roskilde, occupation):
    six = Occupation.objects.create(
        code="814220",
        level=5,
        parent=occupation,
        title_da="Plast",
        sort_key="plast",
        valid_from=date(2010, 1, 1),
    )
    unanswered()
    vacancy = unanswered(occupation=six)
    vacancy.workplace = Workplace.objects.create(
        company=vacancy.company, address="Havnen", postcode="4000", municipality=roskilde.municipality
    )
    vacancy.save()

    assert set(counted(**YEAR)) == {Cell("8142", "0259", OCTOBER), Cell("8142", "0265", OCTOBER)}


def test_the_month_is_the_one_in_denmark(unanswered):
    unanswered(closed_at=datetime(2026, 11, 1, 0, 30, tzinfo=COPENHAGEN))
    unanswered(closed_at=datetime(2026, 10, 31, 23, 30, tzinfo=COPENHAGEN))

    assert {cell.month for cell in counted(**YEAR)} == {OCTOBER, date(2026, 11, 1)}
    assert len(counted(first=OCTOBER, last=date(2026, 10, 31))) == 1


def test_a_sum_never_contradicts_its_parts():
    cells = {
        Cell(occupation, municipality, date(2026, month, 1)): Answers(
            closed=10 * month, at_closing=month, by_survey=2, asked=3
        )
        for occupation in ("8142", "8160")
        for municipality in ("0259", "0265")
        for month in (1, 2, 7)
    }

    whole = added_up(cells, by=lambda _cell: "all")["all"]
    for by in (
        lambda cell: cell.occupation,
        lambda cell: cell.municipality,
        lambda cell: cell.month.month > 6,
    ):
        assert sum(added_up(cells, by=by).values(), Answers()) == whole
    halves = added_up(cells, by=lambda cell: (cell.occupation, cell.month.month > 6))
    assert halves["8142", False] == Answers(closed=60, at_closing=6, by_survey=8, asked=12)


def test_where_nothing_closed_there_is_no_share():
    assert (Answers().share, Answers(closed=2).share, Answers(closed=2).share_of_asked) == (None, 0, None)


@pytest.mark.parametrize(
    "numbers",
    [
        {"closed": -1},
        {"closed": 1, "at_closing": 2},
        {"closed": 3, "by_survey": 1},
        {"closed": 1, "asked": 2},
        {"closed": 2, "at_closing": 2, "by_survey": 1, "asked": 2},
    ],
)
def test_numbers_that_do_not_fit_are_refused(numbers):
    with pytest.raises(ValueError, match="do not fit"):
        Answers(**numbers)


def test_no_answer_stays_unknown(unanswered, draw_week):
    vacancy = unanswered()
    draw_week()
    mail()
    follow_mails(at=CLOSED + timedelta(days=400))
    vacancy.refresh_from_db()

    assert vacancy.outcome == Outcome.UNKNOWN
    assert [answers.not_answered for answers in counted(**YEAR).values()] == [1]
