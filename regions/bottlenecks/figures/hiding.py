"""Which numbers of municipalities and catchments only the jobcentre there may read, for all at once. Pure.

A small number could be about somebody one knows, and it is found again where it stands beside its sum. Sums
go two ways here: up the DISCO tree, and from municipalities to the catchments and the area they are part of.
So in every such line with a hidden number there are others hidden with it, the smallest, until whoever knows
the own ones cannot work out the rest:

    up the tree      two hidden in a line: a jobcentre knows all of its municipality's line, or none of it
    over the map     two more than one jobcentre knows by itself

What is hidden to cover in one line may be the only one hidden in another, so it is done until nothing is
added. Areas and the country are never hidden: there, numbers are what everybody's reports are made of.

Source: the practice of Statistics Denmark that `regions.measures.suppression` follows for one table; here
the table is the whole country, and two in every line of it are found by sorting.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from regions.bottlenecks.figures.rolling_up import IntArray, Tree

BoolArray = NDArray[np.bool_]

UP_THE_TREE = 2
OTHERS = 2
"""So many are hidden in a line over the map beside those that one jobcentre knows by itself."""

NEAR = 6
"""Two sums that differ by at most so many municipalities tell of those by their difference."""


def hidden(
    small: BoolArray,
    *,
    sizes: IntArray,
    tree: Tree,
    sums: Mapping[int, Collection[int]],
    can_hide: BoolArray,
    known_to_one: int = 1,
) -> BoolArray:
    """The numbers to hide, those that are small among them, shape (codes, places).

    small, sizes: of that shape; sizes decide what covers: the smallest, and a zero last, since nobody hides
    one of its own. sums: column of a place and those of the municipalities it is the sum of. can_hide: of
    places, whether their numbers ever are. known_to_one: most municipalities that one jobcentre serves.
    Raises ValueError on arrays of different shape.
    """
    if small.shape != sizes.shape or small.shape != (len(tree.codes), len(can_hide)):
        raise ValueError("small and sizes must have one value for each code and place")
    dear = sizes.max(initial=0) + 1
    cost = np.where(sizes > 0, sizes, dear)
    hide = small & can_hide
    families = _families(tree)
    lines = [[place for place in line if can_hide[place]] for line in _over_the_map(sums)]
    before = -1
    while before != (before := int(hide.sum())):
        for family in families:
            _cover(hide, cost, rows=family, columns=np.flatnonzero(can_hide), need=UP_THE_TREE)
        for line in lines:
            _cover(hide.T, cost.T, rows=line, columns=np.arange(len(hide)), need=known_to_one + OTHERS)
    return hide


def _families(tree: Tree) -> list[list[int]]:
    """Rows of each code that is the sum of others, with theirs."""
    row = {code: number for number, code in enumerate(tree.codes)}
    families: dict[str, list[int]] = {}
    for code in tree.codes:
        if code[:-1] in row:
            families.setdefault(code[:-1], [row[code[:-1]]]).append(row[code])
    return list(families.values())


def _over_the_map(sums: Mapping[int, Collection[int]]) -> list[list[int]]:
    """Each sum with its municipalities, and two that are nearly the same with those they differ by."""
    lines = [[place, *sorted(members)] for place, members in sums.items()]
    for (one, its), (other, others) in combinations(sums.items(), 2):
        apart = set(its) ^ set(others)
        if len(apart) <= min(NEAR, len(its) + len(others) - 1):
            lines.append([one, other, *sorted(apart)])
    return lines


def _cover(
    hide: BoolArray, cost: IntArray, *, rows: Sequence[int], columns: NDArray[np.int64], need: int
) -> None:
    """In each column where one of the rows is hidden, hide the cheapest others until so many are."""
    if not rows or not len(columns):
        return
    part = np.ix_(np.asarray(rows), columns)
    found = hide[part]
    order = np.argsort(np.where(found, -1, cost[part]), axis=0, kind="stable")[:need]
    covering = np.zeros_like(found)
    np.put_along_axis(covering, order, values=True, axis=0)
    hide[part] = found | (covering & found.any(axis=0))
