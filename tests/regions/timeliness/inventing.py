"""Spells and rules of every kind, for what must be true of all of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from regions.timeliness.deadlines import Activity, Anchor, Event, Exemption, Rule, Span, Spell

FIRST = date(2024, 1, 1)
OFFERS = ("work_trial", "wage_subsidy", "section_91")
REASONS = ("sick", "leave", "work")
LENGTHS = ("P5D", "P1W", "P1M", "P3M", "P6M")


def days(most: int) -> st.SearchStrategy[timedelta]:
    return st.integers(0, most).map(lambda number: timedelta(days=number))


@st.composite
def activities(draw: Any, starts_on: date, length: int) -> Activity:
    day = starts_on + draw(days(length))
    if draw(st.booleans()):
        kind = draw(st.sampled_from(["jobcentre", "fund"]))
        return Activity(event=Event.INTERVIEW, kind=kind, starts_on=day, ends_on=day)
    given_on = draw(st.none() | days(40).map(lambda before: day - before))
    return Activity(
        event=Event.OFFER,
        kind=draw(st.sampled_from(OFFERS)),
        starts_on=day,
        ends_on=day + draw(days(40)),
        given_on=given_on,
    )


@st.composite
def spells(draw: Any) -> Spell:
    """A spell of up to two years that begins in one; its exempt periods do not overlap."""
    starts_on = FIRST + draw(days(365))
    length = draw(st.integers(0, 730))
    exemptions, day = [], starts_on - timedelta(days=20)
    for _ in range(draw(st.integers(0, 3))):
        first = day + draw(days(150))
        is_open = draw(st.integers(0, 9)) == 0
        last = first + draw(days(120))
        exemptions.append(
            Exemption(
                reason=draw(st.sampled_from(REASONS)), starts_on=first, ends_on=None if is_open else last
            )
        )
        if is_open:
            break
        day = last + timedelta(days=1)
    return Spell(
        starts_on=starts_on,
        ends_on=draw(st.none() | st.just(starts_on + timedelta(days=length))),
        registered_on=draw(st.none() | days(30).map(lambda before: starts_on - before)),
        activities=draw(st.lists(activities(starts_on, length), max_size=6)),
        exemptions=exemptions,
    )


@st.composite
def rules(draw: Any) -> Rule:
    event = draw(st.sampled_from(Event))
    is_offer = event is Event.OFFER
    reasons = draw(st.lists(st.sampled_from(REASONS), unique=True))
    half = draw(st.integers(0, len(reasons)))
    valid_from = FIRST + draw(days(200))
    return Rule(
        event=event,
        duty=draw(st.sampled_from(["jobcentre", "fund"])),
        anchor=draw(st.sampled_from(Anchor)),
        offset=Span.parse(draw(st.sampled_from(LENGTHS))),
        required=draw(st.integers(1, 3)),
        window=draw(st.none() | st.sampled_from(LENGTHS).map(Span.parse)),
        least_days=draw(st.sampled_from([0, 14])) if is_offer else 0,
        grace_days=draw(st.sampled_from([0, 21])) if is_offer else 0,
        grace_kinds=frozenset(draw(st.sets(st.sampled_from(OFFERS)))) if is_offer else frozenset(),
        not_counted=frozenset(draw(st.sets(st.sampled_from(OFFERS)))) if is_offer else frozenset(),
        pauses=frozenset(reasons[:half]),
        shifts=frozenset(reasons[half:]),
        resumes=Span.parse(draw(st.sampled_from(LENGTHS))),
        valid_from=valid_from,
        valid_to=draw(st.none() | st.just(valid_from + timedelta(days=300))),
    )
