"""Words that may prefer some people unlawfully: every reviewed example, and that nothing else is held."""

import tomllib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employers.vacancies.demo import JOBS
from employers.vacancies.wording import Ground, pieces, rules, unlawful_preferences

FINDS = [(rule.ground, text) for rule in rules().preferences for text in rule.finds]
PASSES = sorted({text for rule in (*rules().preferences, *rules().allowed) for text in rule.passes})


@pytest.mark.parametrize(("ground", "text"), FINDS)
def test_what_prefers_somebody_is_found(ground, text):
    assert ground in {one.ground for one in unlawful_preferences(text)}


@pytest.mark.parametrize("text", PASSES)
def test_what_only_looks_like_it_passes(text):
    assert unlawful_preferences(text) == []


@pytest.mark.parametrize("text", ["Vi er en ung virksomhed", "Handicaphjælper søges til ung mand i Køge"])
def test_a_young_company_and_help_for_the_disabled_are_nobodys_preference(text):
    assert "ung virksomhed" not in [one.words for one in unlawful_preferences(text)]
    assert Ground.DISABILITY not in {one.ground for one in unlawful_preferences(text)}


def test_every_ground_has_words_and_every_rule_is_reviewed():
    assert {rule.ground for rule in rules().preferences} == set(Ground)
    for rule in rules().preferences:
        assert rule.finds, rule.pattern.pattern
        assert rule.passes, rule.pattern.pattern


def test_no_ordinary_advertisement_is_held():
    told = tomllib.loads(JOBS.read_text(encoding="utf-8"))
    lines = [*told["offers"], *told["apply"]]
    for job in told["job"]:
        lines += [*job["titles"], *job["work"], *job["wanted"]]

    assert [line for line in lines if unlawful_preferences(line)] == []


def test_the_words_are_pointed_out_where_they_stand():
    text = "Du bager brød.\nVi søger en ung mand til holdet."

    found = [piece for piece in pieces(text) if piece.ground]

    assert "".join(piece.text for piece in pieces(text)) == text
    assert len(found) == 1
    assert "ung" in found[0].text


@given(st.text(alphabet=st.sampled_from("ungemadskiør søger20-35 år.\n\u202e😀<>&"), max_size=400))
def test_any_text_comes_back_whole_and_what_is_found_does_not_overlap(text):
    assert "".join(piece.text for piece in pieces(text)) == text
    found = unlawful_preferences(text)
    assert all(text[one.start : one.end] == one.words for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
