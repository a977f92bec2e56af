"""Figures beside those that are there, as sets: a temporary table filled by COPY, and a statement each.

The table `incoming` lives until the transaction ends. `beside` is the same with the figure that stands for
the same place and period, and with the one it is held against: that figure, or the one of the period before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from jobcenter.centres.models import Jobcentre
from jobcenter.geography.models import Area, Municipality
from regions.feeds.figures import Change, Difference, Figure, Jump, Part, Stored
from regions.measures.models import Delivery, Measure, TargetGroup
from regions.measures.periods import Period

MOST_TOLD = 200
"""Parts, changes and jumps that are told one by one; the rest are counted."""

LEAST_COUNT, LEAST_PER_CENT = 50, 2
"""Below this much a tenfold jump is nothing out of the ordinary: five persons more, or a per cent."""

AT_ONCE = 10_000
"""Lines that are handed to the database at a time."""


def put(figures: Iterable[Figure]) -> None:
    """Fill `incoming`. figures: of known places, measures and groups, each key once."""
    measures, groups, municipalities, jobcentres = (
        _ids(model) for model in (Measure, TargetGroup, Municipality, Jobcentre)
    )
    days: dict[Period, str] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            CREATE TEMPORARY TABLE incoming (
                measure_id bigint, target_group_id bigint, municipality_id bigint, jobcentre_id bigint,
                period text, starts_on date, ends_on date, period_before text,
                value double precision, numerator bigint, denominator bigint
            ) ON COMMIT DROP
            """
        )
        lines = (
            f"{measures[measure]}\t{groups[group]}\t{municipalities[municipality]}\t{jobcentres[jobcentre]}\t"
            f"{days.get(period) or days.setdefault(period, _days(period))}\t{value!r}\t"
            f"{_count(numerator)}\t{_count(denominator)}\n"
            for _, measure, group, municipality, jobcentre, period, value, numerator, denominator in figures
        )
        with cursor.copy("COPY incoming FROM STDIN") as copy:
            while several := "".join(islice(lines, AT_ONCE)):
                copy.write(several)
        cursor.execute("ANALYZE incoming")


def hold_beside(*, source: str, area: Area | None, withdraws: bool, jump: int | None) -> Difference:
    """What `incoming` would change. Fills `beside`, and `withdrawn` with the figures that would go.

    withdraws: what the source told of the same measure, group and period, and no longer does, goes.
    jump: so many times more or less than what it is held against, and a figure is held back; None: none is.
    """
    with connection.cursor() as cursor:
        _fill_beside(cursor)
        _fill_withdrawn(cursor, source=source, area=area, withdraws=withdraws)
        cursor.execute(
            """
            SELECT count(*) FILTER (WHERE standing_id IS NULL), count(*) FILTER (WHERE is_changed),
                   count(*) FILTER (WHERE standing_id IS NOT NULL AND NOT is_changed)
            FROM beside
            """
        )
        added, changed, unchanged = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM withdrawn")
        (removed,) = cursor.fetchone()
        parts, parts_left_out = _parts(cursor)
        jumps, held = _jumps(cursor, jump) if jump and (added or changed) else ([], 0)
        return Difference(
            added=added,
            changed=changed,
            unchanged=unchanged,
            removed=removed,
            held=held,
            parts_left_out=parts_left_out,
            parts=parts,
            changes=_changes(cursor) if changed or removed else [],
            jumps=jumps,
        )


def write(delivery: Delivery) -> None:
    """What `beside` and `withdrawn` say, into the measurements."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM measures_measurement WHERE id IN (SELECT id FROM withdrawn)")
        cursor.execute(
            """
            UPDATE measures_measurement AS standing SET
                numerator = beside.numerator, denominator = beside.denominator, value = beside.value,
                delivery_id = %s
            FROM beside WHERE beside.is_changed AND beside.standing_id = standing.id
            """,
            [delivery.pk],
        )
        cursor.execute(
            """
            INSERT INTO measures_measurement (
                measure_id, target_group_id, municipality_id, jobcentre_id, period, starts_on, ends_on,
                value, numerator, denominator, delivery_id
            )
            SELECT measure_id, target_group_id, municipality_id, jobcentre_id, period, starts_on, ends_on,
                   value, numerator, denominator, %s
            FROM beside WHERE standing_id IS NULL
            """,
            [delivery.pk],
        )


def clear() -> None:
    """Nothing of it is needed any more in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS incoming, beside, withdrawn")


