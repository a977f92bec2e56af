"""From which occupations people could be trained for one that lacks them, the nearest first. Pure.

DISCO-08 is a tree of digits, and what stands near in it asks for like tasks and skills: 5321 and 5322 share
their sub-group, 5321 and 5120 no more than the service work they both are. The distance between two
occupations is the number of steps up to what they have in common:

    5321, 5322   532     1        5321, 5120   5     3
    5321, 5311   53      2        5321, 8344   –     4, which is no path

Source: ISCO-08, part I: groups are formed by similarity of skill, in level and in specialisation (ILO 2012).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile


@dataclass(frozen=True)
class Path:
    """From an occupation with so many unemployed; shared: the digits of what the two have in common."""

    code: str
    unemployed: int
    shared: str

    @property
    def steps(self) -> int:
        return len(self.code) - len(self.shared)


def in_common(one: str, other: str) -> str:
    """The code of the nearest group that holds both; empty where none does."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return "".join(digit for digit, _digit in same)


def steps_between(one: str, other: str) -> int:
    """Steps up the tree to what two occupations have in common; 0 to itself.

    Raises ValueError on codes of different length: they stand on different levels.
    """
    if len(one) != len(other):
        raise ValueError(f"{one} and {other} stand on different levels")
    return len(one) - len(in_common(one, other))


def paths_to(code: str, unemployed: Mapping[str, int]) -> list[Path]:
    """Occupations from which people could be trained for `code`, the nearest first, then the most people.

    unemployed: persons, by codes of the same length, of occupations that have them to spare. Those with
    nothing in common, those without anybody and the occupation itself are none. Of equals the lower code
    comes first.
    Raises ValueError on codes of different length.
    """
    near = {other: steps for other in unemployed if 0 < (steps := steps_between(code, other)) < len(code)}
    order = sorted(
        (other for other in near if unemployed[other] > 0),
        key=lambda other: (near[other], -unemployed[other], other),
    )
    return [Path(other, unemployed[other], in_common(code, other)) for other in order]
