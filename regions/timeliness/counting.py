"""How the law's deadlines were kept, counted for the whole country in one statement.

The same arithmetic as `deadlines.py`, asked of a set: the two are held together by a property test over
invented spells. A statement takes some rules, some jobcentres and the days in which what is counted came
due; it gives one row for each rule, jobcentre and quarter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

DEADLINES = """
WITH RECURSIVE

-- The rules, with their lengths of time as the database knows them.
rule AS (
    SELECT id, target_group_id, event, duty, anchor, valid_from, valid_to, required, least_days, grace_days,
        grace_kinds, not_counted, pauses, shifts, "offset"::interval AS length,
        NULLIF("window", '')::interval AS within, COALESCE(NULLIF(resumes, ''), 'P0D')::interval AS resumes
    FROM timeliness_deadlinerule
    WHERE id = ANY(%(rules)s)
),

-- Each jobcentre's spells that can have something due in these days, and the last day its data tell of.
spell AS (
    SELECT spell.id, spell.jobcentre_id, spell.target_group_id, spell.starts_on, spell.ends_on,
        COALESCE(spell.registered_on, spell.starts_on) AS registered_on, told.until
    FROM timeliness_spell spell
    JOIN (
        SELECT jobcentre_id, max(window_to) AS until FROM timeliness_spelldelivery GROUP BY jobcentre_id
    ) told USING (jobcentre_id)
    WHERE (%(jobcentres)s::bigint[] IS NULL OR jobcentre_id = ANY(%(jobcentres)s))
        AND (spell.ends_on IS NULL OR spell.ends_on >= %(first)s)
        AND LEAST(spell.starts_on, spell.registered_on) <= %(last)s
),

-- What a rule counts at all, whenever it was.
counted AS (
    SELECT rule.id AS rule_id, activity.spell_id, activity.starts_on, activity.given_on,
        CASE WHEN activity.kind = ANY(rule.grace_kinds) THEN rule.grace_days ELSE 0 END AS grace
    FROM rule
    JOIN spell USING (target_group_id)
    JOIN timeliness_activity activity ON activity.spell_id = spell.id AND activity.event = rule.event
    WHERE activity.kind <> ALL(rule.not_counted)
        AND (rule.event = 'offer' OR activity.kind = rule.duty)
        AND activity.ends_on - activity.starts_on + 1 >= rule.least_days
),

-- The days the time runs from, each with the first day on which something counts.
anchored AS (
    SELECT rule.id AS rule_id, spell.id AS spell_id, spell.starts_on AS anchor, spell.starts_on AS first_day
    FROM rule JOIN spell USING (target_group_id)
    WHERE rule.anchor IN ('spell', 'each', 'previous')
  UNION ALL
    SELECT rule.id, spell.id, spell.registered_on, spell.registered_on
    FROM rule JOIN spell USING (target_group_id)
    WHERE rule.anchor = 'registration'
  UNION ALL
    SELECT rule.id, spell.id, (spell.starts_on + times * rule.length)::date,
        (spell.starts_on + times * rule.length)::date + 1
    FROM rule JOIN spell USING (target_group_id)
    CROSS JOIN LATERAL generate_series(
        1, ((LEAST(spell.ends_on, spell.until, %(last)s) - spell.starts_on)
            / GREATEST((EXTRACT(epoch FROM rule.length) / 86400 * 28 / 31)::int, 1)) + 1
    ) times
    WHERE rule.anchor = 'each'
        AND (spell.starts_on + times * rule.length)::date <= LEAST(spell.ends_on, spell.until)
  UNION ALL
    SELECT DISTINCT counted.rule_id, counted.spell_id, counted.starts_on, counted.starts_on + 1
    FROM counted
    JOIN rule ON rule.id = counted.rule_id
    JOIN spell ON spell.id = counted.spell_id
    WHERE rule.anchor = 'previous' AND counted.starts_on <= LEAST(spell.ends_on, spell.until)
),

-- Of the version in force on that day; exempt periods only ever put off the day it is due.
running AS (
    SELECT anchored.*, (anchored.anchor + rule.length)::date AS due,
        EXISTS (SELECT FROM timeliness_exemption one WHERE one.spell_id = anchored.spell_id) AS is_moved
    FROM anchored JOIN rule ON rule.id = anchored.rule_id
    WHERE anchored.anchor >= rule.valid_from AND (rule.valid_to IS NULL OR anchored.anchor < rule.valid_to)
        AND (anchored.anchor + rule.length)::date <= %(last)s
),

-- Exempt periods one after the other, as far as they begin before it is due.
moved AS (
    SELECT rule_id, spell_id, anchor, first_day, due, 0 AS number FROM running WHERE is_moved
  UNION ALL
    SELECT moved.rule_id, moved.spell_id, moved.anchor, moved.first_day,
        CASE
            WHEN one.reason <> ALL(rule.pauses || rule.shifts) THEN due
            WHEN one.ends_on IS NULL THEN NULL
            WHEN one.reason = ANY(rule.pauses) THEN
                due + GREATEST(one.ends_on - GREATEST(one.starts_on, moved.anchor) + 1, 0)
            WHEN one.ends_on >= due THEN (one.ends_on + rule.resumes)::date
            ELSE due
        END,
        one.number::int
    FROM moved
    JOIN rule ON rule.id = moved.rule_id
    JOIN timeliness_exemption one ON one.spell_id = moved.spell_id AND one.number = moved.number + 1
    WHERE one.starts_on <= due
),

