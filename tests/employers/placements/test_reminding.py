"""Reminders 72, 48 and 24 hours before the start, to those who have not confirmed; each once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from employers.placements import reminding
from employers.placements.models import Answer, Reminder, State
from jobcenter.notifications.models import Mail, Notice
from jobcenter.notifications.telling import bundle
from jobcenter.runtime.days import midnight

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
START = date(2027, 1, 14)
BEGINS = datetime(2027, 1, 14, 0, 0, tzinfo=COPENHAGEN)


@pytest.fixture
def asked(make_placement):
    def make(**fields):
        return make_placement(
            **{"starts_on": START, "round": 1, "asked_at": BEGINS - timedelta(days=20), **fields}
        )

    return make


@pytest.mark.parametrize(
    ("hours_before", "expected"),
    [(72.1, None), (72, 72), (48.1, 72), (48, 48), (24.1, 48), (24, 24), (0.1, 24), (0, None), (-5, None)],
)
def test_which_reminder_is_due(hours_before, expected):
    assert reminding.due(START, at=BEGINS - timedelta(hours=hours_before)) == expected


def test_the_hours_are_real_hours_also_when_the_clocks_are_turned():
    """Summer time begins on 28 March 2027: the night before the start is an hour shorter."""
    monday = date(2027, 3, 29)
    begins = datetime(2027, 3, 28, 22, 0, tzinfo=ZoneInfo("UTC"))

    assert midnight(monday) == begins
    assert reminding.due(monday, at=begins - timedelta(hours=24, minutes=1)) == 48
    assert reminding.due(monday, at=begins - timedelta(hours=24)) == 24


def test_whoever_does_not_answer_is_reminded_three_times_and_each_time_once(asked):
    placement = asked()

    for hours in range(80, -10, -1):
        reminding.remind(at=BEGINS - timedelta(hours=hours))

    assert [row.hours for row in placement.reminders.order_by("sent_at")] == [72, 48, 24]
    notices = Notice.objects.all()
    assert {notice.recipient.email for notice in notices} == {placement.representative_email}
    assert [notice.subject.startswith("Påmindelse") for notice in notices] == [True] * 3
    assert {notice.link for notice in notices} == {placement.representatives_link}


def test_the_reminders_of_a_day_are_one_mail_which_leads_to_each(asked):
    placements = [asked(), asked(label="Pakker")]
    day = BEGINS - timedelta(hours=48)
    with time_machine.travel(day, tick=False):
        reminding.remind(at=day)

    bundle(now=day + timedelta(hours=8))

    mail = Mail.objects.get()
    assert mail.to == placements[0].representative_email
    for text in ("under 48 timer", "Pakker", *(one.representatives_link for one in placements)):
        assert text in mail.body


def test_a_reminder_that_was_missed_is_not_made_up_for(asked):
    placement = asked()

    reminding.remind(at=BEGINS - timedelta(hours=30))
    reminding.remind(at=BEGINS - timedelta(hours=20))

    assert [row.hours for row in placement.reminders.order_by("sent_at")] == [48, 24]


@pytest.mark.parametrize(
    ("asked_before", "reminders"), [(73, [72, 48, 24]), (60, [48, 24]), (30, [24]), (5, [])]
)
def test_nobody_is_reminded_of_what_they_were_asked_a_moment_ago(asked, asked_before, reminders):
    placement = asked(asked_at=BEGINS - timedelta(hours=asked_before))

    for hours in range(asked_before, 0, -1):
        reminding.remind(at=BEGINS - timedelta(hours=hours) + timedelta(minutes=1))

    assert [row.hours for row in placement.reminders.order_by("sent_at")] == reminders


def test_nobody_else_is_reminded(asked):
    asked(answer=Answer.CONFIRMED, answered_at=timezone.now())
    asked(answer=Answer.OBJECTED, answered_at=timezone.now(), answer_text="Nej")
    asked(state=State.REFUSED)
    asked(round=0, representative_name="", representative_email="")
    asked(starts_on=START + timedelta(days=30))

    assert reminding.remind(at=BEGINS - timedelta(hours=40)) == 0
    assert not Reminder.objects.exists()


def test_a_batch_is_bounded_and_the_next_takes_the_rest(asked, monkeypatch):
    for _number in range(3):
        asked()
    monkeypatch.setattr(reminding, "BATCH", 2)
    at = BEGINS - timedelta(hours=40)

    assert [reminding.remind(at=at) for _round in range(3)] == [2, 1, 0]


def test_the_database_keeps_each_reminder_once(asked):
    placement = asked()
    Reminder.objects.create(placement=placement, hours=48)

    with pytest.raises(IntegrityError, match="reminder_once"), transaction.atomic():
        Reminder.objects.create(placement=placement, hours=48)
    with pytest.raises(IntegrityError, match="reminder_at_a_known_hour"), transaction.atomic():
        Reminder.objects.create(placement=placement, hours=12)
