"""What a file of register figures would change, and what of it somebody must say is right. Pure.

A file tells of whole half-years: what stands of those and is not in the file goes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from regions.bottlenecks.registers.reading import NUMBERS, Key, Persons
from regions.feeds.figures import JUMP
from regions.measures.periods import Period, parse

LEAST = 50
"""Fewer persons than this, before and after, and a tenfold jump is nothing out of the ordinary."""

MOST_TOLD = 200
"""Changes and jumps that are told one by one."""

Figures = Mapping[Key, Persons]


@dataclass(frozen=True)
class Part:
    """One half-year of a file, in counts of lines."""

    period: str
    added: int
    changed: int
    removed: int
    unchanged: int


@dataclass(frozen=True)
class Change:
    """A line before and after; `after` is None where it goes."""

    period: str
    occupation: str
    municipality: str
    before: Persons
    after: Persons | None


@dataclass(frozen=True)
class Jump:
    """A number so far from what is known of the same place that it may be a mistake.

    number: its name. known_of: the half-year that `before` is of: its own, or the one before.
    """

    period: str
    occupation: str
    municipality: str
    number: str
    known_of: str
    before: int
    after: int


@dataclass(frozen=True)
class Difference:
    """All in counts, and the first changes and jumps one by one.

    rewritten: lines changed or removed in half-years before the last one, whose figures were final.
    digest: what tells one difference from another: a page says which one was read.
    """

    parts: Sequence[Part] = ()
    changes: Sequence[Change] = ()
    jumps: Sequence[Jump] = ()
    jumped: int = 0
    rewritten: int = 0
    digest: str = ""

    def _sum(self, name: str) -> int:
        return sum(getattr(part, name) for part in self.parts)

    @property
    def added(self) -> int:
        return self._sum("added")

    @property
    def changed(self) -> int:
        return self._sum("changed")

    @property
    def removed(self) -> int:
        return self._sum("removed")

    @property
    def unchanged(self) -> int:
        return self._sum("unchanged")

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.removed)

    @property
    def held(self) -> int:
        """What nobody lets through without a reason."""
        return self.jumped + self.rewritten

    @property
    def changes_left_out(self) -> int:
        return self.changed + self.removed - len(self.changes)

    @property
    def jumps_left_out(self) -> int:
        return self.jumped - len(self.jumps)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Difference:
        """Nothing of a delivery that was taken in before differences were kept."""
        lists = {name: told.get(name, ()) for name in ("parts", "changes", "jumps")}
        return cls(
            parts=[Part(**part) for part in lists["parts"]],
            changes=[Change(**change) for change in lists["changes"]],
            jumps=[Jump(**jump) for jump in lists["jumps"]],
            jumped=told.get("jumped", 0),
            rewritten=told.get("rewritten", 0),
            digest=told.get("digest", ""),
        )


def half_years(keys: Iterable[Key]) -> set[str]:
    return {period for period, _occupation, _municipality in keys}


def difference(figures: Figures, *, standing: Figures, before: Figures, latest: Period) -> Difference:
    """What the figures of a file would change.

    standing: all that is known of the file's half-years. before: all of the half-years just before those.
    latest: the last half-year that is over; what is said of an earlier one is held back when it changes.
    """
    told = half_years(figures)
    older = {period for period in told if parse(period).last < latest.last}
    earlier = {period: parse(period).previous().code for period in told}
    keys = sorted(figures.keys() | standing.keys())
    changes = [
        Change(*key, before=standing[key], after=figures.get(key))
        for key in keys
        if key in standing and standing[key] != figures.get(key)
    ]
    jumps = [
        jump
        for key in keys
        if key in figures
        for jump in _jumps(key, figures[key], standing=standing, before=before, earlier=earlier[key[0]])
    ]
    return Difference(
        parts=[_part(period, figures, standing) for period in sorted(told)],
        changes=changes[:MOST_TOLD],
        jumps=jumps[:MOST_TOLD],
        jumped=len(jumps),
        rewritten=sum(change.period in older for change in changes),
        digest=_digest(keys, figures, standing, jumps),
    )


def _jumps(key: Key, persons: Persons, *, standing: Figures, before: Figures, earlier: str) -> Iterator[Jump]:
    """Held against what stands of the same half-year, else of the one before; what is withheld is not.

    earlier: code of the half-year before.
    """
    period, occupation, municipality = key
    known_of, known = period, standing.get(key)
    if known is None:
        known_of, known = earlier, before.get((earlier, occupation, municipality))
    if known is None:
        return
    for name, was, now in zip(NUMBERS, known, persons, strict=True):
        if was is not None and now is not None and max(was, now) >= max(LEAST, JUMP * min(was, now)):
            yield Jump(*key, number=name, known_of=known_of, before=was, after=now)


def _part(period: str, figures: Figures, standing: Figures) -> Part:
    told = {key: persons for key, persons in figures.items() if key[0] == period}
    stood = {key: persons for key, persons in standing.items() if key[0] == period}
    both = told.keys() & stood.keys()
    changed = sum(told[key] != stood[key] for key in both)
    return Part(
        period=period,
        added=len(told.keys() - both),
        changed=changed,
        removed=len(stood.keys() - both),
        unchanged=len(both) - changed,
    )


def _digest(keys: Sequence[Key], figures: Figures, standing: Figures, jumps: Sequence[Jump]) -> str:
    lines = [
        (key, standing.get(key), figures.get(key)) for key in keys if standing.get(key) != figures.get(key)
    ]
    said = json.dumps([lines, [asdict(jump) for jump in jumps]])
    return sha256(said.encode()).hexdigest()
