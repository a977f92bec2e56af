"""For whom a hire counts, and that the country's number is never more than the hires."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from employers.referrals.credit import CountsFor, Hire, Rule, count, counted_for
from employers.referrals.load import load_credit
from employers.referrals.models import CreditRule

KOEGE, ROSKILDE = 1, 2
BOTH = Rule(date(2007, 1, 1), date(2027, 1, 1), CountsFor.BOTH)
CITIZENS = Rule(date(2027, 1, 1), None, CountsFor.CITIZENS)
RULES = [BOTH, CITIZENS]

hires = st.builds(
    Hire,
    key=st.integers(1, 20),
    on=st.dates(date(2025, 1, 1), date(2029, 1, 1)),
    citizens=st.integers(1, 5),
    companys=st.integers(1, 5),
)


def test_a_hire_across_a_border_counts_for_both_and_once_in_the_country():
    counts = count([Hire(7, date(2026, 5, 1), citizens=ROSKILDE, companys=KOEGE)], RULES)

    assert (counts.of_jobcentre, counts.across) == ({KOEGE: 1, ROSKILDE: 1}, {KOEGE: 1, ROSKILDE: 1})
    assert counts.national == 1


def test_a_hire_at_home_counts_once_and_crosses_nothing():
    counts = count([Hire(7, date(2026, 5, 1), citizens=KOEGE, companys=KOEGE)], RULES)

    assert (counts.of_jobcentre[KOEGE], counts.across[KOEGE], counts.national) == (1, 0, 1)


@pytest.mark.parametrize(
    ("on", "expected"), [(date(2026, 12, 31), {KOEGE, ROSKILDE}), (date(2027, 1, 1), {ROSKILDE})]
)
def test_the_rule_of_the_day_of_the_hire_decides(on, expected):
    assert counted_for(Hire(7, on, citizens=ROSKILDE, companys=KOEGE), RULES) == expected


def test_a_day_without_a_rule_is_not_guessed_at():
    with pytest.raises(ValueError, match="0 rules"):
        count([Hire(7, date(2006, 5, 1), 1, 2)], RULES)


@given(st.lists(hires, max_size=6))
def test_the_country_counts_every_hire_once_however_often_and_in_what_order_it_comes(found):
    each = list({hire.key: hire for hire in found}.values())
    shuffled = [*reversed(each), *each]

    counts = count(shuffled, RULES)

    assert counts.national == len(each)
    shared = sum(len(counted_for(hire, RULES)) == 2 for hire in each)
    assert counts.of_jobcentre.total() == len(each) + shared
    assert counts == count(each, RULES)


def test_one_rule_holds_at_a_time(db):
    load_credit()
    assert [rule.as_rule() for rule in CreditRule.objects.all()] == [
        Rule(date(2007, 1, 1), None, CountsFor.BOTH)
    ]

    with pytest.raises(IntegrityError, match="creditrule_one_at_a_time"), transaction.atomic():
        CreditRule.objects.create(
            valid_from=date(2026, 1, 1) + timedelta(days=1), counts_for="citizens", reason="En gang til"
        )
