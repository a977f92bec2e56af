"""Nothing that was started outlives what started it."""

import os
import select
import signal
import subprocess
import sys

from jobcenter.runtime import children

PARENT = """
import signal, sys, time
from jobcenter.runtime import children
child = children.start(["sleep", "600"], at_our_death=signal.SIGTERM, unprivileged={unprivileged})
print(child.pid, flush=True)
signal.pause()
"""


def ends(process_descriptor: int, *, within: float) -> bool:
    """Whether the process ends in time; the kernel says when it does."""
    waiting = select.poll()
    waiting.register(process_descriptor, select.POLLIN)
    return bool(waiting.poll(within * 1000))


def killed_parent_takes_child_along(*, unprivileged: bool) -> bool:
    program = [sys.executable, "-c", PARENT.format(unprivileged=unprivileged)]
    parent = subprocess.Popen(program, stdout=subprocess.PIPE)
    assert parent.stdout
    child = os.pidfd_open(int(parent.stdout.readline()))
    try:
        parent.kill()
        return ends(child, within=10)
    finally:
        os.close(child)
        parent.stdout.close()
        parent.wait()


def test_a_child_ends_with_its_parent_even_when_that_is_killed():
    assert killed_parent_takes_child_along(unprivileged=False)


def test_a_child_that_gave_up_roots_rights_ends_with_its_parent_too():
    assert killed_parent_takes_child_along(unprivileged=True)


def test_a_child_that_does_not_listen_is_ended_by_force_with_its_own_children():
    deaf = "import signal, subprocess; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
    grandchild = "print(subprocess.Popen(['sleep', '600']).pid, flush=True); signal.pause()"
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as log, os.fdopen(reading) as said:
        child = children.start(
            [sys.executable, "-c", deaf + grandchild], at_our_death=signal.SIGKILL, log=log
        )
        descriptor = os.pidfd_open(int(said.readline()))

    children.stop(child, within=0.2)

    assert child.returncode == -signal.SIGKILL
    assert ends(descriptor, within=10)
    os.close(descriptor)


def test_a_child_does_not_hear_ctrl_c_which_is_for_us():
    child = children.start(["sleep", "600"], at_our_death=signal.SIGTERM)
    try:
        assert os.getpgid(child.pid) == child.pid != os.getpgrp()
    finally:
        children.stop(child, within=5)
