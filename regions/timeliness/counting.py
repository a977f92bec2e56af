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

from django.db import connection, transaction

MEMORY = "64MB"
"""What one sort or hash of the statement may take before it goes to disk.

The planner cannot know how many rows the parts give, and takes them for few: without nested loops it joins
them as the sets they are, and looks activities up by their spell where the statement says so (LATERAL).
"""

COUNTS = """activity.spell_id = {of}.spell_id AND activity.event = rule.event
            AND activity.kind <> ALL(rule.not_counted)
            AND (rule.event = 'offer' OR activity.kind = rule.duty)
            AND activity.ends_on - activity.starts_on + 1 >= rule.least_days"""
"""Whether a rule counts an activity at all, whenever it was."""

DEADLINES = f"""
WITH RECURSIVE

-- The rules, with their lengths of time as the database knows them.
rule AS (
    SELECT *, "offset"::interval AS length, NULLIF("window", '')::interval AS within,
        COALESCE(NULLIF(resumes, ''), 'P0D')::interval AS again
    FROM timeliness_deadlinerule
    WHERE id = ANY(%(rules)s)
),

told AS (
    SELECT jobcentre_id, max(window_to) AS until FROM timeliness_spelldelivery
    WHERE %(jobcentres)s::bigint[] IS NULL OR jobcentre_id = ANY(%(jobcentres)s)
    GROUP BY jobcentre_id
),

-- Each spell that can have something due in these days, beside the rules that can hold for it.
owing AS (
    SELECT rule.id AS rule_id, rule.anchor AS runs_from, rule.length,
        spell.id AS spell_id, spell.jobcentre_id, spell.starts_on, spell.ends_on, told.until,
        COALESCE(spell.registered_on, spell.starts_on) AS registered_on,
        LEAST(spell.ends_on, told.until) AS last_day
    FROM timeliness_spell spell
    JOIN told USING (jobcentre_id)
    JOIN rule USING (target_group_id)
    WHERE (%(jobcentres)s::bigint[] IS NULL OR jobcentre_id = ANY(%(jobcentres)s))
        AND (spell.ends_on IS NULL OR spell.ends_on >= %(first)s)
        AND LEAST(spell.starts_on, spell.registered_on) <= %(last)s
        AND (rule.valid_to IS NULL OR LEAST(spell.starts_on, spell.registered_on) < rule.valid_to)
        AND (spell.ends_on IS NULL OR spell.ends_on >= rule.valid_from)
),

-- The days the time runs from, each with the first day on which something counts.
anchored AS (
    SELECT owing.*, starts_on AS anchor, starts_on AS first_day
    FROM owing WHERE runs_from IN ('spell', 'each', 'previous')
  UNION ALL
    SELECT owing.*, registered_on, registered_on
    FROM owing WHERE runs_from = 'registration'
  UNION ALL
    SELECT owing.*, day, day + 1
    FROM owing
    CROSS JOIN LATERAL generate_series(
        1, (last_day - starts_on) / GREATEST((EXTRACT(epoch FROM length) / 86400 * 28 / 31)::int, 1) + 1
    ) times
    CROSS JOIN LATERAL (SELECT (starts_on + times * length)::date AS day) one
    WHERE runs_from = 'each' AND day <= last_day
  UNION ALL
    SELECT owing.*, day, day + 1
    FROM owing
    JOIN rule ON rule.id = owing.rule_id
    CROSS JOIN LATERAL (
        SELECT DISTINCT activity.starts_on AS day FROM timeliness_activity activity
        WHERE {COUNTS.format(of="owing")}
    ) one
    WHERE runs_from = 'previous' AND day <= last_day
),

-- Of the version in force on that day; exempt periods only ever put off the day it is due.
running AS (
    SELECT rule_id, spell_id, jobcentre_id, ends_on, until, anchored.anchor, first_day,
        (anchored.anchor + anchored.length)::date AS due,
        EXISTS (SELECT FROM timeliness_exemption one WHERE one.spell_id = anchored.spell_id) AS is_moved
    FROM anchored JOIN rule ON rule.id = anchored.rule_id
    WHERE anchored.anchor >= rule.valid_from AND (rule.valid_to IS NULL OR anchored.anchor < rule.valid_to)
        AND (anchored.anchor + anchored.length)::date <= %(last)s
),

-- Exempt periods one after the other, as far as they begin before it is due.
moved AS (
    SELECT running.*, 0 AS number FROM running WHERE is_moved
  UNION ALL
    SELECT rule_id, moved.spell_id, jobcentre_id, moved.ends_on, until, moved.anchor, first_day,
        CASE
            WHEN one.reason <> ALL(rule.pauses || rule.shifts) THEN due
            WHEN one.ends_on IS NULL THEN NULL
            WHEN one.reason = ANY(rule.pauses) THEN
                due + GREATEST(one.ends_on - GREATEST(one.starts_on, moved.anchor) + 1, 0)
            WHEN one.ends_on >= due THEN (one.ends_on + rule.again)::date
            ELSE due
        END,
        true, one.number::int
    FROM moved
    JOIN rule ON rule.id = rule_id
    CROSS JOIN LATERAL (
        SELECT * FROM timeliness_exemption exempt
        WHERE exempt.spell_id = moved.spell_id AND exempt.number = moved.number + 1
        OFFSET 0
    ) one
    WHERE one.starts_on <= due
),

-- What has come due in these days, while the spell lasted and as far as the data reach.
owed AS (
    SELECT * FROM (
        SELECT rule_id, spell_id, jobcentre_id, ends_on, until, anchor, first_day, due
        FROM running WHERE NOT is_moved
      UNION ALL
        (SELECT DISTINCT ON (rule_id, spell_id, anchor, first_day)
            rule_id, spell_id, jobcentre_id, ends_on, until, anchor, first_day, due
        FROM moved ORDER BY rule_id, spell_id, anchor, first_day, number DESC)
    ) every
    WHERE due BETWEEN %(first)s AND LEAST(%(last)s, until) AND (ends_on IS NULL OR ends_on >= due)
),

fate AS (
    SELECT rule_id, jobcentre_id, owed.spell_id, owed.anchor, first_day, due,
        in_time >= rule.required AS is_timely,
        CASE WHEN in_time < rule.required THEN days[rule.required] - due END AS days_late
    FROM owed
    JOIN rule ON rule.id = rule_id
    CROSS JOIN LATERAL (
        SELECT
            count(*) FILTER (
                WHERE activity.starts_on <= due OR (
                    activity.kind = ANY(rule.grace_kinds) AND activity.given_on <= due
                    AND activity.starts_on <= due + rule.grace_days
                )
            ) AS in_time,
            array_agg(activity.starts_on ORDER BY activity.starts_on) FILTER (
                WHERE activity.starts_on <= until
            ) AS days
        FROM timeliness_activity activity
        WHERE {COUNTS.format(of="owed")}
            AND activity.starts_on >= first_day
            AND (rule.within IS NULL OR activity.starts_on > (due - rule.within)::date)
    ) counted
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
SELECT spell_id, rule_id, anchor, due, is_timely, days_late
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
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL work_mem = '{MEMORY}'; SET LOCAL enable_nestloop = off")
        cursor.execute(
            DEADLINES + wanted,
            {
                "rules": list(rules),
                "first": first,
                "last": last,
                "jobcentres": None if jobcentres is None else list(jobcentres),
            },
        )
        found = cursor.fetchall()
        cursor.execute("SET LOCAL work_mem TO DEFAULT; SET LOCAL enable_nestloop TO DEFAULT")
        return found
