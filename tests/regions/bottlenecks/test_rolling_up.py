import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from regions.bottlenecks.figures.rolling_up import summed, told_at, up_the_tree

LEAVES = ["2221", "2222", "2250", "5120"]
TREE = up_the_tree(LEAVES)
PLACES = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 1, 1]])
"""Three municipalities, an area of two of them, and the country."""

counts = arrays(np.int64, (4, 3), elements=st.integers(0, 500))


def test_the_tree_has_every_ancestor_once():
    assert TREE.codes == ["2", "22", "222", "2221", "2222", "225", "2250", "5", "51", "512", "5120"]
    assert up_the_tree([]).member.shape == (0, 0)


def test_a_level_is_the_sum_of_its_parts_and_a_place_of_its_own():
    numbers = np.array([[1, 2, 0], [10, 0, 5], [0, 0, 7], [100, 0, 0]])

    total = summed(numbers, tree=TREE, places=PLACES)

    assert total[TREE.codes.index("222")].tolist() == [11, 2, 5, 13, 18]
    assert total[TREE.codes.index("2")].tolist() == [11, 2, 12, 13, 25]
    assert total[TREE.codes.index("5120")].tolist() == [100, 0, 0, 100, 100]


def test_a_code_inside_another_would_be_counted_twice_and_is_refused():
    with pytest.raises(ValueError, match="2221"):
        up_the_tree(["222", "2221"])


def test_the_nearest_level_with_enough_answers_is_told():
    attempts = {"2221": 3, "222": 8, "22": 18, "2": 18}

    assert told_at("2221", attempts, least=3) == "2221"
    assert told_at("2221", attempts, least=5) == "222"
    assert told_at("2223", attempts, least=5) == "222"
    assert told_at("2221", attempts, least=9) == "22"
    assert told_at("2221", attempts, least=19) is None
    assert told_at("9999", attempts, least=1) is None


@given(counts)
def test_no_level_contradicts_its_parts(numbers):
    total = summed(numbers, tree=TREE, places=PLACES)
    for code, row in zip(TREE.codes, total, strict=True):
        parts = [index for index, leaf in enumerate(LEAVES) if leaf.startswith(code)]
        np.testing.assert_array_equal(row, PLACES @ numbers[parts].sum(axis=0))


@given(counts, counts)
def test_periods_can_be_counted_in_any_order_and_together(first, second):
    ours, theirs = (summed(numbers, tree=TREE, places=PLACES) for numbers in (first, second))

    np.testing.assert_array_equal(ours + theirs, summed(second + first, tree=TREE, places=PLACES))


@given(counts)
def test_occupations_nobody_looks_for_change_no_number(numbers):
    wider = up_the_tree([*LEAVES, "9111"])
    more = summed(np.vstack([numbers, [[0, 0, 0]]]), tree=wider, places=PLACES)
    total = summed(numbers, tree=TREE, places=PLACES)

    kept = [wider.codes.index(code) for code in TREE.codes]
    np.testing.assert_array_equal(more[kept], total)
