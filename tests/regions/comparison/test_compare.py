import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from regions.comparison.compare import compare
from regions.comparison.funnel import ratio_scores
from regions.comparison.multiplicity import benjamini_hochberg
from regions.measures.direction import Direction


def some_units(seed: int, *, units: int = 40) -> dict[str, np.ndarray]:
    draws = np.random.default_rng(seed)
    framework = draws.normal(size=(units, 2))
    base = draws.integers(100, 4000, size=units)
    share = np.clip(0.35 + framework @ [0.04, -0.03] + draws.normal(0, 0.01, size=units), 0.05, 0.95)
    return {"actual": draws.binomial(base, share), "base": base, "conditions": framework}


def test_expected_persons_and_scores_belong_together():
    given_units = some_units(1)
    compared = compare(**given_units, direction=Direction.HIGHER_BETTER)

    assert_allclose(compared.expected, compared.fit.share * given_units["base"])
    assert_array_equal(compared.z < 0, given_units["actual"] < compared.expected)
    assert (np.abs(compared.z_adjusted) <= np.abs(compared.z)).all()
    assert (compared.p_adjusted >= compared.p).all()


def test_a_poor_town_is_not_out_of_line_for_being_poor():
    """The lowest raw share of all, and exactly what its conditions let one expect."""
    given_units = some_units(2)
    given_units["conditions"][0] = [-3, 0]
    given_units["base"][0], given_units["actual"][0] = 2000, 460

    compared = compare(**given_units, direction=Direction.HIGHER_BETTER)

    share = given_units["actual"] / given_units["base"]
    assert share.argmin() == 0
    assert abs(compared.z_adjusted[0]) < 1.96


def test_a_town_that_reaches_less_than_its_conditions_allow_is_out_of_line_though_its_share_is_ordinary():
    given_units = some_units(2)
    given_units["conditions"][0] = [2, -1]
    given_units["base"][0], given_units["actual"][0] = 2000, 700

    compared = compare(**given_units, direction=Direction.HIGHER_BETTER)

    assert compared.z_adjusted[0] < -3.09
    assert compared.p_adjusted[0] < 0.05


def test_a_unit_unlike_all_others_is_judged_with_more_doubt():
    """Its expected share is an extrapolation; taken for certain, the same result would score far higher."""
    given_units = some_units(2)
    given_units["conditions"][0] = [12, 0]
    given_units["base"][0], given_units["actual"][0] = 4000, 2800

    compared = compare(**given_units, direction=Direction.HIGHER_BETTER)

    certain = ratio_scores(observed=[2800], expected=compared.expected[:1], base=[4000]).z[0]
    assert compared.fit.leverage[0] > 0.7
    assert certain < -5
    assert certain / 2 < compared.z[0] < 0


def test_of_a_unit_with_too_few_persons_nothing_is_said():
    given_units = some_units(3)
    given_units["base"][5], given_units["actual"][5] = 19, 0

    compared = compare(**given_units, direction=Direction.HIGHER_BETTER)

    assert not compared.enough[5]
    assert np.isnan([compared.z[5], compared.z_adjusted[5], compared.p[5], compared.p_adjusted[5]]).all()
    assert compared.enough.sum() == 39


@given(st.integers(0, 1000), st.integers(0, 19))
def test_units_with_too_few_persons_change_nothing_for_the_others(seed, actual):
    given_units = some_units(seed)
    more = {
        "actual": np.append(given_units["actual"], actual),
        "base": np.append(given_units["base"], 19),
        "conditions": np.vstack([given_units["conditions"], [5.0, 5.0]]),
    }

    before = compare(**given_units, direction=Direction.HIGHER_BETTER)
    after = compare(**more, direction=Direction.HIGHER_BETTER)

    assert_allclose(after.z_adjusted[:40], before.z_adjusted, rtol=1e-7, atol=1e-9)
    assert_allclose(after.p_adjusted[:40], before.p_adjusted, rtol=1e-6, atol=1e-12)


