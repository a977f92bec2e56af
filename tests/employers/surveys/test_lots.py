"""Drawing by lot: the same from the same seed, one of a company, and no more than the plan says."""

import random

import pytest

from employers.surveys.lots import Candidate, draw, lot, wanted

SEED = "00112233445566778899aabbccddeeff"
FRAME = [Candidate(vacancy, company=vacancy // 3) for vacancy in range(1, 301)]


def test_the_same_seed_draws_the_same_bit_for_bit():
    """Written down once, so that a change of the draw cannot pass unseen."""
    assert lot(SEED, 17) == "ef446817776f344303b1494ab0ddf40e5699d7fcdda3aadc3ac27bf390dea6f8"
    assert draw(FRAME[:30], seed=SEED, percent=50, all_up_to=3) == [11, 13, 16, 20, 6, 28]


def test_neither_the_order_nor_a_double_changes_the_draw():
    shuffled = FRAME + FRAME[:40]
    random.Random(7).shuffle(shuffled)

    assert draw(shuffled, seed=SEED, percent=50, all_up_to=3) == draw(
        FRAME, seed=SEED, percent=50, all_up_to=3
    )


def test_another_seed_draws_others():
    assert draw(FRAME, seed="f" * 32, percent=50, all_up_to=3) != draw(
        FRAME, seed=SEED, percent=50, all_up_to=3
    )


def test_a_company_is_drawn_once_however_many_vacancies_it_has():
    drawn = draw(FRAME, seed=SEED, percent=100, all_up_to=0)

    company_of = dict(FRAME)
    assert len(drawn) == len({company_of[vacancy] for vacancy in drawn}) == len(set(company_of.values()))


def test_another_company_moves_nobody_forward_or_back():
    some = draw(FRAME[:200], seed=SEED, percent=100, all_up_to=0)
    more = draw(FRAME, seed=SEED, percent=100, all_up_to=0)
    companies = {company for _vacancy, company in FRAME[:200]}
    shared = companies - {FRAME[200].company}

    kept = [vacancy for vacancy in more if vacancy // 3 in shared]
    assert kept == [vacancy for vacancy in some if vacancy // 3 in shared]


def test_every_company_is_drawn_as_often_as_the_share_says():
    """1,000 seeds, 20 companies, a half: each is drawn 500 times give or take; 400 is more than 6 σ away."""
    frame = [Candidate(vacancy, vacancy) for vacancy in range(20)]
    times = dict.fromkeys(range(20), 0)
    for number in range(1000):
        for vacancy in draw(frame, seed=f"{number:032x}", percent=50, all_up_to=0):
            times[vacancy] += 1

    assert sum(times.values()) == 10_000
    assert min(times.values()) > 400
    assert max(times.values()) < 600


@pytest.mark.parametrize(
    ("number", "expected"), [(0, 0), (1, 1), (3, 3), (4, 3), (6, 3), (7, 4), (8, 4), (9, 5), (1000, 500)]
)
def test_all_of_a_few_and_then_the_share_but_never_fewer_than_the_few(number, expected):
    assert wanted(number, percent=50, all_up_to=3) == expected


@pytest.mark.parametrize(
    "numbers", [(-1, 50, 3), (5, 0, 3), (5, 101, 3), (5, 50, -1)], ids=["few", "none", "more", "negative"]
)
def test_numbers_that_cannot_be_are_refused(numbers):
    number, percent, all_up_to = numbers

    with pytest.raises(ValueError, match="cannot be drawn"):
        wanted(number, percent=percent, all_up_to=all_up_to)
