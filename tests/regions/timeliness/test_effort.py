"""First offers, time in offers, full-time persons and where spells lead: counted as by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from regions.timeliness import effort
from regions.timeliness.deadlines import Activity, Event, Spell
from regions.timeliness.models import Spell as SpellRow
from tests.regions.timeliness.making import deliver, store_spells

FIRST, LAST = date(2025, 1, 1), date(2025, 3, 31)
BEGAN = date(2025, 1, 10)


def offer(day: date, *, days: int = 28) -> Activity:
    return Activity(
        event=Event.OFFER, kind="work_trial", starts_on=day, ends_on=day + timedelta(days=days - 1)
    )


@pytest.fixture
def store(koege, group):
    """Stores spells of Køge whose data reach to the middle of 2026, or to another day."""

    def do(*spells: Spell, until: date = date(2026, 6, 30), exits: tuple[str, ...] = ()) -> list[SpellRow]:
        delivery = deliver(koege.jobcentre, until=until)
        return store_spells(spells, delivery=delivery, group=group, exits=exits)

    return do


def shares(told: list[effort.Told]) -> dict[str, tuple[int | None, int | None]]:
    return {one.measure: (one.numerator, one.denominator) for one in told}


def test_only_spells_that_still_go_on_at_the_mark_are_asked(store):
    store(
        Spell(starts_on=BEGAN, activities=[offer(BEGAN + timedelta(days=7))]),
        Spell(starts_on=BEGAN, ends_on=date(2025, 2, 20)),
        Spell(starts_on=BEGAN, activities=[offer(BEGAN + timedelta(days=8))]),
    )

    found = shares(effort.first_offers(first=FIRST, last=LAST))

    assert found["first_offer_within_1_day"] == (0, 3)
    assert found["first_offer_within_1_week"] == (1, 3)
    assert found["first_offer_within_1_month"] == (2, 3)
    assert found["first_offer_within_2_months"] == (2, 2)
    assert found["first_offer_within_12_months"] == (2, 2)


def test_weeks_to_the_first_offer_are_a_mean_over_those_who_had_one_within_a_year(store):
    store(
        Spell(starts_on=BEGAN, activities=[offer(BEGAN + timedelta(days=14)), offer(date(2025, 9, 1))]),
        Spell(starts_on=BEGAN, activities=[offer(BEGAN + timedelta(days=28))]),
        Spell(starts_on=BEGAN, activities=[offer(date(2026, 3, 1))]),
        Spell(starts_on=BEGAN),
    )

    [weeks] = [
        one for one in effort.first_offers(first=FIRST, last=LAST) if one.measure == "weeks_to_first_offer"
    ]

    assert (weeks.value, weeks.denominator, weeks.quarter) == (3.0, None, FIRST)


def test_a_mark_that_some_of_the_quarter_have_not_reached_is_not_told(store):
    store(Spell(starts_on=BEGAN), until=date(2025, 6, 30))

    assert set(shares(effort.first_offers(first=FIRST, last=LAST))) == {
        "first_offer_within_1_day",
        "first_offer_within_1_week",
        "first_offer_within_1_month",
        "first_offer_within_2_months",
        "first_offer_within_3_months",
    }


def test_time_in_offers_and_full_time_persons_by_the_day(store):
    """90 days in the quarter; one whole, one of 45 days; offers of 30 and of 45 days."""
    whole = Spell(starts_on=date(2024, 6, 1), activities=[offer(date(2025, 3, 2), days=60)])
    half = Spell(
        starts_on=date(2024, 6, 1),
        ends_on=date(2025, 2, 14),
        activities=[offer(date(2024, 12, 1), days=90), offer(date(2025, 1, 1), days=45)],
    )
    store(whole, half, Spell(starts_on=date(2024, 1, 1), ends_on=date(2024, 12, 31)))

    told = effort.on_benefit(first=FIRST, last=LAST)

    assert shares(told)["activation_degree"] == (30 + 45, 90 + 45)
    assert shares(told)["activated_share"] == (2, 2)
    [persons] = [one for one in told if one.measure == "full_time_persons"]
    assert persons.value == 1.5


def test_an_offer_of_fewer_hours_counts_in_proportion(store):
    [row] = store(Spell(starts_on=date(2024, 6, 1), activities=[offer(FIRST, days=74)]))
    row.activities.update(hours=18.5)

    assert shares(effort.on_benefit(first=FIRST, last=LAST))["activation_degree"] == (37, 90)


def test_a_person_with_two_spells_is_one_person(store, koege):
    one, other = store(
        Spell(starts_on=date(2024, 6, 1), ends_on=date(2025, 1, 10)), Spell(starts_on=date(2025, 2, 1))
    )
    SpellRow.objects.filter(pk=other.pk).update(person=one.person)

    assert shares(effort.on_benefit(first=FIRST, last=LAST))["activated_share"] == (0, 1)


def test_a_quarter_the_data_do_not_tell_to_the_end_is_left_out(store):
    store(Spell(starts_on=date(2024, 6, 1)), until=date(2025, 3, 30))

    assert effort.on_benefit(first=FIRST, last=LAST) == []


def test_whoever_comes_back_before_the_mark_and_stays_has_not_left(store):
    ended = Spell(starts_on=date(2024, 6, 1), ends_on=date(2025, 1, 31))
    _left, back, _later = store(ended, ended, Spell(starts_on=date(2025, 5, 1)), exits=("job", "job", ""))
    SpellRow.objects.filter(starts_on=date(2025, 5, 1)).update(person=back.person)

    found = shares(effort.exits(first=FIRST, last=LAST))

    assert found == {
        "exit_to_job_6_months": (1, 2),
        "exit_to_job_12_months": (1, 2),
        "exit_to_education_6_months": (0, 2),
        "exit_to_education_12_months": (0, 2),
    }


def test_whoever_was_back_for_a_while_and_is_off_again_at_the_mark_has_left(store):
    ended = Spell(starts_on=date(2024, 6, 1), ends_on=date(2025, 1, 31))
    left, back = store(
        ended, Spell(starts_on=date(2025, 5, 1), ends_on=date(2025, 7, 30)), exits=("education", "other")
    )
    SpellRow.objects.filter(pk=back.pk).update(person=left.person)

    assert shares(effort.exits(first=FIRST, last=LAST))["exit_to_education_6_months"] == (1, 1)