@given(st.integers(0, 1000), st.randoms(use_true_random=False))
def test_the_order_of_the_units_does_not_matter(seed, random):
    given_units = some_units(seed)
    order = np.array(random.sample(range(40), 40))

    compared = compare(**given_units, direction=Direction.LOWER_BETTER)
    shuffled = compare(
        **{name: values[order] for name, values in given_units.items()}, direction=Direction.LOWER_BETTER
    )

    assert_allclose(shuffled.z_adjusted, compared.z_adjusted[order], rtol=1e-7, atol=1e-9)
    assert_allclose(shuffled.p_adjusted, compared.p_adjusted[order], rtol=1e-6, atol=1e-12)


def test_the_same_figures_give_the_same_answer_bit_for_bit():
    def answer() -> bytes:
        compared = compare(**some_units(4), direction=Direction.HIGHER_BETTER)
        return compared.z_adjusted.tobytes() + compared.p_adjusted.tobytes()

    assert answer() == answer()


def test_which_way_is_good_changes_p_and_nothing_else():
    higher = compare(**some_units(5), direction=Direction.HIGHER_BETTER)
    lower = compare(**some_units(5), direction=Direction.LOWER_BETTER)

    assert_array_equal(higher.z_adjusted, lower.z_adjusted)
    assert_allclose(higher.p + lower.p, 1)


def test_a_neutral_measure_finds_nobody():
    assert_array_equal(compare(**some_units(6), direction=Direction.NEUTRAL).p_adjusted, 1)


def test_the_share_of_all_is_what_the_lines_of_the_funnel_are_drawn_at():
    given_units = some_units(7)

    compared = compare(**given_units, direction=Direction.HIGHER_BETTER)

    assert compared.share == pytest.approx(given_units["actual"].sum() / given_units["base"].sum())


def test_with_fewer_than_two_large_enough_units_there_is_no_comparison():
    with pytest.raises(ValueError, match="two units"):
        compare(actual=[5, 5], base=[10, 30], conditions=np.empty((2, 0)), direction=Direction.HIGHER_BETTER)


def test_many_comparisons_at_once_are_what_each_is_by_itself():
    """One too few to tell over-dispersion, one with small units, one with a unit nobody is like."""
    worlds = [some_units(seed) for seed in (8, 9, 10, 11)]
    worlds[1]["base"][12:], worlds[1]["actual"][12:] = 5, 1
    worlds[1]["base"][:3], worlds[1]["actual"][:3] = 0, 0
    worlds[2]["conditions"][7] = [40, 0]
    worlds[3]["conditions"][:] = 0
    worlds[3]["conditions"][4, 1] = 1
    directions = [Direction.HIGHER_BETTER, Direction.LOWER_BETTER, Direction.NEUTRAL, Direction.LOWER_BETTER]

    together = compare(
        **{name: np.stack([world[name] for world in worlds]) for name in worlds[0]},
        direction=directions,
        least_base=[20, 30, 20, 200],
    )

    for number, (world, direction) in enumerate(zip(worlds, directions, strict=True)):
        alone = compare(**world, direction=direction, least_base=[20, 30, 20, 200][number])
        for name in ("enough", "share", "expected", "z", "z_adjusted", "p"):
            assert_allclose(getattr(together, name)[number], getattr(alone, name), rtol=1e-12, atol=1e-15)
        assert_allclose(together.dispersion.tau2[number], alone.dispersion.tau2, rtol=1e-12)
        assert_array_equal(together.fit.weaknesses[number], alone.fit.weaknesses)


def test_p_is_adjusted_for_all_that_was_compared_at_once():
    worlds = [some_units(seed) for seed in (12, 13)]
    worlds[0]["base"][0], worlds[0]["actual"][0] = 3, 1
    together = compare(
        **{name: np.stack([world[name] for world in worlds]) for name in worlds[0]},
        direction=Direction.HIGHER_BETTER,
    )

    family = together.p[together.enough]
    assert family.size == 79
    assert_array_equal(together.p_adjusted[together.enough], benjamini_hochberg(family))
    assert np.isnan(together.p_adjusted[0, 0])


def test_where_nobody_reaches_the_result_nothing_can_be_told_apart():
    given_units = some_units(14)

    compared = compare(**{**given_units, "actual": np.zeros(40)}, direction=Direction.HIGHER_BETTER)

    assert not compared.enough.any()
    assert (compared.dispersion.phi, compared.dispersion.tau2) == (0, 0)
    assert np.isnan(compared.p_adjusted).all()
