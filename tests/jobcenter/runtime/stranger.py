"""Somebody who has just cloned the portal: nothing in the environment but what every machine needs.

Standard library only, since `.ci/run` runs it as a script before and beside any `.venv`:

    python3 tests/jobcenter/runtime/stranger.py
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

CERTIFICATES = (
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "NODE_EXTRA_CA_CERTS",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
)
SECONDS_TO_INSTALL_AND_START = 1200.0
SECONDS_TO_STOP = 45.0
READY = "Stop with Ctrl-C"

Permissions = dict[Path, tuple[int, int, int]]


def bare_environment(home: Path | None = None) -> dict[str, str]:
    """PATH, HOME and the machine's proxy and certificate variables."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in (*CERTIFICATES, "PATH", "HOME", "PIP_CERT") or name.lower().endswith("_proxy")
    }
    return kept | ({"HOME": str(home)} if home else {})


class Stranger:
    """Runs `make` in a checkout: as ourselves, or under root as the user with the number `uid`."""

    def __init__(self, checkout: Path, *, home: Path | None = None, uid: int | None = None) -> None:
        self.checkout = checkout
        self.environment = bare_environment(home)
        self.become = (
            [] if uid is None else ["setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups", "--"]
        )

    def make(self, target: str, *settings: str) -> subprocess.CompletedProcess[str]:
        """Run a target that ends by itself."""
        return subprocess.run(
            [*self.become, "make", target, *settings],
            cwd=self.checkout,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=SECONDS_TO_INSTALL_AND_START,
            check=False,
        )

    def run(self, *settings: str) -> Running:
        return Running(self, settings)


class Running:
    """`make run` in a group of its own, as a terminal would start it."""

    def __init__(self, stranger: Stranger, settings: tuple[str, ...]) -> None:
        self.port = free_port()
        self.started_at = time.monotonic()
        self.said = tempfile.NamedTemporaryFile(prefix="en-indgang-", suffix=".txt")  # noqa: SIM115
        self.make = subprocess.Popen(
            [*stranger.become, "make", "run", f"PORT={self.port}", *settings],
            cwd=stranger.checkout,
            env=stranger.environment,
            stdin=subprocess.DEVNULL,
            stdout=self.said,
            stderr=self.said,
            process_group=0,
        )

    @property
    def output(self) -> str:
        return Path(self.said.name).read_text(errors="replace")

    def wait_until_ready(self) -> float:
        """Seconds from the command to the line that says how to stop."""
        deadline = self.started_at + SECONDS_TO_INSTALL_AND_START
        while READY not in self.output:
            if self.make.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"make run did not get ready:\n{self.output}")
            time.sleep(0.05)
        return time.monotonic() - self.started_at

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of a page; an answer of 400 or more is an error."""
        with urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
            return answer.status, answer.read().decode()

    def press_ctrl_c(self) -> list[str]:
        """End it as a terminal would; returns what is still running of all it had started."""
        started = descendants(self.make.pid)
        os.killpg(self.make.pid, signal.SIGINT)
        self.make.wait(SECONDS_TO_STOP)
        return [command for pid, command in started.items() if commands().get(pid) == command]

    def end(self) -> None:
        """End it whatever happened, so that a failed test leaves nothing behind."""
        if self.make.poll() is None:
            os.killpg(self.make.pid, signal.SIGTERM)
            self.make.wait(SECONDS_TO_STOP)
        self.said.close()

    def __enter__(self) -> Running:
        return self

    def __exit__(self, *error: object) -> None:
        self.end()


def descendants(pid: int) -> dict[int, str]:
    """The programs that a process has started, and those that they have, with their command lines."""
    parents, names = {}, commands()
    for each in names:
        try:
            parents[each] = int(Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
    found: set[int] = {pid}
    while more := {each for each, parent in parents.items() if parent in found} - found:
        found |= more
    return {each: names[each] for each in found if names.get(each)}


def commands() -> dict[int, str]:
    """The command line of every process; empty for one that has ended and was not yet reaped."""
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                found[int(folder.name)] = (
                    (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                )
            except (FileNotFoundError, ProcessLookupError, PermissionError):
                continue
    return found


def permissions_above(*folders: Path) -> Permissions:
    """Mode and owner of every folder above these."""
    above = {place for folder in folders for place in folder.resolve().parents}
    return {place: (about.st_mode, about.st_uid, about.st_gid) for place in above for about in [place.stat()]}


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def main() -> int:
    """Use the portal of this checkout for a moment, as somebody who knows only the one command."""
    with Stranger(Path(__file__).resolve().parents[3]).run() as portal:
        seconds = portal.wait_until_ready()
        print(portal.output)
        for path in ("/readyz", "/"):
            status, text = portal.get(path)
            print(f"{status} {path} ({len(text)} characters)")
        left = portal.press_ctrl_c()
    if left:
        print("Ctrl-C left these running:", *left, sep="\n  ", file=sys.stderr)
        return 1
    print(f"make run: ready after {seconds:.0f} s, and nothing it started is left.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
