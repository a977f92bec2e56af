import pytest
from hypothesis import given
from hypothesis import strategies as st

from regions.bottlenecks.figures.labour import LEAST_UNEMPLOYED, Stock

NURSES = Stock(employed=970, unemployed=30, positions=45, hires=97, candidates=18)

numbers = st.none() | st.integers(0, 10_000)


def test_the_rates_of_an_occupation():
    assert NURSES.unemployment_rate == pytest.approx(0.03)
    assert NURSES.vacancy_rate == pytest.approx(45 / 1015)
    assert NURSES.tightness == pytest.approx(1.5)
    assert NURSES.turnover == pytest.approx(0.1)
    assert NURSES.candidates_per_position == pytest.approx(0.4)


def test_no_tightness_where_one_person_more_would_turn_it():
    assert Stock(unemployed=LEAST_UNEMPLOYED - 1, positions=45).tightness is None
    assert Stock(unemployed=LEAST_UNEMPLOYED, positions=45).tightness == 2.25


def test_what_is_not_known_gives_no_rate_and_none_at_all_is_no_rate_either():
    for stock in (Stock(), Stock(employed=0, unemployed=0, positions=0, hires=0, candidates=0)):
        assert stock.unemployment_rate is None
        assert stock.vacancy_rate is None
        assert stock.tightness is None
        assert stock.turnover is None
        assert stock.candidates_per_position is None


def test_a_negative_number_is_refused():
    with pytest.raises(ValueError, match="not negative"):
        Stock(employed=-1)


@given(numbers, numbers, numbers, numbers)
def test_every_share_is_a_share(employed, unemployed, positions, hires):
    stock = Stock(employed=employed, unemployed=unemployed, positions=positions, hires=hires)

    for share in (stock.unemployment_rate, stock.vacancy_rate):
        assert share is None or 0 <= share <= 1
