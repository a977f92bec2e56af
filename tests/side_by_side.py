"""Two at once: a function in a thread and connection of its own, and the moment it waits for a lock."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

from django.db import connection

SECONDS_TO_WAIT = 15.0

Outcome = TypeVar("Outcome")


class Beside(Generic[Outcome]):
    """Runs at once; `outcome()` waits for its end and gives what it returned, or raises what it raised."""

    def __init__(self, action: Callable[[], Outcome]) -> None:
        self.returned: list[Outcome] = []
        self.raised: list[Exception] = []
        self.thread = Thread(target=self._run, args=(action,))
        self.thread.start()

    def _run(self, action: Callable[[], Outcome]) -> None:
        try:
            self.returned.append(action())
        except Exception as error:
            self.raised.append(error)
        finally:
            connection.close()

    def outcome(self) -> Outcome:
        self.thread.join(timeout=SECONDS_TO_WAIT)
        assert not self.thread.is_alive(), "it has not ended in time"
        if self.raised:
            raise self.raised[0]
        return self.returned[0]


def wait_until_somebody_is_locked_out() -> None:
    """Return as soon as anybody at this database, of several on the server, waits for another's lock."""
    deadline = time.monotonic() + SECONDS_TO_WAIT
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute(
                "SELECT FROM pg_locks waiting WHERE NOT granted AND EXISTS (SELECT FROM pg_locks held"
                " JOIN pg_database ON pg_database.oid = held.database"
                " WHERE held.pid = waiting.pid AND datname = current_database())"
            )
            if cursor.rowcount:
                return
    raise AssertionError("nobody has come to wait")
