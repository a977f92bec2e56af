"""A week's draw: who may be asked, who is, once each, and what the database refuses."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from employers.contacts.models import Preferences
from employers.surveys.drawing import carry_out, follow_mails, may_be_asked, promise
from employers.surveys.models import Draw, Survey, Withdrawn
from employers.surveys.notices import SURVEY
from employers.vacancies.models import Outcome, State, Vacancy
from jobcenter.notifications import choosing
from jobcenter.notifications.models import How, Notice
from jobcenter.notifications.telling import bundle
from tests.employers.surveys.conftest import CLOSED, COPENHAGEN, DRAWN, MONDAY

EMPLOYER = {"by": None, "organisation": None}


def asked():
    return set(Vacancy.objects.filter(survey__isnull=False))


def address(vacancy):
    return vacancy.enquiry.person.email


# --- the promise -------------------------------------------------------------------------------------------


def test_a_week_is_promised_once_with_its_seed_when_it_is_over(plan):
    sunday, monday = MONDAY + timedelta(days=6), MONDAY + timedelta(days=7)
    assert promise(on=sunday, weeks=1)[0].week == MONDAY - timedelta(days=7)

    [made] = promise(on=monday, weeks=1)

    assert (made.week, made.percent, made.all_up_to, made.finished_at) == (MONDAY, 50, 3, None)
    assert len(made.seed) == 32
    assert timezone.localdate(made.due_at) == monday + timedelta(days=7)
    assert promise(on=monday + timedelta(days=6), weeks=1) == []
    assert Draw.objects.get(week=MONDAY).seed == made.seed


def test_weeks_without_a_plan_are_not_drawn(plan):
    plan.valid_from = MONDAY
    plan.save()

    assert [draw.week for draw in promise(on=MONDAY + timedelta(days=9))] == [MONDAY]


def test_two_weeks_have_two_seeds(plan):
    one, other, *_more = promise(on=MONDAY)

    assert one.seed != other.seed


def test_nothing_is_drawn_before_its_time(plan, unanswered):
    unanswered()
    [draw] = promise(on=MONDAY + timedelta(days=7), weeks=1)

    with time_machine.travel(datetime(2026, 10, 18, 23, 59, tzinfo=COPENHAGEN), tick=False):
        carry_out(draw.pk)

    assert not Survey.objects.exists()
    assert Draw.objects.get(pk=draw.pk).finished_at is None


# --- whom it draws from ------------------------------------------------------------------------------------


def test_only_what_closed_in_the_week_without_an_answer_is_drawn_from(unanswered, make_vacancy):
    mine = unanswered()
    last = unanswered(closed_at=datetime(2026, 10, 11, 23, 59, 59, tzinfo=COPENHAGEN))
    unanswered(closed_at=datetime(2026, 10, 12, 0, 0, tzinfo=COPENHAGEN))
    unanswered(closed_at=datetime(2026, 10, 4, 23, 59, 59, tzinfo=COPENHAGEN))
    unanswered(outcome=Outcome.NOT_FILLED)
    unanswered(published_at=None)
    make_vacancy(state=State.CLOSED, outcome=Outcome.UNKNOWN, closed_at=CLOSED, published_at=CLOSED)

    found = may_be_asked(MONDAY, on=DRAWN.date())

    assert {one.vacancy for one in found} == {mine.pk, last.pk}
    assert found[0].company == mine.company_id


def test_an_answer_in_the_days_before_the_draw_is_enough(unanswered, draw_week):
    told, silent = unanswered(), unanswered()
    told.tell_outcome(outcome=Outcome.FILLED_AS_WANTED, **EMPLOYER)

    draw_week()

    assert asked() == {silent}


def test_whoever_stopped_this_kind_of_mail_or_all_mail_or_has_no_address_is_not_asked(unanswered, draw_week):
    one_kind, everything, nowhere, willing = (unanswered() for _number in range(4))
    choosing.choose(email=address(one_kind), choices={SURVEY.code: How.OFF})
    choosing.stop(email=address(everything).upper())
    choosing.choose(email=address(willing), choices={"vacancy_deadlines": How.OFF})
    nowhere.enquiry.person.email = ""
    nowhere.enquiry.person.save()

    draw_week()

    assert asked() == {willing}


def test_a_company_that_asked_to_be_left_alone_is(unanswered, draw_week):
    paused, over, silent = unanswered(), unanswered(), unanswered()
    Preferences.objects.create(company=paused.company, paused_until=DRAWN.date() + timedelta(days=1))
    Preferences.objects.create(company=over.company, paused_until=DRAWN.date())

    draw_week()

    assert asked() == {over, silent}


# --- the draw ----------------------------------------------------------------------------------------------


def test_all_are_asked_when_they_are_few(unanswered, draw_week):
    few = {unanswered() for _number in range(3)}

    draw = draw_week()

    assert asked() == few
    assert (len(draw.frame), draw.surveys.count()) == (3, 3)
    assert Notice.objects.filter(kind=SURVEY.code).count() == 3


def test_of_many_the_share_is_drawn_and_the_seed_draws_them_again(unanswered, draw_week):
    for _number in range(10):
        unanswered()

    draw = draw_week()

    drawn_again = Draw.objects.get(pk=draw.pk).drawn()
    assert len(drawn_again) == 5
    assert set(drawn_again) == set(draw.surveys.values_list("vacancy", flat=True))


def test_drawing_twice_asks_nobody_twice(unanswered, draw_week):
    unanswered()
    draw = draw_week()

    with time_machine.travel(DRAWN + timedelta(hours=1), tick=False):
        carry_out(draw.pk)
    promise(on=MONDAY + timedelta(days=8), weeks=1)

    assert (Survey.objects.count(), Notice.objects.count(), Draw.objects.count()) == (1, 1, 1)


def test_a_draw_that_breaks_asks_nobody_and_is_tried_again(unanswered, draw_week, monkeypatch):
    for _number in range(3):
        unanswered()
    sent = []

    def break_at_the_second(survey, *, on):
        sent.append(survey)
        if len(sent) == 2:
            raise RuntimeError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr("employers.surveys.letters.ask", break_at_the_second)
        draw = draw_week()
    assert (draw.finished_at, draw.frame, Survey.objects.count()) == (None, [], 0)
    assert "the disk is full" in draw.error

    Draw.objects.filter(pk=draw.pk).update(due_at=DRAWN)
    with time_machine.travel(DRAWN, tick=False):
        carry_out(draw.pk)

    assert Survey.objects.count() == 3


def test_a_company_is_asked_once_a_quarter(unanswered, draw_week, make_company):
    company = make_company()
    first, second = unanswered(company), unanswered(company)
    draw_week()
    assert len(asked()) == 1

    later = unanswered(company, closed_at=CLOSED + timedelta(days=7))
    draw_week(MONDAY + timedelta(days=7), at=DRAWN + timedelta(days=7))
    assert len(asked()) == 1

    january = datetime(2027, 1, 4, 4, 10, tzinfo=COPENHAGEN)
    newest = unanswered(company, closed_at=datetime(2026, 12, 22, 12, tzinfo=COPENHAGEN))
    draw_week(date(2026, 12, 21), at=january)
    assert asked() & {first, second}
    assert newest in asked()
    assert later not in asked()


def test_the_database_refuses_a_second_survey_of_a_company_in_a_quarter(unanswered, draw_week, make_company):
    company = make_company()
    unanswered(company)
    draw = draw_week()
    survey = Survey.objects.get()

    def another(on):
        return Survey.objects.create(
            draw=draw, vacancy=unanswered(company), company=company, asked_on=on, open_until=on
        )

    with pytest.raises(IntegrityError, match="survey_one_a_quarter_for_a_company"), transaction.atomic():
        another(date(2026, 12, 31))
    with pytest.raises(IntegrityError, match="vacancy_id"), transaction.atomic():
        Survey.objects.create(
            draw=draw,
            vacancy=survey.vacancy,
            company=company,
            asked_on=date(2027, 1, 1),
            open_until=date(2027, 1, 1),
        )
    assert another(date(2027, 1, 1)).pk


@pytest.mark.parametrize("field", ["seed", "week", "percent", "frame"])
def test_what_was_drawn_is_never_changed(unanswered, draw_week, field):
    unanswered()
    draw = draw_week()
    other = {"seed": "f" * 32, "week": MONDAY - timedelta(days=7), "percent": 99, "frame": []}

    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Draw.objects.filter(pk=draw.pk).update(**{field: other[field]})
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        Draw.objects.filter(pk=draw.pk).delete()


def test_the_seed_is_fixed_before_anybody_knows_what_is_drawn_from(plan):
    [draw] = promise(on=MONDAY + timedelta(days=7), weeks=1)

    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Draw.objects.filter(pk=draw.pk).update(seed="f" * 32)


# --- the mail ----------------------------------------------------------------------------------------------


def test_the_mail_carries_the_link_and_only_then_somebody_was_asked(unanswered, draw_week):
    vacancy = unanswered()
    draw_week()
    survey = Survey.objects.get()
    follow_mails(at=DRAWN)
    assert Survey.objects.get().sent_at is None

    bundle(now=DRAWN.replace(hour=9))
    follow_mails(at=DRAWN.replace(hour=9))

    notice = Notice.objects.get()
    assert (notice.recipient.email, notice.link) == (address(vacancy), survey.link)
    assert survey.link in notice.mail.body
    assert "Tre korte spørgsmål om „Procesoperatør“" in notice.mail.subject
    assert notice.mail.unsubscribe
    assert Survey.objects.get().sent_at == notice.mail.created_at


def test_an_answer_before_the_mail_left_takes_it_back(unanswered, draw_week):
    vacancy = unanswered()
    draw_week()
    vacancy.tell_outcome(outcome=Outcome.NOT_FILLED, **EMPLOYER)

    follow_mails(at=DRAWN)
    bundle(now=DRAWN.replace(hour=9))

    assert not Notice.objects.exists()
    assert Survey.objects.get().withdrawn_because == Withdrawn.TOLD


def test_stopping_before_the_mail_left_withdraws_it(unanswered, draw_week):
    vacancy = unanswered()
    draw_week()
    choosing.choose(email=address(vacancy), choices={SURVEY.code: How.OFF})

    follow_mails(at=DRAWN)

    assert Survey.objects.get().withdrawn_because == Withdrawn.STOPPED


def test_what_left_stays_asked_when_its_notice_is_long_forgotten(unanswered, draw_week):
    unanswered()
    draw_week()
    bundle(now=DRAWN.replace(hour=9))
    follow_mails(at=DRAWN)
    Notice.objects.all().delete()

    follow_mails(at=DRAWN + timedelta(days=200))

    assert Survey.objects.get().sent_at
    assert Survey.objects.get().withdrawn_at is None
