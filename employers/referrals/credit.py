"""For whom a hire counts: shared across a border, and once in the country. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class CountsFor(StrEnum):
    BOTH = "both"
    CITIZENS = "citizens"
    COMPANYS = "companys"


@dataclass(frozen=True)
class Rule:
    """For whom hires count from a day on; `valid_to` is the first day it no longer holds."""

    valid_from: date
    valid_to: date | None
    counts_for: CountsFor

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True)
class Hire:
    """One hire of a referred candidate: its key, its day, and two jobcentres by their keys."""

    key: int
    on: date
    citizens: int
    companys: int

    @property
    def crosses_a_border(self) -> bool:
        return self.citizens != self.companys


@dataclass(frozen=True)
class Counts:
    """Hires that count for each jobcentre, those across a border among them, and in the country.

    The country's is no sum of the others: a shared hire stands at two jobcentres and once here.
    """

    of_jobcentre: Counter[int]
    across: Counter[int]
    national: int
    national_across: int


def count(hires: Iterable[Hire], rules: Iterable[Rule]) -> Counts:
    """Count each hire by the rule of its day. Raises ValueError where no rule, or more than one, holds.

    A hire that is handed in twice counts once.
    """
    known = list(rules)
    each = {hire.key: hire for hire in hires}
    of_jobcentre: Counter[int] = Counter()
    across: Counter[int] = Counter()
    for hire in each.values():
        for jobcentre in counted_for(hire, known):
            of_jobcentre[jobcentre] += 1
            across[jobcentre] += hire.crosses_a_border
    beyond = sum(hire.crosses_a_border for hire in each.values())
    return Counts(of_jobcentre, across, len(each), beyond)


def counted_for(hire: Hire, rules: Iterable[Rule]) -> frozenset[int]:
    """The jobcentres, one or two, for which the hire counts."""
    holding = [rule for rule in rules if rule.holds(hire.on)]
    if len(holding) != 1:
        raise ValueError(f"{len(holding)} rules hold on {hire.on}")
    match holding[0].counts_for:
        case CountsFor.BOTH:
            return frozenset({hire.citizens, hire.companys})
        case CountsFor.CITIZENS:
            return frozenset({hire.citizens})
        case CountsFor.COMPANYS:
            return frozenset({hire.companys})
