"""A million benefit spells, counted: how long it takes beside copying the same rows out of their tables.

The spells are invented by the database itself, in one jobcentre after another: a third have come to an end,
each has up to five interviews and an offer, and one in five an exempt period. Timed is the counting: every
deadline of the law and every measure of the latest eight quarters. The floor is `COPY … TO STDOUT` of the
spells, their activities and their exempt periods: no counting can do with less than reading them.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db import connection, transaction

from regions.timeliness import counting, effort
from regions.timeliness.models import DeadlineRule

UNTIL = date(2026, 6, 30)
FIRST, LAST = date(2024, 7, 1), UNTIL

TABLES = ("timeliness_spell", "timeliness_activity", "timeliness_exemption")

INVENT = """
INSERT INTO timeliness_spelldelivery (
    jobcentre_id, received_at, file_name, digest, window_from, window_to, added, changed, removed, unchanged
)
SELECT id, now(), 'invented', repeat('0', 64), '2022-01-01', %(until)s, 0, 0, 0, 0 FROM centres_jobcentre;

INSERT INTO timeliness_spell (
    jobcentre_id, delivery_id, person, target_group_id, starts_on, ends_on, exit_to, digest
)
SELECT told.jobcentre_id, told.delivery_id, 'invented-' || lpad(n::text, 12, '0'), wanted.id, starts_on,
    ends_on, CASE WHEN ends_on IS NULL THEN '' WHEN n %% 2 = 0 THEN 'job' ELSE 'other' END, md5(n::text)
FROM generate_series(1, %(spells)s::bigint) n
CROSS JOIN LATERAL (
    SELECT '2024-03-01'::date + (n * 7919 %% 850)::int AS starts_on
) began
CROSS JOIN LATERAL (
    SELECT CASE WHEN n %% 3 = 0 THEN LEAST(starts_on + 40 + (n %% 300)::int, %(until)s::date) END AS ends_on
) ended
JOIN (
    SELECT jobcentre_id, max(id) AS delivery_id, row_number() OVER (ORDER BY jobcentre_id) - 1 AS place,
        count(*) OVER () AS places
    FROM timeliness_spelldelivery GROUP BY jobcentre_id
) told ON told.place = n * 31 %% told.places
JOIN (
    SELECT id, row_number() OVER (ORDER BY code) - 1 AS place, count(*) OVER () AS places
    FROM measures_targetgroup WHERE code IN ('ready_for_work', 'ready_for_activity', 'unemployment_benefit')
) wanted ON wanted.place = n %% wanted.places;

INSERT INTO timeliness_activity (spell_id, event, kind, starts_on, ends_on)
SELECT id, 'interview', 'jobcentre', day, day
FROM timeliness_spell CROSS JOIN generate_series(0, 4) turn
CROSS JOIN LATERAL (SELECT starts_on + turn * (25 + (id %% 20)::int) AS day) held
WHERE day <= COALESCE(ends_on, %(until)s);

INSERT INTO timeliness_activity (spell_id, event, kind, starts_on, ends_on, hours)
SELECT id, 'offer', 'work_trial', day, day + 27, 37
FROM timeliness_spell
CROSS JOIN LATERAL (SELECT starts_on + 30 + (id %% 200)::int AS day) begun
WHERE day <= COALESCE(ends_on, %(until)s);

INSERT INTO timeliness_exemption (spell_id, number, reason, starts_on, ends_on)
SELECT id, 1, 'sick', starts_on + 20, starts_on + 30 FROM timeliness_spell WHERE id %% 5 = 0;
"""


@dataclass(frozen=True)
class Measured:
    """Seconds; deadlines: how many came due and were judged."""

    spells: int
    rows: int
    floor: float
    deadlines: float
    measures: float
    judged: int

    @property
    def ratio(self) -> float:
        """How many times the floor it takes to count everything."""
        return (self.deadlines + self.measures) / self.floor

    def __str__(self) -> str:
        return (
            f"timeliness: {self.spells:,} spells, {self.rows:,} rows; {self.judged:,} deadlines in "
            f"{self.deadlines:.1f} s and all measures in {self.measures:.1f} s, "
            f"{self.ratio:.1f} × copying the rows out ({self.floor:.1f} s)"
        )


def run(*, spells: int = 1_000_000) -> Measured:
    """Invent, count, and keep nothing: all of it is rolled back. Needs the reference data."""
    with transaction.atomic():
        _do(INVENT, spells=spells, until=UNTIL)
        for table in TABLES:
            _do(f"ANALYZE {table}")
        rows, floor = _timed(_copied_out)
        counts, deadlines = _timed(_deadlines)
        _told, measures = _timed(_measures)
        transaction.set_rollback(True)
    return Measured(
        spells=spells,
        rows=rows,
        floor=floor,
        deadlines=deadlines,
        measures=measures,
        judged=sum(one.due for one in counts),
    )


def _deadlines() -> list[counting.Count]:
    rules = list(DeadlineRule.objects.values_list("pk", flat=True))
    return counting.count(rules=rules, first=FIRST, last=LAST)


def _measures() -> list[effort.Told]:
    return [
        *effort.first_offers(first=FIRST, last=LAST),
        *effort.on_benefit(first=FIRST, last=LAST),
        *effort.exits(first=FIRST, last=LAST),
    ]


def _copied_out() -> int:
    """How many rows there were to copy."""
    rows = 0
    with connection.cursor() as cursor:
        for table in TABLES:
            with cursor.copy(f"COPY {table} TO STDOUT") as copy:
                for _part in copy:
                    pass
            rows += cursor.rowcount
    return rows


def _do(statements: str, **named: object) -> None:
    with connection.cursor() as cursor:
        for statement in statements.split(";\n"):
            if statement.strip():
                cursor.execute(statement, named or None)


Found = TypeVar("Found")


def _timed(do: Callable[[], Found]) -> tuple[Found, float]:
    begun = time.perf_counter()
    found = do()
    return found, time.perf_counter() - begun
