"""Germany's score as a second opinion: by hand, by every set of values there is, and on its page."""

from __future__ import annotations

import math

import numpy as np
import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.asserts import assertContains, assertNotContains

from regions.bottlenecks.figures.german_score import SIX, second_opinion
from regions.bottlenecks.figures.second_opinion import LEAST_COMPARED, Opinion, opinion, points, scores
from regions.bottlenecks.models import Place
from regions.measures.periods import Frequency, latest_ended, parse
from tests.queries import asked
from tests.regions.bottlenecks.making import PERIOD, know
from tests.regions.making import make_occupation
from tests.regions.reading import text_of

values = st.lists(st.integers(-1000, 1000), min_size=LEAST_COMPARED, max_size=60)


def test_each_quarter_of_the_occupations_has_its_points():
    told = np.arange(20)

    assert points(told, low_is_short=False).tolist() == [*[0] * 5, *[1] * 5, *[2] * 5, *[3] * 5]
    assert points(told, low_is_short=True).tolist() == [*[3] * 5, *[2] * 5, *[1] * 5, *[0] * 5]


def test_what_is_not_known_has_no_points_and_too_few_have_none_at_all():
    told = np.array([*range(20), np.nan])

    assert math.isnan(points(told, low_is_short=False)[-1])
    assert np.isnan(points(np.arange(19), low_is_short=False)).all()
    assert np.isnan(points([], low_is_short=False)).all()
    with pytest.raises(ValueError, match="shape"):
        points([[1.0]], low_is_short=False)


def test_values_that_are_all_alike_are_no_sign_of_anything():
    assert points(np.full(30, 7.0), low_is_short=False).tolist() == [0] * 30
    assert points(np.full(30, 7.0), low_is_short=True).tolist() == [0] * 30


def test_the_mean_is_of_those_that_can_be_assessed_and_two_are_too_few():
    x = np.nan
    given_points = np.array([[3, 3, 0], [3, 3, x], [0, x, 1], [x, x, 2]])

    assert scores(given_points[:, :1]).tolist() == [2.0]
    assert math.isnan(scores(given_points)[1])
    assert scores(given_points)[2] == 1.0


def test_the_limits_are_two_and_one_and_a_half():
    said = [opinion(score) for score in (3.0, 2.0, 1.99, 1.5, 1.49, 0.0, math.nan)]

    assert said == [
        Opinion.BOTTLENECK,
        Opinion.BOTTLENECK,
        Opinion.WATCH,
        Opinion.WATCH,
        Opinion.NONE,
        Opinion.NONE,
        Opinion.NOT_ASSESSED,
    ]


@given(values, st.booleans())
def test_points_never_fall_as_the_value_is_more_like_a_bottleneck(told, low_is_short):
    found = points(told, low_is_short=low_is_short)
    order = np.argsort(told, kind="stable")[:: -1 if low_is_short else 1]

    assert (np.diff(found[order]) >= 0).all()
    assert set(found.tolist()) <= {0, 1, 2, 3}


@given(values, st.randoms())
def test_the_order_of_the_occupations_does_not_matter(told, shuffled):
    places = list(range(len(told)))
    shuffled.shuffle(places)

    found = points(told, low_is_short=False)

    assert points(np.array(told)[places], low_is_short=False).tolist() == found[places].tolist()


@given(values, st.sampled_from([0.5, 2.0, 1024.0]), st.integers(-50, 50), st.booleans())
def test_the_unit_does_not_matter(told, factor, shift, low_is_short):
    other = points(np.array(told) * factor + shift, low_is_short=low_is_short)

    assert other.tolist() == points(told, low_is_short=low_is_short).tolist()


@given(values, st.booleans())
def test_at_least_three_quarters_of_the_occupations_have_fewer_than_three_points(told, low_is_short):
    found = points(told, low_is_short=low_is_short)

    assert (found == 3).mean() <= 0.25
    assert (found >= 2).mean() <= 0.5


@pytest.fixture
def country(db):
    """Twenty-four occupations, each shorter than the one before. Gives them in that order."""
    occupations = [make_occupation(f"91{number:02}", f"Fag {number}") for number in range(24)]
    for number, one in enumerate(occupations):
        know(one, Place.COUNTRY, median_days=20 + number, unemployed=200 - 5 * number, employed=1000)
    return occupations


def test_an_occupation_is_held_against_the_country_in_one_query(country):
    period = parse(PERIOD)
    count = asked(lambda: second_opinion(country[0], period=period)).total()
    longest, shortest, middle = (second_opinion(country[place], period=period) for place in (23, 0, 12))

    assert count == 1
    assert [(one.score, one.opinion, one.assessed) for one in (longest, shortest, middle)] == [
        (3.0, Opinion.BOTTLENECK, 3),
        (0.0, Opinion.NONE, 3),
        (2.0, Opinion.BOTTLENECK, 3),
    ]
    assert [one.points for one in longest.each] == [3, 3, 3, None, None, None]
    assert len(SIX) == 6


def test_other_places_half_years_and_levels_change_nothing(country):
    before = second_opinion(country[12], period=parse(PERIOD))
    group = make_occupation("91", "Gruppe 91")
    group.level = 2
    group.save()
    know(group, Place.COUNTRY, median_days=900)
    for one in country:
        know(one, Place.AREA, "sjaelland", median_days=900)
        know(one, Place.COUNTRY, period="2025H02", median_days=900)

    assert second_opinion(country[12], period=parse(PERIOD)) == before
    assert second_opinion(group, period=parse(PERIOD)).opinion is Opinion.NOT_ASSESSED


def test_what_is_few_or_not_known_is_not_assessed_and_then_nothing_is_said(country):
    new = make_occupation("9199", "Nyt fag")
    know(new, Place.COUNTRY, unemployed=None, observed=4)
    found = second_opinion(new, period=parse(PERIOD))

    assert [one.points for one in found.each] == [None] * 6
    assert [one.value for one in found.each] == [None] * 6
    assert (found.score, found.opinion) == (None, Opinion.NOT_ASSESSED)
    assert second_opinion(make_occupation("9198", "Et ukendt"), period=parse(PERIOD)) is None


def test_the_occupations_page_says_what_it_is_and_how_many_could_be_assessed(
    client, country, sjaelland, bottleneck_rule
):
    client.force_login(sjaelland.officer)

    text = text_of(client.get(reverse("bottlenecks:occupation", args=[country[23].code])))

    assert "3 af de seks indikatorer kunne vurderes." in text
    assert "Gennemsnittet er 3,0; fra 2,0 er det en flaskehals, og fra 1,5 skal det følges." in text
    assert "Afgang fra ledighed – X" in text


def test_no_list_shows_it(client, country, sjaelland, bottleneck_rule):
    client.force_login(sjaelland.officer)

    for address in ("bottlenecks:monitoring", "bottlenecks:reports"):
        assertNotContains(client.get(reverse(address)), "En anden vurdering")
    assertContains(client.get(reverse("bottlenecks:occupation", args=["9100"])), "En anden vurdering")


def test_the_half_year_that_runs_can_be_chosen_and_is_not_what_is_shown_first(
    client, country, sjaelland, bottleneck_rule
):
    last = latest_ended(Frequency.HALF_YEAR, on=timezone.localdate())
    running = last.one_step_on()
    for period in {last.code, running.code} - {PERIOD}:
        know(country[0], Place.COUNTRY, period=period)
    client.force_login(sjaelland.officer)

    page = client.get(reverse("bottlenecks:occupation", args=[country[0].code]))

    assert page.context["shown"].period == last
    assertContains(page, f'<option value="{running.code}">')
