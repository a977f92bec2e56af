"""The flag rule, one situation after another. Results are of a half-year each; higher is better."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regions.measures.direction import Direction
from regions.oversight.rule import Condition, Deviation, FlagRule, Judgement, Level, PeriodResult, judge

RULE = FlagRule()
HALF_YEARS = [
    (date(2024, 1, 1), date(2024, 6, 30)),
    (date(2024, 7, 1), date(2024, 12, 31)),
    (date(2025, 1, 1), date(2025, 6, 30)),
    (date(2025, 7, 1), date(2025, 12, 31)),
]

# Of 1,000 persons 350 were expected.
CLEARLY_WORSE = {"actual": 260, "z": -4.5, "p": 0.001}
WORSE = {"actual": 310, "z": -2.3, "p": 0.30}
AS_EXPECTED = {"actual": 350, "z": 0.0, "p": 0.90}
CLEARLY_BETTER = {"actual": 440, "z": 4.5, "p": 1.0}
TOO_FEW = {"actual": 2, "z": -4.5, "p": 0.001, "base": 19, "expected": 6.6}


def period(
    number: int, *, actual: int, z: float, p: float, base: int = 1000, expected: float = 350.0
) -> PeriodResult:
    starts_on, ends_on = HALF_YEARS[number]
    return PeriodResult(
        starts_on=starts_on,
        ends_on=ends_on,
        actual=actual,
        base=base,
        deviation=Deviation(expected=expected, z_adjusted=z, p_adjusted=p),
    )


def judged(
    *situations: dict[str, float], direction: Direction = Direction.HIGHER_BETTER, rule: FlagRule = RULE
) -> Judgement:
    results = [period(number, **situation) for number, situation in enumerate(situations)]
    return judge(results=results, direction=direction, rule=rule)


def observed(judgement: Judgement, condition: Condition) -> float:
    return next(reason.observed for reason in judgement.reasons if reason.condition is condition)


def test_clearly_worse_twice_in_a_row_is_serious():
    judgement = judged(AS_EXPECTED, CLEARLY_WORSE, CLEARLY_WORSE)

    assert judgement.level is Level.SERIOUS
    of_requirements = {Condition.BELOW_REQUIREMENT, Condition.CLEARLY_BELOW_REQUIREMENT}
    assert judgement.held == set(Condition) - of_requirements
    assert observed(judgement, Condition.IN_A_ROW) == 2


def test_clearly_worse_once_is_only_watched():
    judgement = judged(AS_EXPECTED, AS_EXPECTED, CLEARLY_WORSE)

    assert judgement.level is Level.WATCH
    assert Condition.BEYOND_SERIOUS in judgement.held
    assert Condition.IN_A_ROW not in judgement.held


def test_clearly_worse_before_but_as_expected_now_is_nothing():
    assert judged(CLEARLY_WORSE, CLEARLY_WORSE, AS_EXPECTED).level is None


def test_clearly_worse_twice_with_a_good_period_between_is_only_watched():
    judgement = judged(CLEARLY_WORSE, AS_EXPECTED, CLEARLY_WORSE)

    assert judgement.level is Level.WATCH
    assert observed(judgement, Condition.IN_A_ROW) == 1


def test_somewhat_worse_in_the_latest_period_is_watched():
    judgement = judged(AS_EXPECTED, WORSE)

    assert judgement.level is Level.WATCH
    assert Condition.BEYOND_SERIOUS not in judgement.held


def test_somewhat_worse_in_every_period_never_becomes_serious_by_this_rule():
    assert judged(WORSE, WORSE, WORSE, WORSE).level is Level.WATCH


def test_as_expected_is_nothing():
    judgement = judged(AS_EXPECTED, AS_EXPECTED)

    assert judgement.level is None
    assert judgement.held == {Condition.ENOUGH_DATA}


def test_clearly_better_is_nothing_however_far():
    assert judged(CLEARLY_BETTER, CLEARLY_BETTER).level is None


def test_where_lower_is_better_the_same_figures_mean_the_opposite():
    too_many = {"actual": 440, "z": 4.5, "p": 0.001}

    assert judged(too_many, too_many, direction=Direction.LOWER_BETTER).level is Level.SERIOUS
    assert judged(CLEARLY_WORSE, CLEARLY_WORSE, direction=Direction.LOWER_BETTER).level is None


def test_a_neutral_measure_is_never_judged():
    judgement = judged(CLEARLY_WORSE, CLEARLY_WORSE, direction=Direction.NEUTRAL)

    assert judgement.level is None
    assert judgement.reasons == ()


def test_a_deviation_that_does_not_survive_the_number_of_comparisons_is_not_serious():
    common = CLEARLY_WORSE | {"p": 0.05}

    judgement = judged(common, common)

    assert judgement.level is Level.WATCH
    assert Condition.RARE_AMONG_ALL not in judgement.held


def test_a_deviation_too_small_to_matter_is_not_serious_however_sure():
    """Of a million persons, four in a thousand fewer than expected: sure, and of no consequence."""
    sure_and_small = {"actual": 346_000, "z": -8.0, "p": 0.0001, "base": 1_000_000, "expected": 350_000.0}

    judgement = judged(sure_and_small, sure_and_small)

    assert judgement.level is Level.WATCH
    assert judgement.held.isdisjoint({Condition.SHARE_OF_EXPECTED, Condition.PERCENTAGE_POINTS})


def test_five_per_cent_of_expected_matters_though_it_is_less_than_a_percentage_point():
    rare_result = {"actual": 80, "z": -3.5, "p": 0.01, "base": 10_000, "expected": 100.0}

    judgement = judged(rare_result, rare_result)

    assert judgement.level is Level.SERIOUS
    assert Condition.PERCENTAGE_POINTS not in judgement.held
    assert observed(judgement, Condition.SHARE_OF_EXPECTED) == pytest.approx(0.2)


def test_a_percentage_point_matters_though_it_is_less_than_five_per_cent_of_expected():
    usual_result = {"actual": 88_000, "z": -3.5, "p": 0.01, "base": 100_000, "expected": 90_000.0}

    judgement = judged(usual_result, usual_result)

    assert judgement.level is Level.SERIOUS
    assert Condition.SHARE_OF_EXPECTED not in judgement.held
    assert observed(judgement, Condition.PERCENTAGE_POINTS) == pytest.approx(2.0)


def test_too_few_persons_is_a_state_of_its_own_and_never_a_flag():
    judgement = judged(CLEARLY_WORSE, TOO_FEW)

    assert judgement.level is Level.TOO_FEW_DATA
    assert judgement.held == frozenset()


def test_too_few_persons_in_between_breaks_the_row():
    assert judged(CLEARLY_WORSE, TOO_FEW, CLEARLY_WORSE).level is Level.WATCH


def test_too_few_persons_long_ago_do_not_matter_now():
    assert judged(TOO_FEW, CLEARLY_WORSE, CLEARLY_WORSE).level is Level.SERIOUS


def test_a_result_that_nothing_could_be_expected_of_is_too_few_data():
    with_nothing_expected = replace(period(1, **CLEARLY_WORSE), deviation=None)

    judgement = judge(
        results=[period(0, **CLEARLY_WORSE), with_nothing_expected],
        direction=Direction.HIGHER_BETTER,
        rule=RULE,
    )

    assert judgement.level is Level.TOO_FEW_DATA


@pytest.mark.parametrize(
    "not_compared",
    [
        {"expected": 0.0, "z_adjusted": -4.5, "p_adjusted": 0.001},
        {"expected": 350.0, "z_adjusted": float("nan"), "p_adjusted": 0.001},
        {"expected": 350.0, "z_adjusted": -4.5, "p_adjusted": float("nan")},
    ],
)
def test_what_was_not_compared_cannot_pass_for_a_deviation(not_compared: dict[str, float]):
    with pytest.raises(ValueError, match="leave it None"):
        Deviation(**not_compared)


def test_no_result_at_all_is_too_few_data():
    assert judged().level is Level.TOO_FEW_DATA


def test_a_period_left_out_breaks_the_row():
    results = [period(0, **CLEARLY_WORSE), period(2, **CLEARLY_WORSE)]

    judgement = judge(results=results, direction=Direction.HIGHER_BETTER, rule=RULE)

    assert judgement.level is Level.WATCH
    assert observed(judgement, Condition.IN_A_ROW) == 1


def test_rolling_windows_are_refused_so_the_same_months_never_count_twice():
    first = period(0, **CLEARLY_WORSE)
    a_quarter_later = replace(first, starts_on=date(2024, 4, 1), ends_on=date(2024, 9, 30))

    with pytest.raises(ValueError, match="overlap"):
        judge(results=[first, a_quarter_later], direction=Direction.HIGHER_BETTER, rule=RULE)


def test_periods_out_of_order_are_refused():
    results = [period(1, **AS_EXPECTED), period(0, **AS_EXPECTED)]

    with pytest.raises(ValueError, match="oldest first"):
        judge(results=results, direction=Direction.HIGHER_BETTER, rule=RULE)


def test_every_reason_carries_the_figures_that_decided_it():
    judgement = judged(AS_EXPECTED, WORSE)

    assert {reason.condition: (reason.observed, reason.threshold) for reason in judgement.reasons} == {
        Condition.ENOUGH_DATA: (1000, 20),
        Condition.BEYOND_WATCH: (2.3, 1.96),
        Condition.BEYOND_SERIOUS: (2.3, 3.09),
        Condition.RARE_AMONG_ALL: (0.30, 0.05),
        Condition.SHARE_OF_EXPECTED: (pytest.approx(40 / 350), 0.05),
        Condition.PERCENTAGE_POINTS: (pytest.approx(4.0), 1.0),
        Condition.IN_A_ROW: (0, 2),
    }


@pytest.mark.parametrize(
    ("changed", "level"),
    [
        ({"serious_z": 4.6}, Level.WATCH),
        ({"serious_z": 4.5}, Level.SERIOUS),
        ({"watch_z": 4.6, "serious_z": 4.6}, None),
        ({"false_discovery_rate": 0.001}, Level.WATCH),
        ({"consecutive_periods": 3}, Level.WATCH),
        ({"consecutive_periods": 1}, Level.SERIOUS),
        ({"least_base": 1001}, Level.TOO_FEW_DATA),
        ({"least_base": 1000}, Level.SERIOUS),
        ({"least_relative_effect": 0.3, "least_percentage_points": 9.1}, Level.WATCH),
        ({"least_relative_effect": 0.3, "least_percentage_points": 9.0}, Level.SERIOUS),
    ],
)
def test_every_threshold_is_the_rules_and_not_the_codes(changed: dict[str, float], level: Level | None):
    assert judged(CLEARLY_WORSE, CLEARLY_WORSE, rule=FlagRule(**changed)).level is level


@pytest.mark.parametrize(
    ("contradiction", "complaint"),
    [
        ({"false_discovery_rate": 0}, "false alarms"),
        ({"false_discovery_rate": 1}, "false alarms"),
        ({"watch_z": 3.2}, "no larger than a serious one"),
        ({"watch_z": 0}, "above 0"),
        ({"least_relative_effect": -0.1}, "not negative"),
        ({"least_percentage_points": -1}, "not negative"),
        ({"consecutive_periods": 0}, "at least one"),
        ({"least_base": 0}, "at least one"),
    ],
)
def test_thresholds_that_contradict_themselves_are_refused(contradiction: dict[str, float], complaint: str):
    with pytest.raises(ValueError, match=complaint):
        FlagRule(**contradiction)


situations = st.lists(
    st.fixed_dictionaries(
        {
            "actual": st.integers(0, 1000),
            "z": st.floats(-10, 10),
            "p": st.floats(0, 1),
            "base": st.sampled_from([10, 1000, 5000]),
        }
    ),
    max_size=len(HALF_YEARS),
)


@given(situations)
def test_no_result_is_flagged_in_both_directions(drawn: Sequence[dict[str, float]]):
    flags = {Level.SERIOUS, Level.WATCH}
    higher = judged(*drawn, direction=Direction.HIGHER_BETTER).level
    lower = judged(*drawn, direction=Direction.LOWER_BETTER).level

    assert not (higher in flags and lower in flags)


@given(situations)
def test_whatever_is_serious_would_also_be_watched(drawn: Sequence[dict[str, float]]):
    judgement = judged(*drawn)

    if judgement.level is Level.SERIOUS:
        assert Condition.BEYOND_WATCH in judgement.held


@given(situations)
def test_asking_for_more_periods_never_makes_anything_serious(drawn: Sequence[dict[str, float]]):
    if judged(*drawn).level is not Level.SERIOUS:
        assert judged(*drawn, rule=FlagRule(consecutive_periods=3)).level is not Level.SERIOUS
