"""What the spells tell beside the deadlines: when the first offer comes, how much of the time goes with
offers, how many full-time persons there are, and where spells lead. One statement each, for all jobcentres.

A figure belongs to a quarter: of new spells the one they began in, of ended ones the one they ended in. It
is told of a jobcentre when its data reach as far as the figure looks ahead. Sources of the definitions:
Jobindsats, “Tidspunkt for første tilbud”, “Fuldtidspersoner”, “Aktiveringsgrad”, and status after a spell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

MARKS: Mapping[str, str] = {
    "first_offer_within_1_day": "1 day",
    "first_offer_within_1_week": "7 days",
    "first_offer_within_1_month": "1 month",
    "first_offer_within_2_months": "2 months",
    "first_offer_within_3_months": "3 months",
    "first_offer_within_6_months": "6 months",
    "first_offer_within_9_months": "9 months",
    "first_offer_within_12_months": "12 months",
}
"""By measure: how long after the first day of the spell."""

FULL_TIME = 37
"""Hours a week."""

TOLD = """
WITH told AS (
    SELECT jobcentre_id, max(window_to) AS until FROM timeliness_spelldelivery
    WHERE %(jobcentres)s::bigint[] IS NULL OR jobcentre_id = ANY(%(jobcentres)s)
    GROUP BY jobcentre_id
)
"""

FIRST_OFFERS = """
, mark AS (
    SELECT * FROM unnest(%(measures)s::text[], %(lengths)s::interval[]) AS said (measure, length)
),
spell AS (
    SELECT spell.jobcentre_id, spell.target_group_id, spell.starts_on, spell.ends_on, told.until,
        date_trunc('quarter', spell.starts_on)::date AS quarter,
        (
            SELECT min(activity.starts_on) FROM timeliness_activity activity
            WHERE activity.spell_id = spell.id AND activity.event = 'offer'
        ) AS offered_on
    FROM timeliness_spell spell JOIN told USING (jobcentre_id)
    WHERE spell.starts_on BETWEEN %(first)s AND %(last)s
)
SELECT measure, jobcentre_id, target_group_id, quarter,
    count(*) FILTER (WHERE offered_on <= (starts_on + length)::date), count(*), NULL::float
FROM spell CROSS JOIN mark
WHERE (quarter + interval '3 months' + length)::date <= until + 1
    AND (ends_on IS NULL OR ends_on >= (starts_on + length)::date)
GROUP BY 1, 2, 3, 4
UNION ALL
SELECT 'weeks_to_first_offer', jobcentre_id, target_group_id, quarter, NULL, NULL,
    avg(GREATEST(offered_on - starts_on, 0)) / 7
FROM spell
WHERE (quarter + interval '15 months')::date <= until + 1
    AND offered_on <= (starts_on + interval '12 months')::date
GROUP BY 2, 3, 4
"""

ON_BENEFIT = """
, quarter AS (
    SELECT begins::date AS begins, (begins + interval '3 months')::date - 1 AS ends
    FROM generate_series(%(first)s::timestamp, %(last)s::timestamp, interval '3 months') begins
),
spell AS (
    SELECT spell.id, spell.jobcentre_id, spell.target_group_id, spell.person, begins, ends,
        LEAST(spell.ends_on, ends) - GREATEST(spell.starts_on, begins) + 1 AS days
    FROM quarter
    JOIN timeliness_spell spell
        ON spell.starts_on <= ends AND (spell.ends_on IS NULL OR spell.ends_on >= begins)
    JOIN told USING (jobcentre_id)
    WHERE ends <= until
),
offered AS (
    SELECT spell.id, spell.begins,
        sum(
            (LEAST(activity.ends_on, ends) - GREATEST(activity.starts_on, spell.begins) + 1)
            * LEAST(activity.hours, %(full_time)s) / %(full_time)s
        ) AS days
    FROM spell
    JOIN timeliness_activity activity ON activity.spell_id = spell.id AND activity.event = 'offer'
        AND activity.starts_on <= ends AND activity.ends_on >= spell.begins
    GROUP BY 1, 2
),
counted AS (
    SELECT jobcentre_id, target_group_id, spell.begins, ends,
        sum(spell.days) AS days,
        round(sum(LEAST(offered.days, spell.days)))::bigint AS offered_days,
        count(DISTINCT person) AS persons,
        count(DISTINCT person) FILTER (WHERE offered.days > 0) AS offered_persons
    FROM spell LEFT JOIN offered USING (id, begins)
    GROUP BY 1, 2, 3, 4
)
SELECT 'activation_degree', jobcentre_id, target_group_id, begins, COALESCE(offered_days, 0), days,
    NULL::float
