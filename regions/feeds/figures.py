"""A figure on its way in, and what it changes beside those that are there. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from regions.measures.periods import Period

Key = tuple[str, str | None, str | None, str | None, str]
"""Codes of measure, target group, municipality, jobcentre and period: of these there is one figure."""


@dataclass(frozen=True)
class Stored:
    """The figure that is there."""

    value: float
    numerator: int | None
    denominator: int | None


@dataclass(frozen=True)
class Figure:
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

    @property
    def to_store(self) -> Stored:
        return Stored(self.value, self.numerator, self.denominator)


@dataclass(frozen=True)
class Change:
    before: Stored
    figure: Figure


@dataclass(frozen=True)
class Difference:
    """What a delivery would change."""

    added: Sequence[Figure]
    changed: Sequence[Change]
    unchanged: int

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed)

    @property
    def to_write(self) -> list[Figure]:
        return [*self.added, *(change.figure for change in self.changed)]


def difference(figures: Iterable[Figure], *, stored: Mapping[Key, Stored]) -> Difference:
    """Hold figures beside the stored ones. A figure nobody delivers any more stays as it is."""
    added: list[Figure] = []
    changed: list[Change] = []
    unchanged = 0
    for figure in figures:
        before = stored.get(figure.key)
        if before is None:
            added.append(figure)
        elif before != figure.to_store:
            changed.append(Change(before, figure))
        else:
            unchanged += 1
    return Difference(added=added, changed=changed, unchanged=unchanged)
