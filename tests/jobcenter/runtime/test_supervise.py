"""Programs under supervision are started again, and all of them end."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobcenter.runtime import children
from jobcenter.runtime.children import Process
from jobcenter.runtime.supervise import HOPELESS, Part, Supervisor


@pytest.fixture
def supervisor() -> Iterator[Supervisor]:
    supervisor = Supervisor()
    yield supervisor
    supervisor.stop()


def part(*command: str) -> Part:
    def start() -> Process:
        return children.start(command, at_our_death=signal.SIGTERM)

    return Part("worker", start=start, log=Path("worker.log"))


def wait_for_its_end(part: Part) -> None:
    assert part.process
    part.process.wait(10)


def test_a_part_that_was_killed_is_started_again_after_its_pause(supervisor, capsys):
    worker = part("sleep", "600")
    supervisor.start(worker)
    assert worker.process
    first = worker.process.pid
    worker.process.kill()
    wait_for_its_end(worker)

    supervisor.look_after()
    assert capsys.readouterr().err == "The worker ended; starting it again in 1 s.\n"
    supervisor.look_after()
    assert worker.process.pid == first, "its pause is not over"
    worker.start_again_at = time.monotonic()
    supervisor.look_after()

    assert worker.process.pid != first
    assert worker.process.poll() is None


def test_the_pause_grows_and_a_part_that_never_stays_is_hopeless(supervisor, capsys):
    worker = part("false")
    supervisor.start(worker)
    for _ in range(HOPELESS):
        assert supervisor.hopeless() is None
        wait_for_its_end(worker)
        supervisor.look_after()
        worker.start_again_at = time.monotonic()
        supervisor.look_after()

    assert supervisor.hopeless() is worker
    pauses = [line.rpartition("in ")[2] for line in capsys.readouterr().err.splitlines()]
    assert pauses == ["1 s.", "2 s.", "4 s."]


def test_a_part_that_ran_for_a_minute_starts_with_a_clean_record(supervisor):
    worker = part("sleep", "600")
    supervisor.start(worker)
    worker.deaths = 7
    worker.started_at = time.monotonic() - 61
    assert worker.process
    worker.process.kill()
    wait_for_its_end(worker)

    supervisor.look_after()

    assert worker.deaths == 1


def test_stopping_ends_every_part_and_no_other(supervisor):
    bystander = part("sleep", "600").start()
    parts = [part("sleep", "600"), part("sleep", "600")]
    for each in parts:
        supervisor.start(each)

    supervisor.stop()

    assert [each.process.poll() for each in parts if each.process] == [-signal.SIGTERM] * 2
    assert bystander.poll() is None
    children.stop(bystander, within=5)
