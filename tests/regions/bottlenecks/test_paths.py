"""Upskilling paths: the nearest occupations of the DISCO tree with people to spare."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regions.bottlenecks.actions.paths import in_common, paths_to, steps_between

codes = st.text(alphabet="123", min_size=4, max_size=4)
people = st.dictionaries(codes, st.integers(0, 400), max_size=12)


def test_the_distance_is_the_number_of_steps_up_to_what_two_have_in_common():
    assert [steps_between("5321", other) for other in ("5321", "5322", "5311", "5120", "8344")] == [
        0,
        1,
        2,
        3,
        4,
    ]
    assert in_common("5321", "5322") == "532"


def test_the_nearest_come_first_then_those_with_most_people():
    found = paths_to("5321", {"5322": 21, "5311": 90, "5312": 40, "5329": 60, "5120": 300, "8344": 500})

    assert [(path.code, path.steps, path.shared) for path in found] == [
        ("5329", 1, "532"),
        ("5322", 1, "532"),
        ("5311", 2, "53"),
        ("5312", 2, "53"),
        ("5120", 3, "5"),
    ]


def test_of_equals_the_lower_code_comes_first():
    assert [path.code for path in paths_to("5321", {"5329": 7, "5322": 7})] == ["5322", "5329"]


def test_the_occupation_itself_and_those_without_people_are_no_path():
    assert paths_to("5321", {"5321": 90, "5322": 0, "8344": 90}) == []


def test_codes_of_another_level_are_refused():
    with pytest.raises(ValueError, match="532"):
        paths_to("5321", {"532": 4})


@given(codes, codes, codes)
def test_the_distance_is_the_same_both_ways_and_never_longer_than_over_a_third(one, other, third):
    assert steps_between(one, other) == steps_between(other, one)
    assert (steps_between(one, other) == 0) == (one == other)
    assert steps_between(one, other) <= max(steps_between(one, third), steps_between(third, other))


@given(codes, people)
def test_paths_grow_longer_and_never_lead_from_the_occupation_itself(code, unemployed):
    found = paths_to(code, unemployed)

    assert [path.steps for path in found] == sorted(path.steps for path in found)
    assert code not in {path.code for path in found}
    assert all(path.unemployed == unemployed[path.code] > 0 for path in found)
    assert all(path.code.startswith(path.shared) and code.startswith(path.shared) for path in found)


@given(codes, people, people)
def test_occupations_with_nothing_in_common_and_those_without_people_change_nothing(code, unemployed, others):
    irrelevant = {
        other: number if other[0] != code[0] else 0
        for other, number in others.items()
        if other not in unemployed
    }

    assert paths_to(code, unemployed | irrelevant) == paths_to(code, unemployed)


@given(codes, people, st.integers(1, 50))
def test_an_occupation_with_more_people_never_falls_behind(code, unemployed, more):
    before = [path.code for path in paths_to(code, unemployed)]
    for place, other in enumerate(before):
        after = [path.code for path in paths_to(code, unemployed | {other: unemployed[other] + more})]
        assert after.index(other) <= place
