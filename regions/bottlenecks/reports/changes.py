"""What differs between two issues: which occupations became hard to fill, and which no longer are. Pure.

An occupation that has too few answers in one of the two became neither: nothing is known of it then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from regions.bottlenecks.figures.balance import Balance

HARD = frozenset({Balance.SHORTAGE, Balance.PARADOX, Balance.PROBLEMS})
"""Where employers look in vain, whether or not somebody is unemployed."""


class Kind(StrEnum):
    """In what way an occupation differs; in the order they are told."""

    BECAME_HARD = "became_hard"
    NO_LONGER_HARD = "no_longer_hard"
    ASSESSED = "assessed"
    NOT_ASSESSED = "not_assessed"
    OTHERWISE = "otherwise"
    NEW = "new"
    GONE = "gone"


ORDER = tuple(Kind)


@dataclass(frozen=True)
class Change:
    """An occupation by its code, and its category before and after; None where it is not in that issue."""

    occupation: str
    before: Balance | None
    after: Balance | None

    @property
    def kind(self) -> Kind:
        if self.before is None:
            return Kind.NEW
        if self.after is None:
            return Kind.GONE
        if self.before == Balance.NOT_ASSESSED:
            return Kind.ASSESSED
        if self.after == Balance.NOT_ASSESSED:
            return Kind.NOT_ASSESSED
        if (self.before in HARD) == (self.after in HARD):
            return Kind.OTHERWISE
        return Kind.BECAME_HARD if self.after in HARD else Kind.NO_LONGER_HARD


@dataclass(frozen=True)
class Changes:
    """All that differs, those that became hard first; and how many occupations are as before."""

    found: Sequence[Change]
    as_before: int


def compare(before: Mapping[str, Balance], after: Mapping[str, Balance]) -> Changes:
    """Compare two issues, each the category of its occupations by their codes."""
    occupations = before.keys() | after.keys()
    changes = [Change(code, before.get(code), after.get(code)) for code in occupations]
    found = [change for change in changes if change.before != change.after]
    return Changes(
        found=sorted(found, key=lambda change: (ORDER.index(change.kind), change.occupation)),
        as_before=len(changes) - len(found),
    )
