"""A real Celery worker on the test database, and the mail it sends."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from celery import current_app
from django.conf import settings
from django.db import connection

from jobcenter.runtime import children

QUEUE = "celery"
ANSWERED: dict[str, Any] = {"reply": True, "limit": 1, "timeout": 10.0}
SECONDS_TO_START = 30.0
SECONDS_TO_WORK = 15.0


def nobody_is_at_work() -> bool:
    """Whether no connection but this one has begun something in the test database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND xact_start IS NOT NULL AND backend_type = 'client backend')"
        )
        return bool(cursor.fetchone()[0])


class Program:
    """One Celery process on the test database: a worker, or beat.

    role: its name and options; ready: what it writes when it has started.
    """

    def __init__(self, folder: Path, *, role: Sequence[str], ready: str, **environment: str) -> None:
        self.role = role
        self.ready = ready
        self.mail_folder = folder / "mail"
        self.log = folder / f"{role[0]}.log"
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "jobcenter.settings",
            "DATABASE_URL": urlsplit(os.environ["DATABASE_URL"])
            ._replace(path=f"/{connection.settings_dict['NAME']}")
            .geturl(),
            "REDIS_URL": settings.REDIS_URL,
            "SECRET_KEY": settings.SECRET_KEY,
            "MAIL_FOLDER": str(self.mail_folder),
            "GENERATED_FOLDER": str(settings.GENERATED_FOLDER),
            **environment,
        }
        self.process: children.Process | None = None

    def start(self) -> None:
        """Return when it is ready."""
        command = [sys.executable, "-m", "celery", "--app=jobcenter", *self.role, "--loglevel=INFO"]
        with self.log.open("wb") as log:
            self.process = children.start(
                command, at_our_death=signal.SIGTERM, log=log, environment=self.environment
            )
        self.wait_until(lambda: self.ready in self.log.read_text(), within=SECONDS_TO_START)

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """Let it finish what it has begun."""
        if self.process:
            children.stop(self.process, within=10)
            self.process = None

    def kill(self) -> None:
        """End it and its children at once, like a machine that loses power."""
        if self.process:
            children.end_group(self.process)
            self.process = None

    def wait_until(self, happened: Callable[[], bool], *, within: float = SECONDS_TO_WORK) -> None:
        """Return as soon as it has happened; fails with its own words when it has not in time."""
        deadline = time.monotonic() + within
        while not happened():
            if not self.is_running or time.monotonic() > deadline:
                why = f"it has not happened within {within:.0f} s" if self.is_running else "it has ended"
                raise AssertionError(f"{why}; it says:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.02)


class Worker(Program):
    """A worker. Its mail lies in a folder of its own, unless SMTP_URL says otherwise."""

    def __init__(self, folder: Path, **environment: str) -> None:
        role = ("worker", "--concurrency=1", "--without-gossip", "--without-mingle")
        super().__init__(folder, role=role, ready=" ready.", **environment)

    def listen(self) -> None:
        """Take messages again, those of now and none that came while it rested."""
        current_app.control.purge()
        current_app.control.add_consumer(QUEUE, **ANSWERED)

    def rest(self) -> None:
        """Ask for no more messages: what other tests send is not this one's to do.

        The question that is out already may still bring one: it ends within a second. Returns when
        nobody is at work in the database, which is emptied next.
        """
        current_app.control.cancel_consumer(QUEUE, **ANSWERED)
        self.wait_until(nobody_is_at_work)

    def mails(self) -> list[EmailMessage]:
        """What has been sent to the folder."""
        parse = policy.default
        return [
            message_from_bytes(file.read_bytes(), policy=parse) for file in self.mail_folder.glob("*.eml")
        ]


class Beat(Program):
    """The clock that starts what is to be done every minute and every night."""

    def __init__(self, folder: Path, **environment: str) -> None:
        role = ("beat", f"--schedule={folder / 'schedule'}", "--pidfile=")
        super().__init__(folder, role=role, ready="beat: Starting...", **environment)
