"""Severe shortage, by the rule alone: what it asks for, and what may be relied on whatever is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regions.bottlenecks.figures.balance import Balance, Cuts
from regions.bottlenecks.figures.severe import SevereCuts, Told, is_severe, severe, short_areas

AREAS = ("hovedstaden", "sjaelland", "syddanmark", "midtjylland", "nordjylland")
CODES = ("2221", "5120", "5223", "7212", "9112")
CUTS = Cuts(unemployment=0.03)
ANSWERS_ALONE = Cuts(unemployment=None, turnover=None)
SEVERE = SevereCuts(areas=4, unemployment=0.025, educated=["1", "2", "3", "6", "7", "5120"])

rates = st.none() | st.floats(0, 0.1)
told = st.lists(
    st.builds(Told, st.sampled_from(CODES), st.sampled_from(AREAS), st.sampled_from(Balance), rates),
    unique_by=lambda one: (one.occupation, one.area),
    max_size=25,
)
shortages = st.dictionaries(st.sampled_from(CODES), st.sets(st.sampled_from(AREAS)))
unemployments = st.dictionaries(st.sampled_from(CODES), rates)


def short(said, *, then=CUTS):
    return short_areas(said, then=then, now=CUTS)


def found(now, before, unemployment):
    return severe(now, before, unemployment=unemployment, cuts=SEVERE)


@pytest.mark.parametrize("number", range(6))
def test_severe_is_short_in_four_areas_twice_running(number):
    areas = AREAS[:number]

    said = is_severe("2221", short_now=areas, short_before=areas, unemployment=0.02, cuts=SEVERE)

    assert said is (number >= 4)


@pytest.mark.parametrize(
    "changed",
    [
        {"short_now": AREAS[:3]},
        {"short_before": AREAS[:3]},
        {"short_now": AREAS[:4], "short_before": AREAS[1:]},
        {"unemployment": 0.026},
        {"unemployment": None},
        {"code": "5223"},
    ],
    ids=["now", "before", "in the same areas", "few unemployed", "a known rate", "an education"],
)
def test_severe_asks_for_all_of_it(changed):
    everything = {"code": "2221", "short_now": AREAS, "short_before": AREAS, "unemployment": 0.025}

    def said(code, **told):
        return is_severe(code, **told, cuts=SEVERE)

    assert said(**everything)
    assert not said(**everything | changed)


@pytest.mark.parametrize(
    ("code", "expected"),
    [("2", True), ("22", True), ("5120", True), ("512", False), ("5", False), ("9112", False)],
)
def test_a_wider_group_takes_an_education_where_all_of_its_work_does(code, expected):
    assert SEVERE.takes_an_education(code) is expected


def test_bornholm_as_an_area_of_its_own_does_not_count():
    said = [Told("2221", area, Balance.SHORTAGE, 0.01) for area in ("rar-bornholm", "rar-fyn")]

    assert short(said) == {"2221": {"rar-fyn"}}


@pytest.mark.parametrize(
    ("category", "then", "unemployment", "expected"),
    [
        (Balance.PROBLEMS, ANSWERS_ALONE, 0.03, True),
        (Balance.PROBLEMS, ANSWERS_ALONE, 0.031, False),
        (Balance.PROBLEMS, ANSWERS_ALONE, None, False),
        (Balance.PROBLEMS, CUTS, 0.01, False),
        (Balance.PARADOX, CUTS, 0.01, False),
        (Balance.SHORTAGE, CUTS, 0.09, True),
    ],
    ids=["low", "high", "not known", "said by people", "paradox", "shortage said by people"],
)
def test_what_an_older_rule_said_is_judged_by_the_cut_of_the_newer(category, then, unemployment, expected):
    """Only where it could not say more: what people have said is left as it is."""
    said = [Told("2221", "sjaelland", category, unemployment)]

    assert bool(short(said, then=then)) is expected


def test_by_a_rule_that_knows_no_unemployment_nothing_is_short():
    said = [Told("2221", area, Balance.PROBLEMS, 0.01) for area in AREAS]

    assert short_areas(said, then=ANSWERS_ALONE, now=ANSWERS_ALONE) == {}


@given(shortages, shortages, unemployments, st.sampled_from(CODES), st.sampled_from(AREAS))
def test_another_area_short_never_makes_a_shortage_less_than_severe(now, before, unemployment, code, area):
    more = {**now, code: now.get(code, set()) | {area}}
    earlier = {**before, code: before.get(code, set()) | {area}}

    for one, other in ((more, before), (now, earlier), (more, earlier)):
        assert found(now, before, unemployment) <= found(one, other, unemployment)


@given(shortages, shortages, st.dictionaries(st.sampled_from(CODES), st.floats(0, 0.1)), st.floats(0, 1))
def test_fewer_unemployed_never_make_a_shortage_less_than_severe(now, before, unemployment, share):
    fewer = {code: rate * share for code, rate in unemployment.items()}

    assert found(now, before, unemployment) <= found(now, before, fewer)


@given(told, told, unemployments, st.data())
def test_what_is_said_of_others_changes_nothing_of_an_occupation(now, before, unemployment, data):
    code = data.draw(st.sampled_from(CODES))
    [now_alone, before_alone] = [[one for one in said if one.occupation == code] for said in (now, before)]

    together = found(short(now), short(before), unemployment)
    alone = found(short(now_alone), short(before_alone), unemployment)

    assert together & {code} == alone


@given(told, told, unemployments, st.randoms())
def test_areas_can_be_asked_in_any_order(now, before, unemployment, drawn):
    shuffled = drawn.sample(now, len(now)), drawn.sample(before, len(before))

    assert found(*map(short, shuffled), unemployment) == found(short(now), short(before), unemployment)


@pytest.mark.parametrize("wrong", [{"areas": 0}, {"unemployment": 0}, {"unemployment": 1}])
def test_cuts_that_cannot_be_are_refused(wrong):
    with pytest.raises(ValueError, match="cut"):
        SevereCuts(**{"areas": 4, "unemployment": 0.025, "educated": ["2"], **wrong})
