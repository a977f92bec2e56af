"""Which candidates fit a vacancy: examples, and what must hold of any."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employers.referrals import matching
from employers.referrals.matching import Candidate, Ground, Position, match, rank
from employers.referrals.models import Skill
from employers.referrals.skills import WORDS, mentioned

POSITION = Position("8142", frozenset({"machines", "forklift"}), 37, date(2026, 12, 1))
FITTING = Candidate("K-222222", "8142", frozenset({"machines", "forklift"}), 0, 30, 30, 37, date(2026, 11, 1))

skills = st.frozensets(st.sampled_from(sorted(WORDS)), max_size=5)
codes = st.sampled_from(["8", "81", "814", "8142", "814210", "8189", "9329", "2512", "251210"])
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
positions = st.builds(Position, occupation=codes, skills=skills, hours=st.integers(1, 48), starts_on=days)
candidates = st.builds(
    Candidate,
    reference=st.text("23456789", min_size=6, max_size=6),
    occupation=codes,
    skills=skills,
    kilometres=st.integers(0, 400),
    reach=st.integers(5, 200),
    fewest_hours=st.integers(1, 20),
    most_hours=st.integers(20, 48),
    from_day=days,
)


def test_who_fits_on_every_ground_has_all_points():
    found = match(POSITION, FITTING)

    assert [reason.points for reason in found.reasons] == [100] * 5
    assert found.points == 100 * sum(matching.WEIGHTS.values())


@pytest.mark.parametrize(
    ("code", "points"),
    [("8142", 100), ("814210", 85), ("8141", 55), ("8189", 30), ("8322", 10), ("9329", 0)],
)
def test_occupations_are_nearer_the_more_first_digits_they_share(code, points):
    assert match(POSITION, replace(FITTING, occupation=code)).on(Ground.OCCUPATION).points == points


@pytest.mark.parametrize(
    ("changes", "ground", "points", "number"),
    [
        ({"skills": frozenset({"forklift"})}, Ground.SKILLS, 50, 1),
        ({"kilometres": 30}, Ground.TRAVEL, 50, 30),
        ({"kilometres": 45}, Ground.TRAVEL, 25, 45),
        ({"most_hours": 30}, Ground.HOURS, 53, 7),
        ({"from_day": date(2026, 12, 31)}, Ground.START, 50, 30),
    ],
)
def test_what_fits_less_gives_fewer_points_and_its_number(changes, ground, points, number):
    reason = match(POSITION, replace(FITTING, **changes)).on(ground)

    assert (reason.points, reason.number) == (points, number)


def test_nobody_is_proposed_for_other_work_or_from_too_far_away():
    other = replace(FITTING, reference="K-other", occupation="2512", skills=frozenset())
    far = replace(FITTING, reference="K-far", kilometres=61)

    assert [found.reference for found in rank(POSITION, [other, far, FITTING])] == ["K-222222"]


def test_the_grounds_are_five_and_no_other_field_is_known():
    """A field more is a decision to be made again: it could stand for age, sex or origin."""
    assert [one.name for one in fields(Candidate)] == [
        *("reference", "occupation", "skills", "kilometres", "reach"),
        *("fewest_hours", "most_hours", "from_day"),
    ]
    assert {str(ground) for ground in Ground} == set(matching.WEIGHTS)


@given(positions, st.lists(candidates, max_size=5, unique_by=lambda one: one.reference))
def test_the_order_does_not_depend_on_how_they_come(position, found):
    assert rank(position, reversed(found)) == rank(position, found)


@given(positions, candidates, st.data())
def test_better_on_one_ground_is_never_ranked_lower(position, candidate, data):
    digits = matching.digits_in_common(position.occupation, candidate.occupation)
    better = data.draw(
        st.sampled_from(
            [
                {"occupation": position.occupation},
                {"occupation": max(position.occupation[: digits + 1], candidate.occupation[:digits])},
                {"skills": candidate.skills | data.draw(skills)},
                {"kilometres": data.draw(st.integers(0, int(candidate.kilometres)))},
                {"reach": data.draw(st.integers(int(candidate.reach), 400))},
                {"fewest_hours": data.draw(st.integers(1, int(candidate.fewest_hours)))},
                {"most_hours": data.draw(st.integers(int(candidate.most_hours), 60))},
                {"from_day": candidate.from_day - timedelta(days=data.draw(st.integers(0, 400)))},
            ]
        )
    )
    improved = replace(candidate, reference="K-better", **better)

    assert match(position, improved).points >= match(position, candidate).points
    assert matching.fits(position, improved) or not matching.fits(position, candidate)


@given(positions, candidates, st.text(max_size=8))
def test_the_reference_gives_no_points(position, candidate, reference):
    renamed = match(position, replace(candidate, reference=reference))

    assert renamed.reasons == match(position, candidate).reasons


def test_every_skill_that_can_be_chosen_has_words_to_be_found_by():
    assert set(WORDS) == set(Skill.values)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Du har truckcertifikat og kørekort til bil.", {"forklift", "licence_b"}),
        ("Procesoperatør til ekstrudering", {"machines"}),
        ("Unge danske mænd søges", set()),
        ("Bogholder med styr på Excel", {"bookkeeping", "spreadsheets"}),
    ],
)
def test_the_skills_an_advertisement_mentions(text, found):
    assert mentioned(text) == found
