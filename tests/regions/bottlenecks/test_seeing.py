"""Who reads which number: a jobcentre its own, everybody what is not small, and how long ads are open."""

from __future__ import annotations

import pytest

from regions.bottlenecks.models import Category, Indicators, Place
from regions.bottlenecks.monitoring.seeing import HIDDEN, as_seen


def indicators(**fields) -> Indicators:
    return Indicators(
        **{
            "period": "2026H01",
            "place": Place.MUNICIPALITY,
            "code": "0259",
            "category": Category.SHORTAGE,
            "attempts": 20,
            "failed": 12,
            "withdrawn": 1,
            "unknown": 4,
            "lower": 0.39,
            "upper": 0.78,
            "shrunk": 0.55,
            "sure": 0.9,
            "employed": 400,
            "unemployed": 3,
            "hires": 44,
            "candidates": 2,
            "positions": 6,
            "observed": 22,
            "median_days": 31.0,
            **fields,
        }
    )


def test_what_is_not_hidden_is_seen_as_it_is():
    seen = as_seen(indicators())

    assert seen.category == Category.SHORTAGE
    assert (seen.figures.attempts, seen.figures.failed, seen.figures.unemployed) == (20, 12, 3)


def test_of_hidden_answers_nothing_is_left_that_rests_on_them():
    seen = as_seen(indicators(hides_answers=True))

    assert seen.category is None
    assert seen.figures.category == Category.NOT_ASSESSED
    for name in ("attempts", "failed", "withdrawn", "unknown"):
        assert getattr(seen.figures, name) == 0
    for name in ("rate", "lower", "upper", "shrunk", "answered"):
        assert seen.number(name) is None
    assert seen.figures.sure is None
    assert seen.number("unemployment") == pytest.approx(3 / 403)


def test_without_the_persons_the_category_says_what_employers_say():
    seen = as_seen(indicators(hides_persons=True))

    assert seen.category == Category.PROBLEMS
    assert seen.number("rate") == pytest.approx(0.6)
    for name in ("unemployment", "turnover", "tightness", "candidates"):
        assert seen.number(name) is None
    assert as_seen(indicators(hides_persons=True, category=Category.GOOD)).category == Category.NO_PROBLEMS


def test_how_long_vacancies_are_open_is_no_secret():
    seen = as_seen(indicators(hides_answers=True, hides_persons=True))

    assert (seen.number("days"), seen.figures.positions, seen.figures.observed) == (31.0, 6, 22)


def test_the_jobcentre_there_reads_its_own_in_full():
    found = indicators(hides_answers=True, hides_persons=True)

    assert as_seen(found, own={"0259"}).category == Category.SHORTAGE
    assert as_seen(found, own={"0265"}).category is None


def test_a_catchment_is_nobodys_own():
    found = indicators(place=Place.CATCHMENT, hides_answers=True)

    assert as_seen(found, own={"0259"}).category is None


def test_seeing_leaves_what_is_stored_as_it_is():
    found = indicators(hides_answers=True, hides_persons=True)

    as_seen(found)

    assert (found.attempts, found.unemployed, found.category) == (20, 3, Category.SHORTAGE)


def test_a_hidden_sign_says_that_it_is(bottleneck_rule):
    says = {
        sign.key: (sign.value, sign.says)
        for sign in as_seen(indicators(hides_persons=True)).signs(bottleneck_rule)
    }

    assert says["unemployment"] == says["turnover"] == says["tightness"] == (None, HIDDEN)
    assert says["failed"][0] == pytest.approx(0.6)
