"""The invented labour market: that it is what it says it is, before any rule is tried on it."""

import numpy as np
import pytest

from regions.bottlenecks.simulation.inventing import DAYS, NONE, Ending, State, World, invent


@pytest.fixture(scope="module")
def market():
    return invent(1)


def test_the_same_seed_gives_the_same_market_bit_for_bit(market):
    again = invent(1)

    for name in ("state", "failed", "employed", "unemployed", "hired"):
        assert getattr(again, name).tobytes() == getattr(market, name).tobytes()
    for name, values in vars(market.vacancies).items():
        assert getattr(again.vacancies, name).tobytes() == values.tobytes()
    assert invent(2).vacancies.answer.tobytes() != market.vacancies.answer.tobytes()


def test_a_harder_world_has_the_same_occupations_and_is_another_in_what_is_harder_alone(market):
    denied, misplaced = invent(1, world=World(denied=0.5)), invent(1, world=World(misplaced=0.5))

    for harder in (denied, misplaced):
        assert harder.state.tobytes() == market.state.tobytes()
        assert harder.vacancies.ending.tobytes() == market.vacancies.ending.tobytes()
    assert denied.unemployed.tobytes() == market.unemployed.tobytes()
    assert misplaced.vacancies.answer.tobytes() == market.vacancies.answer.tobytes()
    other = denied.vacancies.answer != market.vacancies.answer
    assert other.any()
    assert set(denied.vacancies.answer[other]) == {Ending.WANTED}
    assert misplaced.unemployed.sum() == market.unemployed.sum()
    assert (misplaced.unemployed != market.unemployed).any()


def test_attempts_fail_as_often_as_was_planted(market):
    """Where labour is short, a third of all attempts and more; elsewhere one in six at most."""
    vacancies = market.vacancies
    closed = vacancies.closed != NONE
    attempts = closed & (vacancies.ending != Ending.WITHDRAWN)
    failed = np.isin(vacancies.ending, (Ending.OTHER_PROFILE, Ending.IN_VAIN))
    state = market.state[vacancies.occupation, vacancies.area]

    share = {kind: failed[attempts & (state == kind)].mean() for kind in State}

    assert share[State.SHORTAGE] > 0.28
    assert share[State.PARADOX] > 0.28
    assert share[State.BALANCE] < 0.16
    assert share[State.SURPLUS] < 0.10


def test_who_looked_in_vain_answers_less(market):
    vacancies = market.vacancies
    answers = {
        ending: (vacancies.answer[vacancies.ending == ending] != NONE).mean()
        for ending in (Ending.WANTED, Ending.IN_VAIN)
    }

    assert answers[Ending.WANTED] - answers[Ending.IN_VAIN] > 0.05


def test_some_answers_are_late_some_wrong_some_given_twice_and_many_never_given(market):
    vacancies = market.vacancies
    told = vacancies.answer != NONE

    assert (vacancies.answered[told] > vacancies.closed[told]).any()
    assert (vacancies.answered[told] >= DAYS).any()
    assert 0.01 < (vacancies.answer[told] != vacancies.ending[told]).mean() < 0.05
    assert (vacancies.again != NONE).any()
    assert 0.3 < (~told[vacancies.closed != NONE]).mean() < 0.6


def test_what_is_open_at_the_end_has_no_ending_and_no_answer(market):
    vacancies = market.vacancies
    still = vacancies.closed == NONE

    assert still.any()
    assert (vacancies.ending[still] == NONE).all()
    assert (vacancies.answer[still] == NONE).all()


def test_few_are_unemployed_where_labour_is_short_and_many_where_skills_do_not_fit(market):
    share = market.unemployed / (market.unemployed + market.employed)

    assert share[market.state == State.SHORTAGE].mean() < 0.02
    assert share[market.state == State.PARADOX].mean() > 0.05
