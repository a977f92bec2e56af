"""What the two addresses for machines answer, with each part taken away in turn."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from jobcenter.runtime.models import Heartbeat
from jobcenter.runtime.tasks import heartbeat
from tests.jobcenter.runtime.stranger import free_port


def test_healthz_answers_without_a_database(client):
    # No mark for the database: pytest-django refuses every query.
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"alive": True})


@pytest.mark.django_db
def test_the_portal_is_ready_when_every_part_is(client):
    heartbeat()

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {
        "ready": True,
        "failing": [],
        "database": "ok",
        "redis": "ok",
        "migrations": "ok",
        "worker": "ok",
    }
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_a_redis_that_does_not_answer_is_named(client, settings):
    heartbeat()
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["failing"] == ["redis"]
    assert answer.json()["redis"] == "does not answer"


@pytest.mark.django_db
@pytest.mark.parametrize("ago", [None, timedelta(seconds=61)])
def test_a_worker_not_seen_within_the_last_minute_is_named(client, ago):
    if ago:
        Heartbeat.objects.create(name="worker", seen_at=timezone.now() - ago)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["failing"] == ["worker"]


@pytest.mark.django_db
def test_a_missing_migration_is_named(client):
    heartbeat()
    MigrationRecorder(connection).record_unapplied("runtime", "0001_initial")

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert "migrations" in answer.json()["failing"]
    assert answer.json()["migrations"].endswith("not applied")


@pytest.mark.django_db(transaction=True)
def test_a_database_that_does_not_answer_is_named_and_the_page_still_comes(client, settings):
    connection.close()
    connection.settings_dict["PORT"], port = str(free_port()), connection.settings_dict["PORT"]
    try:
        answer = client.get("/readyz")
    finally:
        connection.settings_dict["PORT"] = port

    assert answer.status_code == 503
    assert answer.json()["failing"] == ["database", "migrations", "worker"]
    assert answer.json()["redis"] == "ok"


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_gives_the_sign_that_the_portal_waits_for(client, worker):
    from celery import current_app

    assert client.get("/readyz").json()["failing"] == ["worker"]

    current_app.send_task("runtime.heartbeat")
    worker.wait_until(lambda: Heartbeat.objects.filter(name="worker").exists())

    assert client.get("/readyz").status_code == 200
