"""What people did not ask for just then: one mail a day at most, which one click stops."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from jobcenter.notifications import choosing, outbox
from jobcenter.notifications.kinds import Audience, Kind
from jobcenter.notifications.models import Digest, How, Mail, Notice, Recipient
from jobcenter.notifications.telling import BATCH, KEPT, bundle, forget, next_morning, notify
from jobcenter.runtime.work import publish
from tests.side_by_side import Beside, wait_until_somebody_is_locked_out

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
METTE = "mette.bruun@strandmarken.example"
DEADLINE = Kind("deadline", "Sidste frist", Audience.EMPLOYER)
NEWS = Kind("news", "Nyt", Audience.EMPLOYER)
FOR_STAFF = Kind("for_staff", "Til medarbejdere", Audience.STAFF)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=COPENHAGEN)


def tell(key: str = "1", *, to: str = METTE, kind: Kind = DEADLINE, **more) -> Notice | None:
    return notify(to=to, kind=kind, key=key, subject=f"Frist {key}", text="Ansøg nu.", link="/", **more)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(19, 6, 59), date(2026, 11, 19)),
        (at(19, 7), date(2026, 11, 20)),
        (at(30, 23, 59), date(2026, 12, 1)),
        (datetime(2026, 10, 25, 2, 30, tzinfo=COPENHAGEN), date(2026, 10, 25)),
    ],
)
def test_what_comes_before_seven_is_in_the_morning_s_mail(now, expected):
    assert next_morning(now) == expected


@pytest.mark.django_db
class TestTheDailyMail:
    def test_several_things_are_one_mail_the_next_morning(self):
        with time_machine.travel(at(19, 10), tick=False):
            tell("1")
            tell("2", kind=NEWS)
        assert not Mail.objects.exists()

        bundle(now=at(19, 18))
        bundle(now=at(20, 6, 59))
        assert not Mail.objects.exists()
        bundle(now=at(20, 7))

        mail = Mail.objects.get()
        assert mail.to == METTE
        assert mail.subject == "2 beskeder til dig"
        for text in ("Frist 1", "Frist 2", "Ansøg nu.", "http://localhost:8000/"):
            assert text in mail.body

    def test_a_single_thing_is_the_subject_itself(self):
        tell("1", on=date(2026, 11, 20))

        bundle(now=at(20, 8))

        assert Mail.objects.get().subject == "Frist 1"

    def test_two_beats_send_one(self):
        tell("1", on=date(2026, 11, 20))

        bundle(now=at(20, 8))
        bundle(now=at(20, 8))

        assert Mail.objects.count() == Digest.objects.count() == 1

    def test_what_comes_after_today_s_mail_waits_for_tomorrow_s_though_it_is_due_today(self):
        tell("1", on=date(2026, 11, 20))
        bundle(now=at(20, 8))
        tell("2", on=date(2026, 11, 20))

        bundle(now=at(20, 9))
        assert Mail.objects.count() == 1
        bundle(now=at(21, 7))

        assert [mail.subject for mail in Mail.objects.order_by("pk")] == ["Frist 1", "Frist 2"]

    def test_the_database_refuses_a_second_of_the_day(self):
        tell("1", on=date(2026, 11, 20))
        bundle(now=at(20, 8))
        recipient = Recipient.objects.get()
        another = outbox.put(to=METTE, subject="x", body="x", language="da", kind="digest")

        with pytest.raises(IntegrityError, match="digest_once_a_day"), transaction.atomic():
            Digest.objects.create(recipient=recipient, day=date(2026, 11, 20), mail=another)

    def test_the_same_thing_is_told_once(self):
        assert tell("1") is not None
        assert tell("1") is None

        assert Notice.objects.count() == 1

    def test_an_address_is_the_same_in_any_case(self):
        tell("1", to=METTE.upper(), on=date(2026, 11, 20))
        tell("2", on=date(2026, 11, 20))

        bundle(now=at(20, 8))

        assert Mail.objects.count() == 1

    def test_a_batch_is_bounded_and_asks_for_the_next(self):
        for number in range(BATCH + 1):
            tell("1", to=f"nr{number}@firma.example", on=date(2026, 11, 20))

        assert bundle(now=at(20, 8)) == BATCH
        assert bundle(now=at(20, 8)) == 1
        assert Mail.objects.count() == BATCH + 1

    def test_the_mail_is_in_the_reader_s_language(self):
        tell("1", on=date(2026, 11, 20), language="en")

        bundle(now=at(20, 8))

        assert "Kind regards" in Mail.objects.get().body

    def test_a_notice_is_forgotten_half_a_year_after_and_never_while_it_waits(self):
        tell("1", on=date(2026, 11, 20))
        bundle(now=at(20, 8))
        waiting = tell("2", on=date(2026, 11, 21))
        Notice.objects.update(created_at=at(20, 8))

        forget(now=at(20, 8) + KEPT)
        assert Notice.objects.count() == 2
        forget(now=at(20, 9) + KEPT)

        assert Notice.objects.get() == waiting


@pytest.mark.django_db
class TestChoosing:
    def test_what_is_off_is_not_kept_and_what_waited_of_it_is_forgotten(self):
        tell("1", on=date(2026, 11, 20))
        tell("2", kind=NEWS, on=date(2026, 11, 20))

        choosing.choose(email=METTE, choices={"deadline": How.OFF})
        bundle(now=at(20, 8))

        assert Mail.objects.get().subject == "Frist 2"
        assert tell("3") is None

    def test_whoever_stopped_is_told_of_no_kind_that_comes_later_either(self):
        choosing.stop(email=METTE)

        assert tell("1") is None
        assert tell("2", kind=NEWS) is None

    def test_choosing_again_ends_the_stop(self):
        choosing.stop(email=METTE)

        choosing.choose(email=METTE, choices={"deadline": How.DAILY})

        assert tell("1") is not None

    def test_staff_may_be_told_at_once_and_employers_may_not_choose_it(self):
        assert How.AT_ONCE in FOR_STAFF.ways
        assert How.AT_ONCE not in DEADLINE.ways
        choosing.choose(email=METTE, choices={"for_staff": How.AT_ONCE})

        tell("1", kind=FOR_STAFF)

        assert Mail.objects.get().subject == "Frist 1"
        assert not Digest.objects.exists()


@pytest.mark.django_db
class TestOneClick:
    @pytest.fixture
    def mail(self):
        tell("1", on=date(2026, 11, 20))
        bundle(now=at(20, 8))
        return Mail.objects.get()

    def test_the_mail_carries_the_two_headers_and_a_direct_answer_neither(self, mail):
        headers = outbox.headers_of(mail)

        assert headers["List-Unsubscribe"] == f"<{mail.unsubscribe}>"
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        receipt = outbox.put(to=METTE, subject="x", body="x", language="da", kind="enquiry_receipt")
        assert set(outbox.headers_of(receipt)) == {"Message-ID"}

    def test_a_mail_program_stops_it_with_one_post_without_cookies(self, mail):
        program = Client(enforce_csrf_checks=True)
        address = mail.unsubscribe.removeprefix("http://localhost:8000")

        answer = program.post(address, {"List-Unsubscribe": "One-Click"})

        assert answer.status_code == 200
        assert not answer.cookies.get("sessionid")
        assert Recipient.objects.get().stopped_at
        assert tell("2") is None

    def test_looking_changes_nothing(self, client, mail):
        page = client.get(Recipient.objects.get().stop_link)

        assertContains(page, "Stop disse mails?")
        assert Recipient.objects.get().stopped_at is None

    def test_an_altered_link_opens_nothing_and_says_so(self, client, mail):
        link = Recipient.objects.get().stop_link
        altered = link.replace("/stop/", "x/stop/")

        answer = client.post(altered)

        assert answer.status_code == 404
        assertContains(answer, "Linket virker ikke", status_code=404)
        assertNotContains(answer, METTE, status_code=404)
        assert Recipient.objects.get().stopped_at is None


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_moment_send_one():
    with transaction.atomic():
        tell("1", on=date(2026, 11, 20))
    with transaction.atomic():
        recipient = Recipient.objects.select_for_update().get()
        mail = outbox.put(to=METTE, subject="x", body="x", language="da", kind="digest")
        Digest.objects.create(recipient=recipient, day=date(2026, 11, 20), mail=mail)

        other = Beside(lambda: bundle(now=at(20, 8)))
        assert other.outcome() == 1, "it has looked, and left the locked address alone"

    assert Digest.objects.count() == Mail.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_choosing_waits_for_the_mail_that_is_being_made():
    with transaction.atomic():
        tell("1")
    with transaction.atomic():
        Recipient.objects.select_for_update().get()
        other = Beside(lambda: choosing.stop(email=METTE))
        wait_until_somebody_is_locked_out()
    other.outcome()

    assert Recipient.objects.get().stopped_at


def test_the_worker_sends_the_daily_mail_with_its_headers(worker):
    with transaction.atomic():
        tell("1", on=timezone.localdate() - timedelta(days=1))
    local = timezone.localtime()

    if local.hour < 7:
        bundle(now=local.replace(hour=8))
    else:
        publish("notifications.bundle")
    worker.wait_until(Mail.objects.sent().exists)

    (sent,) = worker.mails()
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/stop/" in sent["List-Unsubscribe"]
