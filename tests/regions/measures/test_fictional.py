import ast
import inspect

import numpy as np
import pytest

from regions.measures import fictional
from regions.measures.fictional import FictionalResults, Planted, fictional_results

UNITS, PERIODS = 40, 4


def some_results(*, seed: int = 1, planted: tuple[Planted, ...] = ()) -> FictionalResults:
    place = np.arange(UNITS, dtype=float)
    return fictional_results(
        seed=seed,
        sizes=200 + 100 * place,
        conditions=np.column_stack([np.sin(place), np.cos(3 * place)]),
        periods=PERIODS,
        planted=planted,
    )


def test_results_are_whole_persons_and_never_more_jobs_than_spells():
    results = some_results()

    assert results.numerator.shape == results.denominator.shape == (UNITS, PERIODS)
    assert results.numerator.dtype == results.denominator.dtype == np.int64
    assert (results.numerator >= 0).all()
    assert (results.numerator <= results.denominator).all()


def test_the_same_seed_gives_the_same_figures_bit_for_bit():
    first, second = some_results(seed=7), some_results(seed=7)

    assert first.numerator.tobytes() == second.numerator.tobytes()
    assert first.denominator.tobytes() == second.denominator.tobytes()


def test_another_seed_gives_other_figures():
    assert (some_results(seed=7).numerator != some_results(seed=8).numerator).any()


def test_a_planted_problem_changes_its_own_jobcentre_from_its_start_and_nothing_else():
    struck = np.arange(0, UNITS, 2)
    plain = some_results()
    planted = some_results(planted=tuple(Planted(unit=int(unit), start=2, size=-0.5) for unit in struck))

    changed = plain.numerator != planted.numerator
    assert (plain.denominator == planted.denominator).all()
    assert changed[struck, 2:].all()
    changed[struck, 2:] = False
    assert not changed.any()


def test_a_planted_problem_has_the_size_it_was_given():
    plain = some_results()
    everywhere = tuple(Planted(unit=unit, start=0, size=-0.25) for unit in range(UNITS))

    kept = some_results(planted=everywhere).numerator.sum() / plain.numerator.sum()

    assert kept == pytest.approx(0.75, abs=0.005)


def test_a_problem_that_lasts_some_periods_leaves_the_later_ones_alone():
    plain, struck = some_results(), some_results(planted=(Planted(unit=39, start=1, size=-0.5, duration=1),))
    changed = (plain.numerator != struck.numerator)[39]

    assert changed.nonzero()[0].tolist() == [1]


def test_two_problems_in_one_jobcentre_add_to_each_other():
    one = Planted(unit=39, start=0, size=-0.5)

    once, twice = some_results(planted=(one,)), some_results(planted=(one, one))

    assert twice.numerator[39].sum() / once.numerator[39].sum() == pytest.approx(0.5, abs=0.05)


def test_jobcentres_differ_by_more_than_chance_but_only_mildly():
    """With one condition that is the same everywhere, all spread is chance and over-dispersion."""
    results = fictional_results(seed=3, sizes=np.full(400, 2000.0), conditions=np.ones((400, 1)), periods=1)
    share = results.numerator[:, 0] / results.denominator[:, 0]
    by_chance = share.mean() * (1 - share.mean()) / 2000

    assert 1.2 < share.var() / by_chance < 2.5


def test_the_framework_conditions_decide_most_of_what_a_large_jobcentre_reaches():
    place = np.linspace(-1, 1, 50)
    results = fictional_results(seed=4, sizes=np.full(50, 100_000.0), conditions=place[:, None], periods=1)
    share = results.numerator[:, 0] / results.denominator[:, 0]

    assert abs(np.corrcoef(place, share)[0, 1]) > 0.9


@pytest.mark.parametrize(
    "problem",
    [
        Planted(unit=UNITS, start=0, size=-0.25),
        Planted(unit=-1, start=0, size=-0.25),
        Planted(unit=0, start=PERIODS, size=-0.25),
        Planted(unit=0, start=0, size=-1.0),
    ],
)
def test_a_problem_planted_outside_the_results_is_refused(problem: Planted):
    with pytest.raises(ValueError, match="outside"):
        some_results(planted=(problem,))


@pytest.mark.parametrize(
    ("sizes", "conditions"),
    [
        ([100.0, 100.0], [[1.0]]),
        ([100.0], [1.0]),
        ([0.0], [[1.0]]),
        ([np.nan], [[1.0]]),
        ([100.0], [[np.nan]]),
    ],
)
def test_arrays_that_do_not_fit_together_are_refused(sizes, conditions):
    with pytest.raises(ValueError, match="size"):
        fictional_results(seed=1, sizes=sizes, conditions=conditions, periods=1)


def test_the_generator_imports_nothing_of_this_house_so_it_cannot_know_the_rule():
    imported = {
        name
        for node in ast.walk(ast.parse(inspect.getsource(fictional)))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or "."]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert imported == {"collections.abc", "dataclasses", "numpy", "numpy.typing"}
