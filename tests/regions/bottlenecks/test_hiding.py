"""Small numbers of municipalities and catchments: hidden, and not to be worked out from what is shown."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from regions.bottlenecks.figures.hiding import hidden
from regions.bottlenecks.figures.rolling_up import summed, up_the_tree

TREE = up_the_tree(["11", "12", "13", "21", "22"])
MUNICIPALITIES = 6
MEMBER = np.vstack(
    [
        np.eye(MUNICIPALITIES, dtype=np.int64),
        [1, 1, 1, 0, 0, 0],
        [1, 1, 0, 0, 0, 0],
        [0, 0, 1, 1, 1, 1],
        [1, 1, 1, 1, 1, 1],
    ]
)
"""Six municipalities, three catchments of which the second is part of the first, and the area."""

CAN_HIDE = np.array([True] * 9 + [False])
SUMS = {row: np.flatnonzero(MEMBER[row]).tolist() for row in range(MUNICIPALITIES, len(MEMBER))}

numbers = arrays(np.int64, (5, MUNICIPALITIES), elements=st.integers(0, 30))


def hide(leaves, *, least=5, known_to_one=1):
    sizes = summed(leaves, tree=TREE, places=MEMBER)
    small = (sizes > 0) & (sizes < least)
    found = hidden(small, sizes=sizes, tree=TREE, sums=SUMS, can_hide=CAN_HIDE, known_to_one=known_to_one)
    return small, found


def can_be_worked_out(unknown, relations):
    """Whether some hidden number is the same in every solution of the sums: then it is no secret."""
    columns = np.flatnonzero(unknown)
    if not len(columns):
        return np.array([], dtype=int)
    left = relations[:, columns]
    _values, singular, rows = np.linalg.svd(left)
    rank = int((singular > 1e-9).sum())
    free = rows[rank:]
    return columns[np.all(np.abs(free) < 1e-9, axis=0)]


def all_sums():
    """Every sum that holds among the cells: up the tree at each place, and over the map for each code."""
    codes, places = len(TREE.codes), len(MEMBER)
    relations = []
    for code in TREE.codes:
        children = [other for other in TREE.codes if other[:-1] == code]
        for place in range(places) if children else ():
            relation = np.zeros((codes, places))
            relation[TREE.codes.index(code), place] = -1
            for child in children:
                relation[TREE.codes.index(child), place] = 1
            relations.append(relation.ravel())
    for row in range(codes):
        for place, members in SUMS.items():
            relation = np.zeros((codes, places))
            relation[row, place] = -1
            relation[row, members] = 1
            relations.append(relation.ravel())
    return np.array(relations)


@given(numbers)
def test_what_is_small_is_hidden_and_areas_never_are(leaves):
    small, found = hide(leaves)

    assert found[small & CAN_HIDE].all()
    assert not found[:, ~CAN_HIDE].any()


@given(numbers)
def test_nothing_is_hidden_where_nothing_is_small(leaves):
    small, found = hide(leaves, least=0)

    assert not small.any()
    assert not found.any()


@given(numbers)
def test_no_hidden_number_can_be_worked_out_from_all_sums_together(leaves):
    _small, found = hide(leaves)

    assert not len(can_be_worked_out(found.ravel(), all_sums()))


def test_a_neighbour_is_hidden_with_a_small_number_the_smallest_first():
    leaves = np.array([[3, 8, 9, 20, 7, 30], [0] * 6, [0] * 6, [50] * 6, [60] * 6])

    _small, found = hide(leaves)

    row = found[TREE.codes.index("11")]
    assert row[0]
    assert row[:MUNICIPALITIES].sum() >= 3


@given(numbers, st.integers(0, MUNICIPALITIES - 1))
def test_whoever_knows_one_municipality_cannot_work_out_the_others(leaves, own):
    _small, found = hide(leaves)

    found[:, own] = False
    assert not len(can_be_worked_out(found.ravel(), all_sums()))


@given(numbers, st.sets(st.integers(0, MUNICIPALITIES - 1), min_size=2, max_size=2))
def test_nor_can_a_jobcentre_that_serves_two(leaves, own):
    """What it is left with is the sum of others in an area that is told, and of nobody alone."""
    _small, found = hide(leaves, known_to_one=2)

    found[:, list(own)] = False
    places = can_be_worked_out(found.ravel(), all_sums()) % len(MEMBER)
    assert not (places < MUNICIPALITIES).any()


def test_a_catchment_within_another_does_not_tell_of_what_lies_between():
    leaves = np.array([[20, 20, 3, 20, 20, 20], [40] * 6, [40] * 6, [50] * 6, [60] * 6])

    _small, found = hide(leaves)

    row = found[TREE.codes.index("11")]
    assert row[2]
    assert row[6] or row[7]


def test_arrays_of_different_shape_are_refused():
    with pytest.raises(ValueError, match="one value for each code and place"):
        hidden(
            np.zeros((2, 3), dtype=bool),
            sizes=np.zeros((2, 2), dtype=np.int64),
            tree=TREE,
            sums={},
            can_hide=CAN_HIDE,
        )
