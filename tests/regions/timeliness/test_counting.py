"""The database counts deadlines as the pure arithmetic does, for spells of every kind."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regions.timeliness import counting
from regions.timeliness.deadlines import Fate, verdicts
from tests.regions.timeliness.inventing import FIRST, rules, spells
from tests.regions.timeliness.making import deliver, store_rule, store_spells

ALWAYS = (date(2020, 1, 1), date(2030, 1, 1))


class _Undone(Exception):
    """Ends an example: nothing of it is kept."""


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    invented=st.lists(spells(), min_size=1, max_size=12),
    said=st.lists(rules(), min_size=1, max_size=4),
    until=st.integers(0, 900).map(lambda days: FIRST + timedelta(days=days)),
)
def test_every_deadline_of_every_spell_is_judged_alike(koege, result_measure, group, invented, said, until):
    try:
        with transaction.atomic():
            rows = [
                store_rule(rule, code=f"rule-{number}", measure=result_measure, group=group)
                for number, rule in enumerate(said)
            ]
            stored = store_spells(invented, delivery=deliver(koege.jobcentre, until=until), group=group)
            found = counting.each(rules=[row.pk for row in rows], first=ALWAYS[0], last=ALWAYS[1])
            raise _Undone
    except _Undone:
        pass

    assert sorted(
        (one.spell, one.rule, one.anchor, one.due_on, one.is_timely, one.days_late or 0) for one in found
    ) == sorted(
        (spell.pk, row.pk, one.anchor, one.due_on, one.fate is Fate.TIMELY, one.days_late or 0)
        for spell, pure in zip(stored, invented, strict=True)
        for row, rule in zip(rows, said, strict=True)
        for one in verdicts(pure, rule, as_of=until)
        if one.fate in (Fate.TIMELY, Fate.LATE)
    )
