"""Bringing a database in line with the sources, or refusing to."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from jobcenter.runtime import demo
from jobcenter.runtime.management.commands import prepare
from jobcenter.runtime.management.commands.prepare import sign_ins


@pytest.mark.django_db
def test_a_database_that_a_newer_version_has_migrated_is_refused_in_one_sentence():
    MigrationRecorder(connection).record_applied("centres", "0099_from_the_future")

    with pytest.raises(CommandError) as refusal:
        call_command("prepare")

    assert str(refusal.value) == (
        "The database was made by another version of the portal (it has had centres.0099_from_the_future): "
        "go back to that version, or use another database."
    )


@pytest.mark.django_db
def test_the_danish_texts_are_there_before_the_demonstration_keeps_what_it_says_in_danish(monkeypatch):
    called: list[str] = []
    monkeypatch.setattr(prepare, "call_command", lambda name, *rest, **options: called.append(name))
    monkeypatch.setattr(demo, "is_empty", lambda: True)

    call_command("prepare")

    assert called == ["catalogue", "migrate", "load_reference_data", "demo", "collectstatic"]


def test_the_demonstration_says_who_can_sign_in():
    roles = [who for who, _ in sign_ins()]

    assert len([who for who in roles if who.startswith("Caseworker")]) == 2
    for role in ("Employer", "Manager", "Area officer", "Administrator"):
        assert any(who.startswith(role) for who in roles)
