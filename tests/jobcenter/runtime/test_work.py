"""Work is done by whoever holds its lease, and never by two at once. Mail is the work here."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone

from jobcenter.notifications.models import Mail
from jobcenter.runtime.models import LEASE, MOST_ATTEMPTS, LeaseLost

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail():
    return Mail.objects.create(to="a@b.example", subject="x", body="x", language="da", kind="receipt")


def test_a_claimed_row_waits_for_nobody_else_until_its_lease_is_out(mail):
    with Mail.objects.claim(mail.pk) as work:
        assert work == mail
        with Mail.objects.claim(mail.pk) as second:
            assert second is None
        assert list(Mail.objects.waiting()) == []
        assert list(Mail.objects.waiting(at=timezone.now() + LEASE)) == [mail]


def test_a_finished_row_is_never_claimed_again(mail):
    with Mail.objects.claim(mail.pk) as work:
        work.finish()

    with Mail.objects.claim(mail.pk) as second:
        assert second is None
    assert not Mail.objects.unfinished().exists()


def test_a_row_that_is_not_due_is_not_claimed(mail):
    Mail.objects.update(due_at=timezone.now() + timedelta(minutes=1))

    with Mail.objects.claim(mail.pk) as work:
        assert work is None


def test_whoever_outstayed_the_lease_cannot_finish_what_another_has_claimed(mail):
    with Mail.objects.claim(mail.pk) as slow:
        Mail.objects.update(leased_until=timezone.now())
        with Mail.objects.claim(mail.pk) as quick:
            assert quick.attempts == 2
            with pytest.raises(LeaseLost), transaction.atomic():
                Mail.objects.create(to="c@d.example", subject="fact", body="x", language="da", kind="receipt")
                slow.finish()
            quick.finish()

    assert not Mail.objects.filter(subject="fact").exists(), (
        "the facts of the slow one must go with its lease"
    )
    assert Mail.objects.get(pk=mail.pk).finished_at == quick.finished_at


def test_the_failure_of_whoever_outstayed_the_lease_leaves_the_other_alone(mail):
    with Mail.objects.claim(mail.pk) as slow:
        Mail.objects.update(leased_until=timezone.now())
        with Mail.objects.claim(mail.pk) as quick:
            slow.put_back(error="too late")

            quick.refresh_from_db()
            assert quick.leased_until > timezone.now()
            assert quick.error == ""


def test_an_error_puts_the_row_back_with_a_growing_pause(mail):
    pauses = []
    for _attempt in range(3):
        before = timezone.now()
        Mail.objects.update(due_at=before)
        with Mail.objects.claim(mail.pk):
            raise OSError("the server is away")
        mail.refresh_from_db()
        pauses.append(round((mail.due_at - before).total_seconds()))

    assert pauses == [15, 30, 60]
    assert mail.error == "OSError: the server is away"
    assert mail.leased_until is None


def test_the_last_attempt_gives_up_and_keeps_the_reason(mail):
    Mail.objects.update(attempts=MOST_ATTEMPTS - 1)

    with Mail.objects.claim(mail.pk):
        raise OSError("the server is away")

    mail.refresh_from_db()
    assert mail.given_up_at is not None
    assert "the server is away" in mail.error
    assert not Mail.objects.waiting(at=timezone.now() + timedelta(days=365)).exists()


@pytest.mark.django_db(transaction=True)
def test_a_row_that_another_is_just_claiming_is_passed_by_without_waiting(mail):
    found = []

    def claim_too() -> None:
        with Mail.objects.claim(mail.pk) as work:
            found.append(work)
        connection.close()

    with transaction.atomic():
        Mail.objects.select_for_update().get(pk=mail.pk)
        other = Thread(target=claim_too)
        other.start()
        other.join(timeout=10)

    assert found == [None]