SAME_SUBJECT = """
    {0}.measure_id = {1}.measure_id
    AND coalesce({0}.target_group_id, 0) = coalesce({1}.target_group_id, 0)
"""
SAME_PLACE = """
    coalesce({0}.municipality_id, 0) = coalesce({1}.municipality_id, 0)
    AND coalesce({0}.jobcentre_id, 0) = coalesce({1}.jobcentre_id, 0)
"""


def _fill_beside(cursor: CursorWrapper) -> None:
    """The standing figures are found by measure and period, for which there is an index."""
    cursor.execute(
        "SELECT array_agg(DISTINCT measure_id), array_agg(DISTINCT period), array_agg(DISTINCT period_before)"
        " FROM incoming"
    )
    measures, periods, before = cursor.fetchone()
    cursor.execute(
        f"""
        CREATE TEMPORARY TABLE beside ON COMMIT DROP AS
        WITH known AS MATERIALIZED (
            SELECT id, measure_id, target_group_id, municipality_id, jobcentre_id, period,
                   value, numerator, denominator
            FROM measures_measurement
            WHERE measure_id = ANY(%(measures)s) AND (period = ANY(%(periods)s) OR period = ANY(%(before)s))
        )
        SELECT incoming.*,
            standing.id AS standing_id,
            standing.id IS NOT NULL AND (standing.value, standing.numerator, standing.denominator)
                IS DISTINCT FROM (incoming.value, incoming.numerator, incoming.denominator) AS is_changed,
            coalesce(standing.period, earlier.period, stood.period) AS known_of,
            coalesce(standing.value, earlier.value, stood.value) AS known_value,
            coalesce(standing.numerator, earlier.numerator, stood.numerator) AS known_numerator,
            coalesce(standing.denominator, earlier.denominator, stood.denominator) AS known_denominator
        FROM incoming
        {_joined("known", "standing", on="period")}
        {_joined("incoming", "earlier", on="period_before")}
        {_joined("known", "stood", on="period_before")}
        """,
        {"measures": measures or [], "periods": periods or [], "before": before or []},
    )


def _joined(table: str, name: str, *, on: str) -> str:
    """The same measure, group and place in another table, in the same period or the one before."""
    return (
        f"LEFT JOIN {table} AS {name} ON {name}.period = incoming.{on}"
        f" AND {SAME_SUBJECT.format(name, 'incoming')} AND {SAME_PLACE.format(name, 'incoming')}"
    )


def _fill_withdrawn(cursor: CursorWrapper, *, source: str, area: Area | None, withdraws: bool) -> None:
    """What stands of what `incoming` is about, by an earlier delivery of the same source and deliverer."""
    cursor.execute(
        f"""
        CREATE TEMPORARY TABLE withdrawn ON COMMIT DROP AS
        SELECT standing.*
        FROM measures_measurement standing
        JOIN feeds_arrival arrival ON arrival.delivery_id = standing.delivery_id
            AND arrival.source = %(source)s AND arrival.area_id IS NOT DISTINCT FROM %(area)s::bigint
        WHERE %(withdraws)s
            AND EXISTS (
                SELECT FROM incoming WHERE incoming.period = standing.period
                AND {SAME_SUBJECT.format("incoming", "standing")}
            )
            AND NOT EXISTS (SELECT FROM beside WHERE beside.standing_id = standing.id)
        """,
        {"source": source, "area": area.pk if area else None, "withdraws": withdraws},
    )


def _parts(cursor: CursorWrapper) -> tuple[Sequence[Part], int]:
    """The latest periods first; and how many are left out."""
    cursor.execute(
        """
        WITH part AS (
            SELECT measure_id, target_group_id, period, max(ends_on) AS ends_on,
                   count(*) FILTER (WHERE standing_id IS NULL) AS added,
                   count(*) FILTER (WHERE is_changed) AS changed, 0 AS removed
            FROM beside WHERE standing_id IS NULL OR is_changed GROUP BY 1, 2, 3
            UNION ALL
            SELECT measure_id, target_group_id, period, max(ends_on), 0, 0, count(*)
            FROM withdrawn GROUP BY 1, 2, 3
        )
        SELECT measure.code, target.code, part.period, sum(added), sum(changed), sum(removed),
               count(*) OVER ()
        FROM part JOIN measures_measure measure ON measure.id = part.measure_id
        LEFT JOIN measures_targetgroup target ON target.id = part.target_group_id
        GROUP BY 1, 2, 3 ORDER BY max(ends_on) DESC, 1, 2 NULLS FIRST LIMIT %s
        """,
        [MOST_TOLD],
    )
    rows = cursor.fetchall()
    parts = [Part(*row[:3], *(int(count) for count in row[3:6])) for row in rows]
    return parts, (rows[0][6] if rows else 0) - len(parts)


