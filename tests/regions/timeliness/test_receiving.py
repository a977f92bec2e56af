"""Spells into their tables: what a file would change, a window that is replaced, and nothing done twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from psycopg.errors import CheckViolation

from regions.timeliness.lines import ActivityLine, ExemptionLine, SpellLine, Window
from regions.timeliness.models import Activity, Counting, Exemption, Spell, SpellDelivery
from regions.timeliness.receiving import Origin, compare, receive

FIRST_HALF = Window(date(2026, 1, 1), date(2026, 6, 30))


def spell(number: int, starts_on: date = date(2026, 1, 5), **fields) -> SpellLine:
    return SpellLine(
        **{
            "line": number,
            "person": f"invented-person-{number:06d}",
            "group": "ready_for_work",
            "starts_on": starts_on,
            "ends_on": None,
            "registered_on": None,
            "exit_to": "",
            "activities": [ActivityLine("interview", "jobcentre", starts_on, starts_on)],
            "exemptions": [ExemptionLine("sick", date(2026, 3, 1), date(2026, 3, 9))],
            **fields,
        }
    )


@pytest.fixture
def take_in(koege, measures):
    def do(*spells: SpellLine, window: Window = FIRST_HALF, of=koege) -> SpellDelivery | None:
        origin = Origin(file_name="forløb.csv", digest="0" * 64, window=window)
        return receive(spells, jobcentre=of.jobcentre, origin=origin)

    return do


def numbers(delivery: SpellDelivery | None) -> tuple[int, int, int, int]:
    assert delivery
    return delivery.added, delivery.changed, delivery.removed, delivery.unchanged


def test_spells_are_stored_with_all_that_belongs_to_them(take_in, koege):
    delivery = take_in(spell(1), spell(2, ends_on=date(2026, 5, 1), exit_to="job"))

    assert numbers(delivery) == (2, 0, 0, 0)
    stored = Spell.objects.visible_to(koege.jobcentre).order_by("person")
    assert [(one.ends_on, one.exit_to) for one in stored] == [(None, ""), (date(2026, 5, 1), "job")]
    assert Activity.objects.filter(spell=stored[0], kind="jobcentre").count() == 1
    assert Exemption.objects.get(spell=stored[1]).number == 1


def test_the_same_file_again_changes_nothing_and_is_no_delivery(take_in):
    take_in(spell(1), spell(2))
    kept = list(Spell.objects.values_list("pk", flat=True))

    assert take_in(spell(1), spell(2)) is None
    assert list(Spell.objects.values_list("pk", flat=True)) == kept
    assert Counting.objects.count() == 1


def test_the_same_spells_reaching_further_are_a_delivery(take_in):
    take_in(spell(1))

    delivery = take_in(spell(1), window=Window(date(2026, 1, 1), date(2026, 9, 30)))

    assert numbers(delivery) == (0, 0, 0, 1)


def test_what_differs_is_replaced_and_what_is_not_told_any_more_goes(take_in, koege):
    take_in(spell(1), spell(2), spell(3))
    same = Spell.objects.get(person=spell(1).person).pk

    delivery = take_in(spell(1), spell(2, activities=[]), spell(4))

    assert numbers(delivery) == (1, 1, 1, 1)
    assert Spell.objects.get(person=spell(1).person).pk == same
    assert not Activity.objects.filter(spell__person=spell(2).person).exists()
    assert {one.person for one in Spell.objects.all()} == {spell(number).person for number in (1, 2, 4)}


def test_spells_outside_the_window_stay(take_in):
    before = spell(1, date(2025, 1, 1), ends_on=date(2025, 12, 31), exemptions=[])
    take_in(before, window=Window(date(2025, 1, 1), date(2025, 12, 31)))

    assert numbers(take_in(spell(2))) == (1, 0, 0, 0)
    assert Spell.objects.filter(person=before.person).exists()


def test_a_spell_that_was_thought_over_and_goes_on_is_changed_and_not_doubled(take_in):
    over = spell(1, date(2025, 1, 1), ends_on=date(2025, 12, 31), exemptions=[])
    take_in(over, window=Window(date(2025, 1, 1), date(2025, 12, 31)))

    assert numbers(take_in(replace(over, ends_on=None))) == (0, 1, 0, 0)


def test_one_jobcentres_file_touches_no_others_spells(take_in, roskilde):
    take_in(spell(1), of=roskilde)

    assert numbers(take_in(spell(1))) == (1, 0, 0, 0)
    assert numbers(take_in(spell(2))) == (1, 0, 1, 0)
    assert Spell.objects.visible_to(roskilde.jobcentre).count() == 1


def test_trying_writes_nothing(take_in, koege):
    take_in(spell(1))

    found = compare([spell(2)], jobcentre=koege.jobcentre, window=FIRST_HALF)

    assert (found.number("added"), found.number("removed"), found.is_empty) == (1, 1, False)
    assert [one.person for one in Spell.objects.all()] == [spell(1).person]


def test_the_database_refuses_a_key_that_is_a_number(take_in):
    with pytest.raises(CheckViolation, match="spell_key_is_no_cpr_number"):
        take_in(spell(1, person="0101801234010180"))
