"""The law's deadlines for one spell: when they are due, what counts, and what exempt periods do to them."""

from __future__ import annotations

import doctest
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given

from regions.timeliness import deadlines
from regions.timeliness.deadlines import (
    Activity,
    Anchor,
    Event,
    Exemption,
    Fate,
    Rule,
    Span,
    Spell,
    due_day,
    verdicts,
)
from tests.regions.timeliness.inventing import rules, spells

LATER = date(2026, 6, 30)

INTERVIEWS = Rule(
    event=Event.INTERVIEW,
    duty="jobcentre",
    anchor=Anchor.SPELL,
    offset=Span.parse("P6M"),
    required=2,
    pauses=frozenset({"sick"}),
    valid_from=date(2024, 3, 1),
    valid_to=date(2026, 7, 1),
)
RIGHT_AND_DUTY = Rule(
    event=Event.OFFER,
    duty="jobcentre",
    anchor=Anchor.SPELL,
    offset=Span.parse("P6M"),
    least_days=14,
    grace_days=21,
    grace_kinds=frozenset({"wage_subsidy"}),
    not_counted=frozenset({"section_91"}),
    shifts=frozenset({"sick"}),
    resumes=Span.parse("P1M"),
    valid_from=date(2024, 3, 1),
)


def interview(day: date, by: str = "jobcentre") -> Activity:
    return Activity(event=Event.INTERVIEW, kind=by, starts_on=day, ends_on=day)


def offer(day: date, *, days: int = 28, kind: str = "work_trial", given: date | None = None) -> Activity:
    last = day + timedelta(days=days - 1)
    return Activity(event=Event.OFFER, kind=kind, starts_on=day, ends_on=last, given_on=given)


def sick(first: date, last: date | None) -> Exemption:
    return Exemption(reason="sick", starts_on=first, ends_on=last)


def only(spell: Spell, rule: Rule, *, as_of: date = LATER) -> deadlines.Verdict:
    [verdict] = verdicts(spell, rule, as_of=as_of)
    return verdict


def test_the_examples_in_the_module_are_true():
    assert doctest.testmod(deadlines).failed == 0


@pytest.mark.parametrize(
    ("text", "day", "after"),
    [
        ("P1W", date(2025, 2, 25), date(2025, 3, 4)),
        ("P14D", date(2024, 2, 20), date(2024, 3, 5)),
        ("P1M", date(2025, 1, 31), date(2025, 2, 28)),
        ("P6M", date(2025, 8, 31), date(2026, 2, 28)),
        ("P12M", date(2024, 2, 29), date(2025, 2, 28)),
    ],
)
def test_a_span_leads_to_the_same_day_or_the_last_of_a_shorter_month(text, day, after):
    assert Span.parse(text).after(day) == after


@pytest.mark.parametrize("text", ["", "6M", "P0M", "P6", "P1Y", "P6M2D"])
def test_what_is_no_span_is_refused(text):
    with pytest.raises(ValueError, match="no length of time"):
        Span.parse(text)


def test_enough_interviews_by_the_due_day_are_in_time():
    spell = Spell(
        starts_on=date(2025, 1, 1), activities=[interview(date(2025, 3, 1)), interview(date(2025, 7, 1))]
    )

    verdict = only(spell, INTERVIEWS)

    assert (verdict.due_on, verdict.fate) == (date(2025, 7, 1), Fate.TIMELY)


def test_a_day_too_late_is_late_by_a_day():
    spell = Spell(
        starts_on=date(2025, 1, 1), activities=[interview(date(2025, 3, 1)), interview(date(2025, 7, 2))]
    )

    verdict = only(spell, INTERVIEWS)

    assert (verdict.fate, verdict.days_late) == (Fate.LATE, 1)