CODES = """
    JOIN measures_measure measure ON measure.id = figure.measure_id
    LEFT JOIN measures_targetgroup target ON target.id = figure.target_group_id
    LEFT JOIN geography_municipality municipality ON municipality.id = figure.municipality_id
    LEFT JOIN centres_jobcentre jobcentre ON jobcentre.id = figure.jobcentre_id
"""


def _changes(cursor: CursorWrapper) -> Sequence[Change]:
    """What is withdrawn first: nobody should overlook it."""
    cursor.execute(
        f"""
        WITH figure AS (
            SELECT measure_id, target_group_id, municipality_id, jobcentre_id, period, ends_on,
                   value AS v0, numerator AS n0, denominator AS d0,
                   NULL::double precision AS v1, NULL::bigint AS n1, NULL::bigint AS d1
            FROM withdrawn
            UNION ALL
            SELECT measure_id, target_group_id, municipality_id, jobcentre_id, period, ends_on,
                   known_value, known_numerator, known_denominator, value, numerator, denominator
            FROM beside WHERE is_changed
        )
        SELECT measure.code, target.code, municipality.code, jobcentre.code, period, v0, n0, d0, v1, n1, d1
        FROM figure {CODES}
        ORDER BY v1 IS NOT NULL, ends_on DESC, 1, 2, 3, 4 LIMIT %s
        """,
        [MOST_TOLD],
    )
    return [
        Change(*row[:5], Stored(*row[5:8]), Stored(*row[8:]) if row[8] is not None else None)  # type: ignore[call-arg]
        for row in cursor.fetchall()
    ]


def _jumps(cursor: CursorWrapper, jump: int) -> tuple[Sequence[Jump], int]:
    """New and changed figures, or the base below them, that are `jump` times what they are held against."""
    cursor.execute(
        f"""
        SELECT measure.code, target.code, municipality.code, jobcentre.code, period, known_of,
               known_value, known_numerator, known_denominator, value, numerator, denominator,
               count(*) OVER ()
        FROM beside AS figure {CODES}
        WHERE (standing_id IS NULL OR is_changed) AND known_of IS NOT NULL AND (
            (
                greatest(value, known_value) >= %(jump)s * least(value, known_value)
                AND CASE
                    WHEN numerator IS NOT NULL AND known_numerator IS NOT NULL
                        THEN greatest(numerator, known_numerator) >= %(least_count)s
                    WHEN measure.unit = 'per_cent' THEN greatest(value, known_value) >= %(least_per_cent)s
                    ELSE greatest(value, known_value) >= %(least_count)s
                END
            ) OR (
                greatest(denominator, known_denominator) >= %(jump)s * least(denominator, known_denominator)
                AND greatest(denominator, known_denominator) >= %(least_count)s
            )
        )
        ORDER BY ends_on DESC, 1, 2, 3, 4 LIMIT %(most)s
        """,
        {"jump": jump, "least_count": LEAST_COUNT, "least_per_cent": LEAST_PER_CENT, "most": MOST_TOLD},
    )
    rows = cursor.fetchall()
    jumps = [Jump(*row[:6], Stored(*row[6:9]), Stored(*row[9:12])) for row in rows]  # type: ignore[call-arg]
    return jumps, rows[0][12] if rows else 0


def _days(period: Period) -> str:
    before = period.one_step_back().code
    return f"{period.code}\t{period.starts_on}\t{period.ends_on}\t{before}"


def _count(persons: int | None) -> str | int:
    return "\\N" if persons is None else persons


def _ids(model: type[Measure | TargetGroup | Municipality | Jobcentre]) -> Mapping[str | None, Any]:
    """Keys by code; nothing for no code, as COPY writes it."""
    return {None: "\\N", **dict(model._default_manager.values_list("code", "pk"))}
