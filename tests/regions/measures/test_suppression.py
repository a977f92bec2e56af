"""Small numbers are hidden, and cannot be worked out from what is left."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from regions.measures.suppression import (
    MISSING,
    SUPPRESSED,
    Cell,
    Limits,
    Shown,
    State,
    hidden,
    in_full,
    without_small,
    without_small_in,
)

LIMITS = Limits()

counts = arrays(np.int64, array_shapes(min_dims=2, max_dims=2, max_side=5), elements=st.integers(0, 12))


def with_totals(inner, *, rows: bool, columns: bool):
    table = inner
    if rows:
        table = np.column_stack([table, table.sum(axis=1)])
    if columns:
        table = np.vstack([table, table.sum(axis=0)])
    return table


def hide(table, *, rows: bool, columns: bool):
    small = (table > 0) & (table < LIMITS.min_cell)
    return hidden(small, sizes=table, rows_add_up=rows, columns_add_up=columns)


def test_a_number_of_one_to_four_is_hidden_and_five_is_not():
    told = [without_small(Cell(count), limits=LIMITS).state for count in range(7)]

    assert told == [State.ZERO, *[State.SUPPRESSED] * 4, State.SHOWN, State.SHOWN]


@pytest.mark.parametrize("numerator", [1, 4, 96, 99])
def test_few_counted_and_few_left_out_are_hidden_alike(numerator: int):
    assert without_small(Cell(numerator, 100), limits=LIMITS) == SUPPRESSED


def test_zero_hidden_and_missing_are_three_things():
    zero, small, none = (without_small(cell, limits=LIMITS) for cell in (Cell(0, 40), Cell(3, 40), None))

    assert zero == Shown(State.ZERO, 0, 40, 0.0)
    assert small == SUPPRESSED
    assert none == MISSING
    assert len({zero, small, none}) == 3


def test_of_fewer_than_twenty_no_share_is_told():
    assert without_small(Cell(9, 19), limits=LIMITS) == Shown(State.SHOWN, 9, 19, None)
    assert without_small(Cell(9, 20), limits=LIMITS).share == pytest.approx(0.45)


def test_those_the_numbers_are_about_see_them():
    assert in_full(Cell(3, 40), limits=LIMITS) == Shown(State.SHOWN, 3, 40, 0.075)
    assert in_full(None, limits=LIMITS) == MISSING


def test_the_limits_are_the_callers():
    assert without_small(Cell(5, 40), limits=Limits(min_cell=6)) == SUPPRESSED
    assert without_small(Cell(9, 19), limits=Limits(min_base=10)).share == pytest.approx(9 / 19)


def test_beside_a_total_the_smallest_other_is_hidden_too():
    """40 − 30 − 7 would tell of the three."""
    column = [[Cell(3)], [Cell(30)], [Cell(7)], [Cell(40)]]

    told = without_small_in(column, limits=LIMITS)

    assert [row[0].state.value for row in told] == ["suppressed", "shown", "suppressed", "shown"]


def test_without_a_total_nothing_more_is_hidden():
    column = [[Cell(3)], [Cell(30)], [Cell(7)]]

    told = without_small_in(column, limits=LIMITS, columns_add_up=False)

    assert [row[0].state.value for row in told] == ["suppressed", "shown", "shown"]


def test_in_a_table_with_both_totals_the_cheapest_ring_is_hidden():
    inner = np.array([[3, 20, 90], [8, 9, 70], [50, 60, 80]])
    table = with_totals(inner, rows=True, columns=True)

    assert hide(table, rows=True, columns=True).astype(int).tolist() == [
        [1, 1, 0, 0],
        [1, 1, 0, 0],
        [0, 0, 0, 0],
        [0, 0, 0, 0],
    ]


def test_a_zero_covers_only_where_nothing_else_can():
    assert hide(np.array([[3], [0], [30], [33]]), rows=False, columns=True).ravel().tolist() == [
        True,
        False,
        True,
        False,
    ]


def test_a_cell_that_is_its_own_total_takes_the_total_with_it():
    assert hide(np.array([[3], [3]]), rows=False, columns=True).all()


def test_what_is_missing_covers_nothing():
    """A reader who sees that a number is missing knows that it is not in the total."""
    told = without_small_in([[Cell(3)], [None], [Cell(30)], [Cell(33)]], limits=LIMITS)

    assert [row[0].state.value for row in told] == ["suppressed", "missing", "suppressed", "shown"]


def test_numerator_and_denominator_are_hidden_together():
    told = without_small_in([[Cell(3, 90)], [Cell(40, 80)], [Cell(50, 300)], [Cell(93, 470)]], limits=LIMITS)

    assert [row[0] for row in told[:2]] == [SUPPRESSED, SUPPRESSED]
    assert told[2][0].numerator == 50


@given(counts, st.booleans(), st.booleans())
def test_no_hidden_cell_is_found_by_subtraction_along_any_row_or_column(inner, rows, columns):
    is_hidden = hide(table := with_totals(inner, rows=rows, columns=columns), rows=rows, columns=columns)

    assert is_hidden[(table > 0) & (table < LIMITS.min_cell)].all()
    if rows:
        assert (is_hidden.sum(axis=1) != 1).all()
    if columns:
        assert (is_hidden.sum(axis=0) != 1).all()


@given(counts, st.booleans(), st.booleans())
def test_nor_from_all_totals_together(inner, rows, columns):
    """A cell is known when its own unit vector is a combination of the sums a reader can form."""
    table = with_totals(inner, rows=rows, columns=columns)
    is_hidden = hide(table, rows=rows, columns=columns)
    cells = np.flatnonzero(is_hidden)
    row_of, column_of = np.unravel_index(cells, table.shape)
    lines = [row_of == row for row in range(len(table)) if rows]
    lines += [column_of == column for column in range(table.shape[1]) if columns]
    sums = np.array(lines, dtype=float).reshape(len(lines), cells.size)

    rank = np.linalg.matrix_rank(sums) if sums.size else 0
    for cell in range(cells.size):
        alone = np.eye(cells.size)[cell]
        assert np.linalg.matrix_rank(np.vstack([sums, alone])) == rank + 1


@given(counts)
def test_a_table_without_small_numbers_is_shown_whole(inner):
    table = with_totals(np.where(inner < LIMITS.min_cell, 0, inner), rows=True, columns=True)

    assert not hide(table, rows=True, columns=True).any()


def test_arrays_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="one value per cell"):
        hidden([[True]], sizes=[[1.0, 2.0]], rows_add_up=True, columns_add_up=True)
    with pytest.raises(ValueError, match="5 of 3"):
        Cell(5, 3)
