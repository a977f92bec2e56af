"""Shares, what overlaps, and what is too small to be shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employers.cooperation.rates import HIDDEN, Ratio, Shown, in_full, is_small, overlap, without_small

companies = st.frozensets(st.integers(0, 12))
parts = st.integers(0, 60).flatmap(lambda of: st.builds(Ratio, st.integers(0, of), st.just(of)))
columns = st.dictionaries(st.integers(1, 9), parts, max_size=9)


def test_of_three_with_their_own_and_two_with_others_one_is_with_both_where_four_are_with_any():
    assert overlap(own=3, other=2, either=4) == 1


@pytest.mark.parametrize("counted", [(3, 2, 6), (3, 2, 2), (0, 0, 1)])
def test_numbers_no_companies_can_have_are_refused(counted):
    own, other, either = counted

    with pytest.raises(ValueError, match="do not fit"):
        overlap(own=own, other=other, either=either)


@given(companies, companies)
def test_the_overlap_is_how_many_are_in_both(own, other):
    assert overlap(own=len(own), other=len(other), either=len(own | other)) == len(own & other)


def test_nothing_of_nothing_is_no_share_rather_than_nought():
    assert (Ratio(0, 0).value, Ratio(0, 4).value, Ratio(1, 4).value) == (None, 0.0, 0.25)


def test_less_than_nothing_is_refused():
    with pytest.raises(ValueError, match="cannot be"):
        Ratio(-1, 4)


@pytest.mark.parametrize(
    ("ratio", "is_part", "small"),
    [
        (Ratio(0, 40), True, False),
        (Ratio(1, 40), True, True),
        (Ratio(4, 40), True, True),
        (Ratio(5, 40), True, False),
        (Ratio(36, 40), True, True),
        (Ratio(40, 40), True, False),
        (Ratio(400, 4), False, True),
        (Ratio(400, 0), False, False),
        (Ratio(400, 399), False, False),
    ],
)
def test_one_to_four_are_small_also_in_the_rest_of_a_share(ratio, is_part, small):
    assert is_small(ratio, is_part=is_part) == small


def test_no_share_is_told_of_few_though_their_number_is():
    shown = without_small({"Køge": Ratio(9, 19), "Greve": Ratio(9, 20)})

    assert shown == {"Køge": Shown(9, 19, None), "Greve": Shown(9, 20, 0.45)}


def test_one_that_would_be_hidden_alone_takes_the_smallest_of_the_others_with_it():
    """Else it is the total minus what is shown."""
    shown = without_small({"Køge": Ratio(3, 40), "Greve": Ratio(9, 40), "Solrød": Ratio(8, 40)})

    assert [name for name, one in shown.items() if one is HIDDEN] == ["Køge", "Solrød"]


def test_the_jobcentre_itself_sees_its_small_numbers():
    assert in_full(Ratio(1, 3)) == Shown(1, 3, 1 / 3)


@given(columns)
def test_no_small_number_is_ever_shown_nor_left_to_be_subtracted(column):
    shown = without_small(column)

    for key, one in shown.items():
        assert one.is_hidden or not is_small(column[key], is_part=True)
    hidden = [key for key, one in shown.items() if one.is_hidden]
    if len(hidden) == 1:
        assert not any(column[key].numerator for key in column if key not in hidden)


@given(columns)
def test_what_is_shown_is_what_was_counted(column):
    for key, one in without_small(column).items():
        if not one.is_hidden:
            assert (one.numerator, one.denominator) == (column[key].numerator, column[key].denominator)