FROM counted
UNION ALL
SELECT 'activated_share', jobcentre_id, target_group_id, begins, offered_persons, persons, NULL FROM counted
UNION ALL
SELECT 'full_time_persons', jobcentre_id, target_group_id, begins, NULL, NULL,
    days::float / (ends - begins + 1)
FROM counted
"""

EXITS = """
, wanted AS (
    SELECT * FROM unnest(%(measures)s::text[], %(exits)s::text[], %(lengths)s::interval[])
        AS said (measure, exit_to, length)
),
spell AS (
    SELECT spell.jobcentre_id, spell.target_group_id, spell.person, spell.ends_on, spell.exit_to, told.until,
        date_trunc('quarter', spell.ends_on)::date AS quarter
    FROM timeliness_spell spell JOIN told USING (jobcentre_id)
    WHERE spell.ends_on BETWEEN %(first)s AND %(last)s
)
SELECT measure, jobcentre_id, target_group_id, quarter,
    count(*) FILTER (
        WHERE spell.exit_to = wanted.exit_to AND NOT EXISTS (
            SELECT FROM timeliness_spell later
            WHERE later.jobcentre_id = spell.jobcentre_id AND later.person = spell.person
                AND later.starts_on > spell.ends_on AND later.starts_on <= (spell.ends_on + length)::date
                AND (later.ends_on IS NULL OR later.ends_on >= (spell.ends_on + length)::date)
        )
    ),
    count(*), NULL::float
FROM spell CROSS JOIN wanted
WHERE (quarter + interval '3 months' + length)::date <= until + 1
GROUP BY 1, 2, 3, 4
"""

LEADS_TO = [
    (f"exit_to_{exit_to}_{months}_months", exit_to, f"{months} months")
    for exit_to in ("job", "education")
    for months in (6, 12)
]


@dataclass(frozen=True, kw_only=True)
class Told:
    """A figure of a jobcentre and target group in the quarter that begins on a day. value: without a base."""

    measure: str
    jobcentre: int
    target_group: int
    quarter: date
    numerator: int | None
    denominator: int | None
    value: float


def first_offers(*, first: date, last: date, jobcentres: Sequence[int] | None = None) -> list[Told]:
    """Of spells that began from `first` to `last`: whether and when they had their first offer."""
    return _ask(FIRST_OFFERS, first, last, jobcentres, measures=list(MARKS), lengths=list(MARKS.values()))


def on_benefit(*, first: date, last: date, jobcentres: Sequence[int] | None = None) -> list[Told]:
    """Of the quarters from `first` to `last`: persons, full-time persons, and time in offers."""
    return _ask(ON_BENEFIT, first, last, jobcentres, full_time=FULL_TIME)


def exits(*, first: date, last: date, jobcentres: Sequence[int] | None = None) -> list[Told]:
    """Of spells that ended from `first` to `last`: who left for a job or education and has not come back."""
    measures, leads_to, lengths = zip(*LEADS_TO, strict=True)
    return _ask(
        EXITS, first, last, jobcentres, measures=list(measures), exits=list(leads_to), lengths=list(lengths)
    )


def _ask(wanted: str, first: date, last: date, jobcentres: Sequence[int] | None, **named: Any) -> list[Told]:
    with connection.cursor() as cursor:
        cursor.execute(
            TOLD + wanted,
            {
                "first": first,
                "last": last,
                "jobcentres": None if jobcentres is None else list(jobcentres),
                **named,
            },
        )
        return list(_told(cursor.fetchall()))


def _told(rows: Sequence[tuple[Any, ...]]) -> Iterator[Told]:
    for measure, jobcentre, target_group, quarter, numerator, denominator, value in rows:
        yield Told(
            measure=measure,
            jobcentre=jobcentre,
            target_group=target_group,
            quarter=quarter,
            numerator=numerator,
            denominator=None if denominator is None else int(denominator),
            value=100 * numerator / int(denominator) if denominator else float(value),
        )
