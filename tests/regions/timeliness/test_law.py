"""The rules the portal comes with: which there are, from when to when, and that each was read somewhere."""

from __future__ import annotations

from datetime import date

import pytest

from jobcenter.runtime.csvlines import Unreadable
from regions.timeliness.deadlines import Activity, Event, Fate, Span, Spell, verdicts
from regions.timeliness.load import RULES, load_rules
from regions.timeliness.models import DeadlineRule

LAST_DAY, FIRST_DAY_OF_THE_REFORM = date(2026, 6, 30), date(2026, 7, 1)


def test_what_was_read_is_there_and_nothing_else(law_in_force):
    assert {(code, year) for code, _group, year in law_in_force} == {
        ("fund_first_interview", 2024),
        ("fund_interviews", 2024),
        ("first_interview", 2024),
        ("interviews", 2024),
        ("offer", 2024),
        ("first_interview", 2018),
        ("interviews", 2018),
        ("interviews", 2010),
    }
    assert {group for code, group, year in law_in_force if (code, year) == ("offer", 2024)} == {
        "unemployment_benefit",
        "ready_for_work",
        "ready_for_activity",
    }
    assert len([group for code, group, year in law_in_force if (code, year) == ("interviews", 2024)]) == 9


def test_every_rule_ends_with_what_was_read_and_names_where(law_in_force):
    assert not DeadlineRule.objects.filter(valid_to=None).exists()
    assert not DeadlineRule.objects.valid(FIRST_DAY_OF_THE_REFORM).exists()
    assert DeadlineRule.objects.valid(LAST_DAY).count() == len(
        [year for _code, _group, year in law_in_force if year == 2024]
    )
    assert not DeadlineRule.objects.filter(read_in="").exists()


def test_loading_again_changes_nothing(law_in_force):
    [merged] = load_rules()

    assert (merged.added, merged.changed, merged.unchanged) == (0, 0, len(law_in_force))
    assert not merged.refusals


def test_two_versions_on_one_day_are_refused(law_in_force, tmp_path):
    said = RULES.read_text(encoding="utf-8")
    twice = tmp_path / "rules.toml"
    twice.write_text(said.replace("valid_to = 2019-01-01", "valid_to = 2025-01-01"), encoding="utf-8")

    with pytest.raises(Unreadable, match="two versions of “first_interview” hold on 2024-03-01"):
        load_rules(twice)


def test_a_file_that_leaves_something_out_is_refused(law_in_force, tmp_path):
    without = tmp_path / "rules.toml"
    without.write_text(RULES.read_text(encoding="utf-8").replace('read_in = "', 'read = "'), encoding="utf-8")

    with pytest.raises(Unreadable, match="read_in"):
        load_rules(without)


def test_right_and_duty_reads_the_row_as_the_law_says(law_in_force):
    rule = law_in_force["offer", "ready_for_work", 2024].rule

    assert (rule.offset, rule.least_days, rule.grace_days) == (Span(months=6), 14, 21)
    kept = Activity(
        event=Event.OFFER,
        kind="wage_subsidy",
        starts_on=date(2025, 7, 15),
        ends_on=date(2025, 12, 31),
        given_on=date(2025, 6, 30),
    )
    spell = Spell(starts_on=date(2025, 1, 1), activities=[kept])
    [verdict] = verdicts(spell, rule, as_of=LAST_DAY)
    assert verdict.fate is Fate.TIMELY
