"""Mail is promised with its fact, and sent once more rather than never."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from jobcenter.celery import app
from jobcenter.notifications import outbox
from jobcenter.notifications.models import Mail
from jobcenter.runtime import children
from jobcenter.runtime.models import LEASE
from jobcenter.runtime.redis import Redis
from jobcenter.runtime.work import publish
from tests.post_office import PostOffice
from tests.worker import QUEUE, Worker


def put(subject: str = "Kvittering") -> Mail:
    with transaction.atomic():
        return outbox.put(
            to="mette.bruun@strandmarken.example",
            subject=subject,
            body="Vi svarer senest torsdag. Æ, ø og å.",
            language="da",
            kind="receipt",
        )


def is_sent(mail: Mail) -> Callable[[], bool]:
    return Mail.objects.filter(pk=mail.pk).sent().exists


@pytest.mark.django_db(transaction=True)
def test_a_mail_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="transaction"):
        outbox.put(to="mette@strandmarken.example", subject="x", body="x", language="da", kind="receipt")

    assert not Mail.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_mail_goes_with_the_fact_it_tells_about():
    class Refused(Exception):
        pass

    with pytest.raises(Refused), transaction.atomic():
        put()
        raise Refused

    assert not Mail.objects.exists()


def test_the_worker_sends_what_is_put(worker: Worker):
    mail = put()

    worker.wait_until(is_sent(mail))

    (sent,) = worker.mails()
    assert sent["To"] == "mette.bruun@strandmarken.example"
    assert sent["Subject"] == "Kvittering"
    assert sent["Message-ID"] == mail.message_id
    assert sent.get_content().strip() == "Vi svarer senest torsdag. Æ, ø og å."


def test_the_worker_rests_while_other_tests_have_the_word(worker: Worker):
    def heard() -> set[str]:
        (queues,) = app.control.inspect(timeout=5, limit=1).active_queues().values()
        return {queue["name"] for queue in queues}

    # It answers that it has heard, and turns to the queue a moment later.
    worker.wait_until(lambda: QUEUE in heard())

    worker.rest()
    worker.wait_until(lambda: QUEUE not in heard())

    worker.listen()
    mail = put()
    worker.wait_until(is_sent(mail))


def test_the_folder_holds_one_file_for_a_mail_sent_twice(worker: Worker):
    mail = put()
    worker.wait_until(is_sent(mail))
    Mail.objects.update(finished_at=None)

    publish("notifications.deliver", mail.pk)
    worker.wait_until(is_sent(mail))

    assert len(worker.mails()) == 1


def test_the_sweep_sends_what_no_message_told_of(worker: Worker):
    lost = Mail.objects.create(to="a@b.example", subject="x", body="x", language="da", kind="receipt")
    later = timezone.now() + timedelta(hours=1)
    not_due = Mail.objects.create(
        to="a@b.example", subject="y", body="y", language="da", kind="receipt", due_at=later
    )

    publish("notifications.sweep")
    worker.wait_until(is_sent(lost))

    assert not is_sent(not_due)()


@pytest.fixture
def own_redis(settings) -> Iterator[Redis]:
    """A Redis that this test may stop, and that this process publishes to."""
    folder = children.fresh_folder()  # a server started by root runs as another user, who must get there
    redis = Redis(folder)
    redis.start()
    redis.wait()
    before = app.conf.broker_url, app._pool, app.amqp._producer_pool
    point_to(redis.url)
    settings.REDIS_URL = redis.url
    yield redis
    app.pool.force_close_all()
    redis.stop()
    shutil.rmtree(folder)
    point_to(*before)


def point_to(broker: str, connections: object = None, producers: object = None) -> None:
    """Let this process publish to this Redis, through new connections unless there are some."""
    app.conf.update(broker_url=broker, broker_read_url=broker, broker_write_url=broker)
    app._pool, app.amqp._producer_pool = connections, producers


@pytest.mark.django_db(transaction=True)
def test_a_mail_waits_while_redis_is_away_and_is_sent_when_it_is_back(own_redis, tmp_path, caplog):
    earlier = put("Mens Redis var der")
    own_redis.stop()
    began = time.monotonic()
    mail = put("Mens Redis var væk")

    assert time.monotonic() - began < 2, "the person has waited for Redis"
    assert "The queue is away" in caplog.text
    assert Mail.objects.get(pk=mail.pk).attempts == 0

    own_redis.start()
    own_redis.wait()
    worker = Worker(tmp_path)
    worker.start()
    try:
        publish("notifications.sweep")
        worker.wait_until(is_sent(mail))
        worker.wait_until(is_sent(earlier))
    finally:
        worker.stop()


@pytest.mark.django_db(transaction=True)
def test_a_mail_whose_worker_is_killed_is_sent_again_with_the_same_message_id(worker, tmp_path):
    worker.stop()
    with PostOffice() as office:
        office.fall_silent()
        first = Worker(tmp_path, SMTP_URL=office.url)
        first.start()
        mail = put()
        first.wait_until(lambda: len(office.received) == 1)
        first.kill()

        # Its lease holds others off until it has run out.
        assert not Mail.objects.waiting().exists()
        assert Mail.objects.waiting(at=timezone.now() + LEASE).get() == mail
        Mail.objects.update(leased_until=timezone.now())

        office.speak_again()
        second = Worker(tmp_path, SMTP_URL=office.url)
        second.start()
        try:
            publish("notifications.sweep")
            second.wait_until(is_sent(mail))
        finally:
            second.stop()

    assert [received["Message-ID"] for received in office.received] == [mail.message_id] * 2
    assert Mail.objects.get().attempts == 2


@pytest.mark.django_db
def test_a_mail_the_server_refuses_is_tried_again_later(settings):
    mail = put()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there

    outbox.deliver(mail.pk)

    mail.refresh_from_db()
    assert mail.finished_at is None
    assert "ConnectionRefusedError" in mail.error
    assert mail.due_at > timezone.now()
