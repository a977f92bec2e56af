"""Jobindsats' API: version 3, and version 2 where the third is not there.

Its clients wait longer from one attempt to the next when it is busy or ill; so does this one, and it waits as
long as it is told to, within reason. What it gives up, it says in one sentence.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regions.feeds import replies

PAUSES = (15.0, 30.0, 45.0, 60.0)
"""Seconds before the second and every further attempt."""

PATIENCE = 300.0
"""Seconds after which no further attempt is begun."""

WORTH_ANOTHER_TRY = frozenset((429, 500, 502, 503, 504))
NOT_THERE = frozenset((404, 410))
NOT_LET_IN = frozenset((401, 403))
LARGEST = 200 * 1024 * 1024
"""Bytes of one reply."""


class Away(Exception):
    """No figures could be had; the text is one sentence that says why."""


class NotThere(Away):
    """The server has nothing at the address."""


@dataclass(frozen=True)
class Question:
    """What of a table is asked for, as each version wants to hear it. periods: “M”, “Q”, “QMAT” or “Y”."""

    table: str
    periods: str
    latest: int
    asked: Mapping[str, Mapping[str, str]]

    @property
    def v3(self) -> dict[str, str]:
        """All measures of the table, for every municipality unless something else is asked for."""
        return {
            "mgroup.*": "*",
            f"period.{self.periods}": f"latest:{self.latest}",
            "hierarchy._nykom": "*",
            **self.asked.get("v3", {}),
            "format": "json",
        }

    @property
    def v2(self) -> dict[str, str]:
        letter = "m" if self.periods == "M" else self.periods
        return {"period": f"l({letter}:{self.latest})", "area": "*", **self.asked.get("v2", {})}


@dataclass(frozen=True)
class Reply:
    """What came, byte for byte, and the address that was asked, which holds no secret."""

    content: bytes
    address: str


@dataclass(frozen=True)
class Ill:
    """What was wrong with an attempt. wait: so many seconds the server asks to be left alone."""

    problem: str
    wait: float = 0.0
    is_passing: bool = True


class Jobindsats:
    """The API at an address such as https://api.jobindsats.dk. `pause` and `clock` are there to be tried."""

    def __init__(
        self,
        *,
        address: str,
        token: str,
        timeout: float = 60.0,
        pause: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.token = token
        self.client = httpx.Client(base_url=address.rstrip("/") + "/", timeout=timeout)
        self.pause, self.clock = pause, clock

    def __enter__(self) -> Jobindsats:
        return self

    def __exit__(self, *error: object) -> None:
        self.client.close()

    def tables(self) -> list[replies.Listed]:
        """The tables there are. Raises Away, and Unreadable for a reply of another shape."""
        return replies.tables(self._either("tables", {"format": "json"}, "tables/json", {}).content)

    def about(self, table: str) -> replies.About:
        """What a table can be asked about. Raises Away, and Unreadable for a reply of another shape."""
        reply = self._either(f"table/{table}", {"format": "json"}, f"tables/{table}/json", {})
        return replies.about(reply.content, table=table)

    def data(self, question: Question) -> Reply:
        """The figures, as they come. Raises Away."""
        table = question.table
        return self._either(f"data/{table}", question.v3, f"data/{table}/json/", question.v2)

    def _either(self, v3: str, asks_v3: Mapping[str, str], v2: str, asks_v2: Mapping[str, str]) -> Reply:
        """Version 3; where it has no such address, version 2, which takes the bare token."""
        bearer = {"Authorization": f"Bearer {self.token}"}
        try:
            return self._asked(f"v3/{v3}", asks_v3, headers=bearer)
        except NotThere:
            return self._asked(f"v2/{v2}", asks_v2, headers={"Authorization": self.token})

    def _asked(self, path: str, asks: Mapping[str, str], *, headers: Mapping[str, str]) -> Reply:
        """The reply, after as many attempts as patience allows. Raises Away."""
        begun, attempts = self.clock(), 0
        while True:
            answer = self._try(path, asks, headers=headers)
            if isinstance(answer, Reply):
                return answer
            pauses, attempts = PAUSES[attempts:], attempts + 1
            wait = max(answer.wait, 0.0, *pauses[:1])
            if not (pauses and answer.is_passing and self.clock() - begun + wait <= PATIENCE):
                raise _given_up(answer, attempts=attempts)
            self.pause(wait)

    def _try(self, path: str, asks: Mapping[str, str], *, headers: Mapping[str, str]) -> Reply | Ill:
        accepts = {"Accept": "application/json", **headers}
        try:
            with self.client.stream("GET", path, params=dict(asks), headers=accepts) as answer:
                if answer.is_success:
                    return _whole(answer)
        except httpx.TransportError as error:
            return Ill(_("it cannot be reached (%(error)s)") % {"error": type(error).__name__})
        if answer.status_code in NOT_THERE:
            raise NotThere(_("There is no %(path)s at Jobindsats.") % {"path": path})
        if answer.status_code in NOT_LET_IN:
            problem = _("it does not accept our token (it answers %(status)s)")
        else:
            problem = _("it answers %(status)s")
        return Ill(
            problem % {"status": answer.status_code},
            wait=_seconds(answer.headers.get("Retry-After", "")),
            is_passing=answer.status_code in WORTH_ANOTHER_TRY,
        )


def _given_up(answer: Ill, *, attempts: int) -> Away:
    said = ngettext(
        "Jobindsats was asked once: %(problem)s.",
        "Jobindsats was asked %(count)s times: %(problem)s.",
        attempts,
    )
    return Away(said % {"count": attempts, "problem": answer.problem})


def _whole(answer: httpx.Response) -> Reply | Ill:
    content = bytearray()
    for piece in answer.iter_bytes():
        content += piece
        if len(content) > LARGEST:
            return Ill(_("its reply is larger than 200 MB"), is_passing=False)
    return Reply(bytes(content), str(answer.url))


def _seconds(retry_after: str) -> float:
    """How long a server asks to be left alone: so many seconds, or until a time; 0 when it does not say."""
    if retry_after.isdecimal():
        return float(retry_after)
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return 0.0
    return max((until - datetime.now(UTC)).total_seconds(), 0.0)
