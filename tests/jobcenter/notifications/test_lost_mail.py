"""The promise in real time: work whose worker died runs again within two minutes, by itself."""

from __future__ import annotations

import time

import pytest
from django.db import transaction

from jobcenter.notifications import outbox
from jobcenter.notifications.models import Mail
from tests.post_office import PostOffice
from tests.worker import Beat, Worker

pytestmark = [pytest.mark.verify, pytest.mark.django_db(transaction=True)]


def test_a_mail_whose_worker_dies_is_sent_by_another_within_two_minutes(worker, tmp_path):
    worker.stop()
    with PostOffice() as office:
        office.fall_silent()
        first, second = (Worker(tmp_path / name, SMTP_URL=office.url) for name in ("first", "second"))
        beat = Beat(tmp_path / "beat")
        for program in (first, second, beat):
            program.log.parent.mkdir()
        first.start()
        beat.start()
        with transaction.atomic():
            mail = outbox.put(to="a@b.example", subject="Tabt", body="Tabt", language="da", kind="receipt")
        first.wait_until(lambda: len(office.received) == 1)
        first.kill()
        died_at = time.monotonic()

        office.speak_again()
        second.start()
        try:
            second.wait_until(Mail.objects.filter(pk=mail.pk).sent().exists, within=120)
        finally:
            second.stop()
            beat.stop()

    assert time.monotonic() - died_at < 120
    assert [received["Message-ID"] for received in office.received] == [mail.message_id] * 2
