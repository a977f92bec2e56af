"""Child processes that never outlive this one, and the unprivileged user that servers run as under root."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

Process = subprocess.Popen[bytes]

UNPRIVILEGED = "nobody"
UNLESS_ORPHANED = '[ "$PPID" = "$0" ] && exec "$@"'
"""Without it a parent that dies before the child has asked for the signal would never be missed."""

LONGEST_SOCKET_PATH = 107
ENVIRONMENT_OF_SERVERS = {"PATH": os.defpath, "LC_ALL": "C", "LANG": "C"}


def is_root() -> bool:
    return os.geteuid() == 0


def hand_over(path: Path) -> None:
    """Give a file or folder of ours to the unprivileged user; does nothing unless we are root."""
    if is_root():
        user = pwd.getpwnam(UNPRIVILEGED)
        os.chown(path, user.pw_uid, user.pw_gid)


def without_roots_rights() -> list[str]:
    """Arguments of setpriv that make a command the unprivileged user's; none unless we are root."""
    if not is_root():
        return []
    user = pwd.getpwnam(UNPRIVILEGED)
    return [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", "--no-new-privs"]


def start(
    command: Sequence[str | Path],
    *,
    at_our_death: signal.Signals,
    log: IO[bytes] | None = None,
    environment: Mapping[str, str] | None = None,
    own_group: bool = True,
    unprivileged: bool = False,
    keep_open: Sequence[int] = (),
) -> Process:
    """Start a child that the kernel sends `at_our_death` when this process dies, however it dies.

    In a group of its own a child is not reached by Ctrl-C at the terminal: we stop it, in our order.
    Call it from the main thread only: the kernel watches the thread, not the process.
    """
    rights = without_roots_rights() if unprivileged else []
    # In one call: a change of user takes the signal back, and setpriv sets it last.
    death = f"--pdeathsig={at_our_death.name.removeprefix('SIG')}"
    return subprocess.Popen(
        ["setpriv", *rights, death, "--", "sh", "-c", UNLESS_ORPHANED, str(os.getpid()), *map(str, command)],
        stdin=subprocess.DEVNULL if own_group else None,
        stdout=log,
        stderr=log,
        env=environment,
        process_group=0 if own_group else None,
        pass_fds=keep_open,
    )


def stop(child: Process, *, by: signal.Signals = signal.SIGTERM, within: float) -> None:
    """Ask the child to end; after `within` seconds end it and what is left of its group by force."""
    if child.poll() is None:
        child.send_signal(by)
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(timeout=within)
    end_group(child)


def end_group(child: Process) -> None:
    """End by force what still runs in the child's own group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def is_open_to_all(folder: Path) -> bool:
    """Whether a user who owns nothing here can pass through `folder` and every folder above it."""
    named, real = folder.absolute(), folder.resolve()
    return all(place.stat().st_mode & 0o001 for place in {named, *named.parents, real, *real.parents})


def fresh_folder() -> Path:
    """A new temporary folder with a short path, which the unprivileged user can pass through."""
    base = Path(tempfile.gettempdir())
    if len(str(base)) > 40 or (is_root() and not is_open_to_all(base)):
        base = Path("/tmp")
    folder = Path(tempfile.mkdtemp(prefix="en-indgang-", dir=base))
    if is_root():
        folder.chmod(0o711)
    return folder


def copy_readable(source: Path, target: Path) -> None:
    """Copy a file or a folder of programs so that every user can read and run the copy."""
    if source.is_dir():
        shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy2(source, target)
    for path in [target, *target.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
