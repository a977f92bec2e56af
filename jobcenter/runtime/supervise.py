"""Keep a few programs running: start one again when it dies, and stop them all in order.

A part that dies is started again after a pause that grows (1, 2, 4 ... at most 60 seconds) and is forgotten
once it has run for a minute. A running portal never ends because of one part: a worker whose Redis is away
comes back when Redis does. A portal that is being started does, with a sentence (`hopeless`).
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from jobcenter.runtime import children
from jobcenter.runtime.children import Process

LONG_ENOUGH = 60.0
LONGEST_PAUSE = 60.0
HOPELESS = 3
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
        """Notice a death, and start again when its pause is over."""
        now = time.monotonic()
        if self.start_again_at is not None:
            if now >= self.start_again_at:
                self.begin()
        elif self.process and self.process.poll() is not None:
            children.end_group(self.process)
            self.deaths = 1 if now - self.started_at > LONG_ENOUGH else self.deaths + 1
            pause = min(2.0 ** (self.deaths - 1), LONGEST_PAUSE)
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

    def hopeless(self) -> Part | None:
        """A part that has ended so often that waiting for it is in vain."""
        return next((part for part in self.parts if part.deaths >= HOPELESS), None)

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
