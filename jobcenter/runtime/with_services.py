"""Run a command with a private PostgreSQL and Redis that are gone when it ends.

    python -m jobcenter.runtime.with_services COMMAND [ARGUMENT ...]

The command finds them in DATABASE_URL and REDIS_URL; where these are set already, those servers are
used. Signals go on to the command, and its exit status comes back.
"""

import contextlib
import os
import secrets
import shutil
import signal
import sys
from collections.abc import Iterator
from types import FrameType

from jobcenter.runtime import children
from jobcenter.runtime.postgres import Postgres
from jobcenter.runtime.redis import Redis
from jobcenter.runtime.setup import Unable


@contextlib.contextmanager
def services() -> Iterator[dict[str, str]]:
    """For the block, an environment with DATABASE_URL, REDIS_URL and SECRET_KEY."""
    environment = {"SECRET_KEY": secrets.token_urlsafe(40), **os.environ}
    folder = children.fresh_folder()
    servers: list[Postgres | Redis] = []
    for kind in (Redis, Postgres):
        if kind.variable not in environment:
            place = folder / kind.__name__.lower()
            place.mkdir()
            servers.append(Redis(place) if kind is Redis else Postgres(place, throwaway=True))
    try:
        for server in servers:
            server.start()
        for server in servers:
            server.wait()
            environment[server.variable] = server.url
        yield environment
    finally:
        for server in servers:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def run(command: list[str], environment: dict[str, str]) -> int:
    """Run the command and hand signals on to it; returns its exit status, or 128 + n if signal n ended it."""
    child = children.start(command, at_our_death=signal.SIGTERM, environment=environment, own_group=False)

    def forward(number: int, frame: FrameType | None) -> None:
        # Ctrl-C at a terminal has already reached the command, which is in our group.
        if number != signal.SIGINT or not sys.stdin.isatty():
            child.send_signal(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, forward)
    status = child.wait()
    return status if status >= 0 else 128 - status


def main(command: list[str]) -> int:
    if not command:
        sys.exit("usage: python -m jobcenter.runtime.with_services COMMAND [ARGUMENT ...]")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        with services() as environment:
            return run(command, environment)
    except Unable as problem:
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