def test_what_has_never_been_done_is_late_without_a_number():
    verdict = only(Spell(starts_on=date(2025, 1, 1), activities=[interview(date(2025, 3, 1))]), INTERVIEWS)

    assert (verdict.fate, verdict.days_late) == (Fate.LATE, None)


def test_the_funds_interviews_are_not_the_jobcentres():
    held = [interview(date(2025, 2, 1), by="fund"), interview(date(2025, 3, 1), by="fund")]

    assert only(Spell(starts_on=date(2025, 1, 1), activities=held), INTERVIEWS).fate is Fate.LATE


@pytest.mark.parametrize(
    ("last", "fate"), [(date(2025, 6, 30), Fate.OVER), (date(2025, 7, 1), Fate.LATE), (None, Fate.LATE)]
)
def test_nothing_is_owed_to_whoever_has_left_before_the_due_day(last, fate):
    assert only(Spell(starts_on=date(2025, 1, 1), ends_on=last), INTERVIEWS).fate is fate


def test_what_is_due_after_the_data_end_is_not_yet_due():
    spell = Spell(starts_on=date(2025, 1, 1))

    assert only(spell, INTERVIEWS, as_of=date(2025, 6, 30)).fate is Fate.NOT_YET_DUE
    assert only(spell, INTERVIEWS, as_of=date(2025, 7, 1)).fate is Fate.LATE


def test_time_stands_still_in_a_pause_and_a_second_pause_that_is_reached_by_it_counts_too():
    first, second = (
        sick(date(2025, 6, 1), date(2025, 6, 10)),
        sick(date(2025, 7, 5), date(2025, 7, 9)),
    )

    assert due_day(date(2025, 1, 1), INTERVIEWS, [first]) == date(2025, 7, 11)
    assert due_day(date(2025, 1, 1), INTERVIEWS, [second]) == date(2025, 7, 1)
    assert due_day(date(2025, 1, 1), INTERVIEWS, [second, first]) == date(2025, 7, 16)


def test_only_the_days_of_a_pause_after_the_anchor_count():
    before_and_after = sick(date(2024, 12, 20), date(2025, 1, 3))

    assert due_day(date(2025, 1, 1), INTERVIEWS, [before_and_after]) == date(2025, 7, 4)
    assert due_day(date(2025, 1, 1), INTERVIEWS, [sick(date(2024, 11, 1), date(2024, 12, 1))]) == date(
        2025, 7, 1
    )


def test_whoever_is_exempt_on_the_due_day_is_due_an_offer_a_month_after_it_ends():
    exempt_then = sick(date(2025, 6, 20), date(2025, 8, 15))
    exempt_before = sick(date(2025, 3, 1), date(2025, 5, 1))

    assert due_day(date(2025, 1, 1), RIGHT_AND_DUTY, [exempt_then]) == date(2025, 9, 15)
    assert due_day(date(2025, 1, 1), RIGHT_AND_DUTY, [exempt_before]) == date(2025, 7, 1)


def test_an_exempt_period_without_an_end_leaves_nothing_due():
    verdict = only(
        Spell(starts_on=date(2025, 1, 1), exemptions=[sick(date(2025, 5, 1), None)]), RIGHT_AND_DUTY
    )

    assert (verdict.fate, verdict.due_on) == (Fate.EXEMPT, None)


@pytest.mark.parametrize(
    ("activity", "fate"),
    [
        (offer(date(2025, 7, 1), days=14), Fate.TIMELY),
        (offer(date(2025, 7, 1), days=13), Fate.LATE),
        (offer(date(2025, 6, 1), kind="section_91"), Fate.LATE),
        (offer(date(2025, 7, 22), kind="wage_subsidy", given=date(2025, 7, 1)), Fate.TIMELY),
        (offer(date(2025, 7, 23), kind="wage_subsidy", given=date(2025, 7, 1)), Fate.LATE),
        (offer(date(2025, 7, 22), kind="wage_subsidy", given=date(2025, 7, 2)), Fate.LATE),
        (offer(date(2025, 7, 22), kind="work_trial", given=date(2025, 7, 1)), Fate.LATE),
    ],
)
def test_which_offers_keep_right_and_duty(activity, fate):
    assert only(Spell(starts_on=date(2025, 1, 1), activities=[activity]), RIGHT_AND_DUTY).fate is fate


