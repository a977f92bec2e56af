"""A figure on its way in, and what a delivery of figures would change. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from regions.measures.periods import Period

Key = tuple[str, str | None, str | None, str | None, str]
"""Codes of measure, target group, municipality, jobcentre and period: of these there is one figure."""

JUMP = 10
"""So many times more or less than before, and somebody has to look. A source may have its own limit."""


class Figure(NamedTuple):
    """One figure of a municipality or a jobcentre, and the line it stands on. All is named by code."""

    line: int
    measure: str
    group: str | None
    municipality: str | None
    jobcentre: str | None
    period: Period
    value: float
    numerator: int | None = None
    denominator: int | None = None

    @property
    def key(self) -> Key:
        return (self.measure, self.group, self.municipality, self.jobcentre, self.period.code)


@dataclass(frozen=True)
class Stored:
    """A figure as it is there: its value, and the counts behind it when it has some."""

    value: float
    numerator: int | None = None
    denominator: int | None = None


@dataclass(frozen=True)
class Part:
    """One measure, target group and period of a delivery, in counts of figures."""

    measure: str
    group: str | None
    period: str
    added: int
    changed: int
    removed: int


@dataclass(frozen=True)
class Change:
    """A figure before and after; `after` is None where the source has withdrawn it."""

    measure: str
    group: str | None
    municipality: str | None
    jobcentre: str | None
    period: str
    before: Stored
    after: Stored | None


@dataclass(frozen=True)
class Jump:
    """A figure so far from what is known of the same place that it may be a mistake.

    known_of: the period that the figure it is held against is of: its own, or the one before.
    """

    measure: str
    group: str | None
    municipality: str | None
    jobcentre: str | None
    period: str
    known_of: str
    before: Stored
    after: Stored


@dataclass(frozen=True)
class Difference:
    """What a delivery would change: all in counts, and the first parts, changes and jumps one by one."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    held: int = 0
    parts_left_out: int = 0
    parts: Sequence[Part] = ()
    changes: Sequence[Change] = ()
    jumps: Sequence[Jump] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.removed)

    @property
    def changes_left_out(self) -> int:
        return self.changed + self.removed - len(self.changes)

    @property
    def jumps_left_out(self) -> int:
        return self.held - len(self.jumps)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Difference:
        return cls(
            **{name: count for name, count in said.items() if isinstance(count, int)},
            parts=[Part(**part) for part in said["parts"]],
            changes=[Change(**_stored(change)) for change in said["changes"]],
            jumps=[Jump(**_stored(jump)) for jump in said["jumps"]],
        )


def _stored(said: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: Stored(**value) if name in ("before", "after") and value else value
        for name, value in said.items()
    }
