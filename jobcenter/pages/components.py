"""Small values that views hand to the page components."""

from dataclasses import dataclass
from enum import StrEnum


class StepState(StrEnum):
    DONE = "done"
    CURRENT = "current"
    ERROR = "error"
    WAITING = "waiting"


@dataclass(frozen=True)
class Step:
    """A step of a form in several pages. `url` None: it cannot be gone to yet."""

    title: str
    url: str | None = None
    state: StepState = StepState.WAITING
    note: str = ""

    @property
    def is_current(self) -> bool:
        return self.state in (StepState.CURRENT, StepState.ERROR)

    @property
    def is_done(self) -> bool:
        return self.state == StepState.DONE

    @property
    def has_error(self) -> bool:
        return self.state == StepState.ERROR


@dataclass(frozen=True)
class Happening:
    """A point on a vertical line of time: what, when in words, and whether it has happened."""

    title: str
    when: str = ""
    text: str = ""
    is_done: bool = False


@dataclass(frozen=True)
class Shape:
    """A sign's drawing in a 14 × 14 box, and the tone it has unless told otherwise."""

    drawing: str
    tone: str


_CLOCK = '<circle cx="7" cy="7" r="6" class="ei-hollow"/><path d="M6.2 3h1.6v4.6H11v1.5H6.2z"/>'
_DIAMOND = '<path d="M7 0l7 7-7 7-7-7z"/>'
_DOWN = '<path d="M0 2h14L7 14z"/>'
_UP = '<path d="M7 0l7 12H0z"/>'
_DOT = '<circle cx="7" cy="7" r="4"/>'
_RING = '<circle cx="7" cy="7" r="5.5" class="ei-hollow"/>'
_CHECK = '<path d="M1 7l2-2 3 3 6-6 2 2-8 8z"/>'
_ALARM = (
    '<path fill-rule="evenodd" d="M7 0a7 7 0 1 1 0 14A7 7 0 0 1 7 0zM6.1 3v5h1.8V3zM6.1 9.2V11h1.8V9.2z"/>'
)

SHAPES = {
    "bad": Shape(_DOWN, "bad"),
    "warn": Shape(_DIAMOND, "warn"),
    "under": Shape(_DIAMOND, "warn"),
    "calm": Shape(_DOT, "calm"),
    "expected": Shape(_DOT, "calm"),
    "over": Shape(_UP, "info"),
    "too_few": Shape(_RING, "calm"),
    "good": Shape(_CHECK, "good"),
    "alarm": Shape(_ALARM, "bad"),
    "clock": Shape(_CLOCK, "calm"),
    "severe": Shape('<path fill-rule="evenodd" d="M0 0h14v14H0zM6 2.5h2v6H6zM6 10h2v2H6z"/>', "bad"),
    "shortage": Shape('<path d="M1 1h12v12H1z"/>', "bad"),
    "paradox": Shape('<path d="M1 1h5v12H1zM8 1h5v12H8z"/>', "violet"),
    "chances": Shape(_UP, "info"),
    "fewer": Shape('<path d="M1 5.5h12v3H1z"/>', "calm"),
}