def test_the_version_in_force_on_the_anchor_decides_also_when_it_is_due_after_the_law_has_changed():
    last_day, first_day_after = date(2026, 6, 30), date(2026, 7, 1)
    as_of = date(2027, 6, 30)

    assert only(Spell(starts_on=last_day), INTERVIEWS, as_of=as_of).due_on == date(2026, 12, 30)
    assert verdicts(Spell(starts_on=first_day_after), INTERVIEWS, as_of=as_of) == []


def test_each_interview_begins_the_time_anew_where_the_rule_says_so():
    every_three_months = replace(
        INTERVIEWS, anchor=Anchor.PREVIOUS, offset=Span.parse("P3M"), required=1, pauses=frozenset()
    )
    spell = Spell(
        starts_on=date(2025, 1, 1),
        ends_on=date(2025, 9, 30),
        activities=[interview(date(2025, 2, 10)), interview(date(2025, 5, 12))],
    )

    found = verdicts(spell, every_three_months, as_of=LATER)

    assert [(one.due_on, one.fate, one.days_late) for one in found] == [
        (date(2025, 4, 1), Fate.TIMELY, None),
        (date(2025, 5, 10), Fate.LATE, 2),
        (date(2025, 8, 12), Fate.LATE, None),
    ]


def test_each_year_is_counted_by_itself():
    yearly = replace(INTERVIEWS, anchor=Anchor.EACH, offset=Span.parse("P12M"), required=1)
    spell = Spell(starts_on=date(2024, 3, 1), activities=[interview(date(2025, 3, 1))])

    assert [one.fate for one in verdicts(spell, yearly, as_of=date(2026, 3, 1))] == [
        Fate.TIMELY,
        Fate.LATE,
        Fate.NOT_YET_DUE,
    ]


def test_only_what_lies_within_the_window_counts():
    windowed = replace(INTERVIEWS, required=1, window=Span.parse("P3M"))

    for day, fate in ((date(2025, 4, 1), Fate.LATE), (date(2025, 4, 2), Fate.TIMELY)):
        spell = Spell(starts_on=date(2025, 1, 1), activities=[interview(day)])
        assert only(spell, windowed).fate is fate


@given(spells(), rules())
def test_whoever_is_given_more_is_never_later(spell, rule):
    """Another interview or offer never makes anything late that was in time."""
    if rule.anchor is Anchor.PREVIOUS:
        return
    more = replace(
        spell,
        activities=[*spell.activities, interview(spell.starts_on), offer(spell.starts_on, days=30)],
    )

    for before, after in zip(
        verdicts(spell, rule, as_of=LATER), verdicts(more, rule, as_of=LATER), strict=True
    ):
        assert before.due_on == after.due_on
        assert before.fate is not Fate.TIMELY or after.fate is Fate.TIMELY


@given(spells(), rules())
def test_an_exempt_period_never_brings_a_deadline_forward(spell, rule):
    without = due_day(spell.starts_on, rule, [])
    moved = due_day(spell.starts_on, rule, spell.exemptions)

    assert without is not None
    assert moved is None or moved >= without


@given(spells(), rules())
def test_what_is_late_has_come_due_while_the_spell_lasted(spell, rule):
    for verdict in verdicts(spell, rule, as_of=LATER):
        if verdict.fate in (Fate.TIMELY, Fate.LATE):
            assert verdict.due_on
            assert verdict.anchor <= verdict.due_on <= LATER
            assert spell.ends_on is None or verdict.due_on <= spell.ends_on
            assert verdict.days_late is None or verdict.days_late > 0
