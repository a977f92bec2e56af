"""Run a command with a private PostgreSQL and Redis that are gone when it ends.

    python -m jobcenter.runtime.with_services COMMAND [ARGUMENT …]

The command finds them in DATABASE_URL and REDIS_URL; where these are set already, those servers are
used. Signals go on to the command, and its exit status comes back.
"""

import os
import secrets
import shutil
import signal
import sys
from types import FrameType

from jobcenter.runtime import children
from jobcenter.runtime.children import Unable
from jobcenter.runtime.postgres import Postgres
from jobcenter.runtime.redis import Redis


def run(command: list[str]) -> int:
    """Run `command` beside throwaway servers; returns its exit status, 128 + n if signal n ended it."""
    folder = children.fresh_folder()
    environment = {"SECRET_KEY": secrets.token_urlsafe(40), **os.environ}
    servers: list[Postgres | Redis] = []
    try:
        if "REDIS_URL" not in environment:
            (folder / "redis").mkdir()
            redis = Redis(folder / "redis")
            servers.append(redis)
            redis.start()
            environment["REDIS_URL"] = redis.url
        if "DATABASE_URL" not in environment:
            (folder / "postgres").mkdir()
            postgres = Postgres(folder / "postgres", throwaway=True)
            servers.append(postgres)
            postgres.start()
            environment["DATABASE_URL"] = postgres.url
        for server in servers:
            server.wait()
        status = run_forwarding_signals(command, environment)
    except Unable as problem:
        print(problem, file=sys.stderr)
        status = 1
    finally:
        for server in reversed(servers):
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)
    return status


def run_forwarding_signals(command: list[str], environment: dict[str, str]) -> int:
    child = children.start(command, at_our_death=signal.SIGTERM, environment=environment, own_group=False)

    def forward(number: int, frame: FrameType | None) -> None:
        # Ctrl-C at a terminal has already reached the command, which is in our group.
        if number != signal.SIGINT or not sys.stdin.isatty():
            child.send_signal(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, forward)
    status = child.wait()
    return status if status >= 0 else 128 - status


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: python -m jobcenter.runtime.with_services COMMAND [ARGUMENT …]")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    sys.exit(run(sys.argv[1:]))
