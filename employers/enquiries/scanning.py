"""The virus scanner: `VIRUS_SCANNER` names one, and no attachment is given out before it has looked.

clamd://host:port or clamd:///path/of/the/socket asks a ClamAV daemon over its INSTREAM command. A dotted
path such as `scanners.look` names a function that takes the file's path and returns a Verdict.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from employers.enquiries.models import Attachment
from jobcenter.runtime.work import publish

CHUNK = 64 * 1024
SECONDS = 20.0
"""Well under the lease of a unit of work, so that none outlasts it."""

BATCH = 50


class Verdict(NamedTuple):
    is_clean: bool
    said: str


class Unclear(Exception):
    """The scanner did not say whether the file is clean; it is asked again later."""


Scanner = Callable[[Path], Verdict]


def scanner() -> Scanner | None:
    """What looks through files here; None where nothing does."""
    named: str = settings.VIRUS_SCANNER
    if not named:
        return None
    if named.startswith("clamd:"):
        return lambda path: ask_clamd(named, path)
    found: Scanner = import_string(named)
    return found


def ask_clamd(address: str, path: Path) -> Verdict:
    """Send the file to a ClamAV daemon. Raises Unclear on an answer that is no verdict, OSError when away.

    INSTREAM: chunks, each after its length as four bytes, the most significant first; length 0 ends it.
    """
    with _connected(address) as connection, path.open("rb") as file:
        connection.sendall(b"zINSTREAM\0")
        while chunk := file.read(CHUNK):
            connection.sendall(struct.pack("!L", len(chunk)) + chunk)
        connection.sendall(struct.pack("!L", 0))
        said = _until_the_end(connection)
    if said == "stream: OK":
        return Verdict(is_clean=True, said="OK")
    if said.endswith(" FOUND"):
        return Verdict(is_clean=False, said=said.removeprefix("stream: ")[:200])
    raise Unclear(said or "no answer")


def scan(pk: int) -> None:
    """Look through one attachment, if nobody else does. An infected one is removed from the disk."""
    look = scanner()
    with Attachment.objects.claim(pk) as work:
        if not work or not look:
            return
        verdict = look(work.path)
        state = Attachment.State.CLEAN if verdict.is_clean else Attachment.State.INFECTED
        with transaction.atomic():
            work.finish()
            Attachment.objects.filter(pk=pk).update(state=state, verdict=verdict.said)
            if not verdict.is_clean:
                transaction.on_commit(lambda: work.path.unlink(missing_ok=True))


def sweep() -> None:
    """Look for attachments whose message was lost, or whose scanner was away."""
    for pk in Attachment.objects.waiting().order_by("due_at", "pk").values_list("pk", flat=True)[:BATCH]:
        publish("enquiries.scan", pk)


def _connected(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.hostname:
        return socket.create_connection((parts.hostname, parts.port or 3310), timeout=SECONDS)
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(SECONDS)
    connection.connect(parts.path)
    return connection


def _until_the_end(connection: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and (part := connection.recv(4096)):
        answer += part
    return answer.rstrip(b"\0").decode(errors="replace").strip()
