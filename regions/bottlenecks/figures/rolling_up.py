"""From occupations in municipalities to everything above them: up the DISCO tree, and over the map. Pure.

DISCO-08 is a tree of digits: 2221 is part of 222, that of 22, and that of 2. Numbers of the leaves, shape
(leaves, municipalities), are summed to those of every code in every place at once:

    member of codes  @  numbers  @  member of places, transposed

So no number above can contradict those below, and no order of counting matters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Tree:
    """Codes with their ancestors, in order; member: (codes, leaves), 1 where a leaf is part of a code."""

    codes: Sequence[str]
    member: IntArray


def up_the_tree(leaves: Sequence[str]) -> Tree:
    """The leaves and their ancestors. Raises ValueError when a leaf is part of another: counted twice."""
    known = set(leaves)
    for leaf in leaves:
        if any(leaf[:digits] in known for digits in range(1, len(leaf))):
            raise ValueError(f"{leaf} is part of another code that is counted")
    codes = sorted({leaf[:digits] for leaf in leaves for digits in range(1, len(leaf) + 1)})
    member = np.array([[leaf.startswith(code) for leaf in leaves] for code in codes], dtype=np.int64)
    return Tree(codes=codes, member=member.reshape(len(codes), len(leaves)))


def summed(numbers: IntArray, *, tree: Tree, places: IntArray) -> IntArray:
    """Sums over every code and place, shape (codes, places).

    numbers: shape (leaves, municipalities). places: shape (places, municipalities), 1 where one is part.
    """
    total: IntArray = tree.member @ numbers @ places.T
    return total


def told_at(code: str, attempts: Mapping[str, int], *, least: int) -> str | None:
    """The code or its nearest ancestor with enough attempts; None when not even the widest has them."""
    ancestry = (code[:digits] for digits in range(len(code), 0, -1))
    return next((part for part in ancestry if attempts.get(part, 0) >= least), None)