owed AS (
    SELECT rule_id, spell_id, anchor, first_day, due FROM running WHERE NOT is_moved
  UNION ALL
    (SELECT DISTINCT ON (rule_id, spell_id, anchor, first_day) rule_id, spell_id, anchor, first_day, due
    FROM moved ORDER BY rule_id, spell_id, anchor, first_day, number DESC)
),

-- What has come due in these days, while the spell lasted and as far as the data reach.
judged AS (
    SELECT owed.rule_id, spell.jobcentre_id, spell.id AS spell_id, owed.anchor, owed.first_day, owed.due,
        rule.required,
        count(*) FILTER (
            WHERE counted.starts_on <= due
                OR (counted.starts_on <= due + counted.grace AND counted.given_on <= due)
        ) AS in_time,
        (array_agg(counted.starts_on ORDER BY counted.starts_on) FILTER (
            WHERE counted.starts_on <= spell.until
        ))[rule.required] AS done_on
    FROM owed
    JOIN rule ON rule.id = owed.rule_id
    JOIN spell ON spell.id = owed.spell_id
    LEFT JOIN counted ON counted.rule_id = owed.rule_id AND counted.spell_id = owed.spell_id
        AND counted.starts_on >= owed.first_day
        AND (rule.within IS NULL OR counted.starts_on > (due - rule.within)::date)
    WHERE due BETWEEN %(first)s AND %(last)s AND due <= spell.until
        AND (spell.ends_on IS NULL OR spell.ends_on >= due)
    GROUP BY owed.rule_id, spell.jobcentre_id, spell.id, owed.anchor, owed.first_day, owed.due, rule.required,
        spell.until
),

fate AS (
    SELECT *, in_time >= required AS is_timely, done_on - due AS days_late FROM judged
)
"""

BY_QUARTER = """
SELECT rule_id, jobcentre_id, date_trunc('quarter', due)::date,
    count(*),
    count(*) FILTER (WHERE is_timely),
    count(*) FILTER (WHERE NOT is_timely AND days_late <= 7),
    count(*) FILTER (WHERE NOT is_timely AND days_late > 7 AND days_late <= 31),
    count(*) FILTER (WHERE NOT is_timely AND days_late > 31),
    count(*) FILTER (WHERE NOT is_timely AND days_late IS NULL)
FROM fate
GROUP BY 1, 2, 3
ORDER BY 1, 2, 3
"""

EACH = """
SELECT spell_id, rule_id, anchor, due, is_timely, CASE WHEN NOT is_timely THEN days_late END
FROM fate ORDER BY spell_id, rule_id, anchor, first_day
"""


@dataclass(frozen=True, kw_only=True)
class Count:
    """What came due of one rule at one jobcentre in the quarter that begins on a day."""

    rule: int
    jobcentre: int
    quarter: date
    due: int
    timely: int
    late_a_week: int
    late_a_month: int
    late_more: int
    not_done: int


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """One deadline that has come due. days_late: None where it was kept, or has not been made good."""

    spell: int
    rule: int
    anchor: date
    due_on: date
    is_timely: bool
    days_late: int | None


def count(
    *, rules: Sequence[int], first: date, last: date, jobcentres: Sequence[int] | None = None
) -> list[Count]:
    """What came due from `first` to `last`, by rule, jobcentre and quarter. One statement.

    jobcentres: None for all of them. Where nothing came due there is no row.
    """
    return [
        Count(
            rule=rule,
            jobcentre=jobcentre,
            quarter=quarter,
            due=due,
            timely=timely,
            late_a_week=a_week,
            late_a_month=a_month,
            late_more=more,
            not_done=not_done,
        )
        for rule, jobcentre, quarter, due, timely, a_week, a_month, more, not_done in _ask(
            BY_QUARTER, rules, first, last, jobcentres
        )
    ]


def each(
    *, rules: Sequence[int], first: date, last: date, jobcentres: Sequence[int] | None = None
) -> list[Deadline]:
    """The same, one by one: for the jobcentre itself, and to hold this beside `deadlines.verdicts`."""
    return [
        Deadline(spell=spell, rule=rule, anchor=anchor, due_on=due, is_timely=is_timely, days_late=late)
        for spell, rule, anchor, due, is_timely, late in _ask(EACH, rules, first, last, jobcentres)
    ]


def _ask(
    wanted: str, rules: Sequence[int], first: date, last: date, jobcentres: Sequence[int] | None
) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            DEADLINES + wanted,
            {
                "rules": list(rules),
                "first": first,
                "last": last,
                "jobcentres": None if jobcentres is None else list(jobcentres),
            },
        )
        return cursor.fetchall()
