from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from regions.measures.fictional import FictionalResults, Planted
from regions.oversight.rule import FlagRule
from regions.oversight.trial import (
    LOWEST_TENTH,
    UNITS,
    YEARS,
    Outcome,
    World,
    at_the_bottom,
    between_order_statistics,
    bootstrapped_mean,
    flagged,
    invent,
    league_table,
    outcome,
    trial,
)

DOCS = Path(__file__).parents[3] / "docs" / "flag-rule.md"


def world(*problems: Planted, shares: np.ndarray | None = None) -> World:
    """A country by hand; of a hundred persons everywhere."""
    counted = np.full((UNITS, YEARS), 50) if shares is None else shares
    return World(
        FictionalResults(numerator=counted, denominator=np.full_like(counted, 100)),
        np.zeros((UNITS, 1)),
        problems,
    )


def alerts(*places: tuple[int, int]) -> np.ndarray:
    raised = np.zeros((UNITS, YEARS), dtype=bool)
    for unit, year in places:
        raised[unit, year] = True
    return raised


LASTS_THREE_YEARS = Planted(unit=3, start=2, size=-0.2, duration=3)


def test_an_alert_while_a_problem_lasts_finds_it_and_counts_the_years_until_then():
    said = outcome([world(LASTS_THREE_YEARS)], [alerts((3, 4))])

    assert (said.problems, said.found, said.alerts, said.false, said.delays) == (1, 1, 1, 0, (2,))


def test_an_alert_that_goes_on_is_one():
    said = outcome([world(LASTS_THREE_YEARS)], [alerts((3, 3), (3, 4), (3, 5))])

    assert (said.alerts, said.false) == (1, 0)


@pytest.mark.parametrize("place", [(3, 1), (3, 5), (4, 3)])
def test_an_alert_before_after_or_elsewhere_is_false_and_finds_nothing(place):
    said = outcome([world(LASTS_THREE_YEARS)], [alerts(place)])

    assert (said.found, said.alerts, said.false) == (0, 1, 1)


def test_without_alerts_nothing_is_said_of_how_many_are_false():
    said = outcome([world(LASTS_THREE_YEARS)], [alerts()])

    assert said.false_share is None
    assert said.mean_delay is None
    assert said.mean_within is None
    assert said.median_delay is None
    assert said.median_within is None


def test_the_median_of_delays_lies_between_two_of_them_as_the_binomial_has_it():
    """Of 20 values the 6th and the 15th, by the tables: 95.9 per cent."""
    assert between_order_statistics(range(1, 21)) == (6, 15)
    assert between_order_statistics([3, 1, 2, 4, 6, 5]) == (1, 6)
    assert between_order_statistics([1, 2, 3, 4, 5]) is None


@given(st.lists(st.integers(0, 3), min_size=6, max_size=80))
def test_intervals_hold_what_they_are_of_and_are_the_same_each_time(delays):
    said = Outcome(problems=100, found=len(delays), alerts=100, false=0, delays=tuple(delays))

    assert said.median_within.low <= said.median_delay <= said.median_within.high
    assert said.mean_within.low <= said.mean_delay <= said.mean_within.high
    assert said.mean_within == bootstrapped_mean(delays)


def test_the_interval_of_a_mean_is_about_two_standard_errors_to_each_side():
    delays = [0, 1, 2, 3] * 25

    low, high = bootstrapped_mean(delays)

    reach = 1.96 * np.std(delays) / np.sqrt(len(delays))
    assert (low, high) == pytest.approx((1.5 - reach, 1.5 + reach), abs=0.02)


def test_the_lowest_tenth_raises_more_alerts_than_the_rule_most_of_them_false():
    worlds = [invent(seed) for seed in (11, 12, 13)]

    tenth, rule = league_table(worlds, cut=LOWEST_TENTH), trial(worlds, rule=FlagRule()).rule

    assert LOWEST_TENTH == 9
    assert tenth.alerts > 2 * rule.alerts
    assert tenth.false > tenth.alerts / 2


def test_the_league_table_names_who_is_among_the_lowest_two_years_running():
    shares = np.full((UNITS, YEARS), 50)
    shares[7, 2:5] = 10
    shares[8, 6] = 10

    raised = at_the_bottom(world(shares=shares), cut=1)

    assert raised[7].nonzero()[0].tolist() == [3, 4]
    assert not raised[8].any()


def test_the_same_seed_gives_the_same_country_and_another_another():
    first, again, other = invent(5), invent(5), invent(6)

    np.testing.assert_array_equal(first.results.numerator, again.results.numerator)
    assert first.problems == again.problems
    assert first.problems != other.problems


def test_a_hidden_condition_changes_what_is_known_and_nothing_that_happened():
    known, hidden = invent(5), invent(5, hidden=1)

    np.testing.assert_array_equal(known.results.numerator, hidden.results.numerator)
    assert hidden.conditions.shape[1] == known.conditions.shape[1] - 1


def test_the_rule_says_nothing_of_a_year_before_it_has_seen_two():
    assert not flagged(invent(12), rule=FlagRule())[:, 0].any()


def test_on_the_same_countries_the_rule_finds_more_with_at_most_half_the_false_alarms():
    tried = trial([invent(seed) for seed in (11, 12, 13)], rule=FlagRule())

    assert tried.rule.found > tried.league.found
    assert tried.rule.false <= tried.league.false / 2


@pytest.mark.verify
def test_the_table_of_the_docs_is_what_the_command_prints():
    out = StringIO()
    call_command("try_flag_rule", stdout=out)

    assert out.getvalue() in DOCS.read_text(encoding="utf-8")
