"""Keep a few programs running: start one again when it dies, and stop them all in order.

A part that dies is started again after a pause that grows (1, 2, 4, 8 seconds). One that dies five times
without having run for a minute in between is not going to get better: the supervisor stops with a sentence.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from jobcenter.runtime import children
from jobcenter.runtime.children import Process
from jobcenter.runtime.setup import Unable

LONG_ENOUGH = 60.0
MOST_DEATHS = 5
SECONDS_TO_STOP = 10.0


@dataclass
class Part:
    """One program under supervision, and how it is started."""

    name: str
    start: Callable[[], Process]
    log: Path
    process: Process | None = None
    started_at: float = 0.0
    deaths: int = 0
    start_again_at: float | None = None

    def begin(self) -> None:
        self.process = self.start()
        self.started_at = time.monotonic()
        self.start_again_at = None

    def look_after(self) -> None:
        """Notice a death, and start again when its pause is over. Raises Unable after the fifth."""
        now = time.monotonic()
        if self.start_again_at is not None:
            if now >= self.start_again_at:
                self.begin()
        elif self.process and self.process.poll() is not None:
            children.end_group(self.process)
            self.deaths = 1 if now - self.started_at > LONG_ENOUGH else self.deaths + 1
            if self.deaths >= MOST_DEATHS:
                raise Unable(f"The {self.name} ended {self.deaths} times in a row; {self.log} says why.")
            pause = 2.0 ** (self.deaths - 1)
            self.start_again_at = now + pause
            print(f"The {self.name} ended; starting it again in {pause:.0f} s.", file=sys.stderr, flush=True)


@dataclass
class Supervisor:
    """Parts that run side by side."""

    parts: list[Part] = field(default_factory=list)

    def start(self, part: Part) -> None:
        self.parts.append(part)
        part.begin()

    def look_after(self) -> None:
        for part in self.parts:
            part.look_after()

    def stop(self) -> None:
        """Ask all to end at once, then see each of them end: by force after ten seconds."""
        running = [part.process for part in self.parts if part.process]
        for process in running:
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + SECONDS_TO_STOP
        for process in running:
            children.stop(process, within=max(0.1, deadline - time.monotonic()))
        self.parts.clear()
