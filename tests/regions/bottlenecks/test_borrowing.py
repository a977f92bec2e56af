import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regions.bottlenecks.figures.borrowing import shrunk_rates
from regions.bottlenecks.simulation.inventing import invent
from regions.bottlenecks.simulation.trial import outcomes_by

counts = st.lists(
    st.tuples(
        *(st.integers(0, 30).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))) for _ in range(4))
    ),
    min_size=1,
    max_size=8,
)


def rates(table):
    failed, attempts = (np.array([[cell[part] for cell in row] for row in table]) for part in (0, 1))
    return failed, attempts, shrunk_rates(failed=failed, attempts=attempts)


def test_where_areas_differ_only_by_chance_all_have_their_occupations_rate():
    """Each area exactly as its occupation: no variance beyond chance, indeed less."""
    shrunk = shrunk_rates(failed=[[2, 4, 6], [5, 10, 15]], attempts=[[10, 20, 30], [10, 20, 30]])

    np.testing.assert_allclose(shrunk, [[0.2] * 3, [0.5] * 3])


def test_where_areas_differ_much_many_answers_speak_for_themselves_and_few_borrow():
    failed, attempts = np.array([[180, 20, 3, 1]]), np.array([[200, 200, 4, 4]])

    shrunk = shrunk_rates(failed=failed, attempts=attempts)[0]

    assert abs(shrunk[0] - 0.90) < 0.02
    assert abs(shrunk[1] - 0.10) < 0.02
    assert 0.55 < shrunk[2] < 0.75
    assert 0.25 < shrunk[3] < 0.45


def test_an_area_without_answers_has_its_occupations_rate_and_a_country_without_any_none():
    shrunk = shrunk_rates(failed=[[9, 1, 0], [0, 0, 0]], attempts=[[10, 10, 0], [0, 0, 0]])

    assert shrunk[0, 2] == pytest.approx(0.5)
    assert np.isnan(shrunk[1]).all()


def test_in_the_invented_market_what_is_shrunk_is_nearer_the_truth_where_answers_are_few():
    market = invent(3)
    told = outcomes_by(market, day=1000)
    failed = told["filled_other_profile"] + told["not_filled"]
    attempts = failed + told["filled_as_wanted"]
    few = (attempts > 0) & (attempts < 10)

    shrunk = shrunk_rates(failed=failed, attempts=attempts)

    def error(rate):
        return np.sqrt(np.mean((rate - market.failed[few]) ** 2))

    assert error(shrunk[few]) < 0.9 * error((failed / np.maximum(attempts, 1))[few])


@given(counts)
def test_a_shrunk_rate_lies_between_the_raw_one_and_the_countrys(table):
    failed, attempts, shrunk = rates(table)
    for row, tried, borrowed in zip(failed, attempts, shrunk, strict=True):
        if not tried.sum():
            continue
        country = row.sum() / tried.sum()
        for bad, total, rate in zip(row, tried, borrowed, strict=True):
            raw = bad / total if total else country
            assert min(raw, country) - 1e-9 <= rate <= max(raw, country) + 1e-9


@given(counts)
def test_occupations_that_nobody_tried_to_recruit_in_change_nothing(table):
    _failed, _attempts, shrunk = rates(table)
    *_rest, longer = rates([*table, ((0, 0),) * 4])

    np.testing.assert_allclose(longer[:-1], shrunk)


def test_counts_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="between 0 and attempts"):
        shrunk_rates(failed=[[3]], attempts=[[2]])
    with pytest.raises(ValueError, match="shape"):
        shrunk_rates(failed=[3], attempts=[3])
