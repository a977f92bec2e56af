"""Comparisons as rows: read the figures of a period, compare, and put the outcome in the place of the last.

The arithmetic is in `compare.py`. The same figures give the same rows, whoever computes them and how often,
and what comes to the same as before is not written again.

    compare   a period, on all measures at once: p is adjusted for everything that is compared in it. What it
              comes to is kept aside, where no page looks
    write     a measure, or several: all their periods that were compared anew, in one transaction, so that
              no page shows half
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from numpy.typing import NDArray
from psycopg.types.json import Jsonb

from jobcenter.centres.models import Jobcentre
from regions.comparison import conditions, rows
from regions.comparison.arrays import BoolArray, FloatArray, IntArray
from regions.comparison.compare import Compared
from regions.comparison.compare import compare as compare_arrays
from regions.comparison.expected import named
from regions.comparison.models import Comparison, Outcome, Recomputation, Result, Step
from regions.comparison.multiplicity import adjusted
from regions.measures.direction import Direction
from regions.measures.models import Delivery, Measure, Measurement
from regions.measures.periods import parse

SAID = ("expected", "z", "z_adjusted", "p", "p_adjusted")
"""What is said of a jobcentre's result; NaN where nothing can be."""

RESULT = np.dtype(
    [
        *((name, np.int64) for name in ("comparison_id", "jobcentre_id", "actual", "base")),
        *((name, np.float64) for name in SAID),
    ]
)
"""A row of `Result`."""


@transaction.atomic
def compare(*, period: str, on: date, recomputation: Recomputation) -> None:
    """Hold all jobcentres' results of a period against what was to be expected of each, on every measure.

    on: the day; figures that are not mature then are not read. There is no comparison where fewer than two
    jobcentres have figures large enough. p is adjusted for all comparisons of the period as one family:
    whoever reads its results looks at all measures and target groups at once, and the promise about false
    alarms must hold for what they see. Periods that share months (rolling ones) are families of their own.
    """
    measures = {measure.pk: measure for measure in Measure.objects.assessable()}
    standing = {
        (one.measure_id, one.target_group_id): one for one in Comparison.objects.filter(period=period)
    }
    outcomes: dict[int, tuple[list[dict[str, Any]], bytes]] = {pk: ([], b"") for pk, _group in standing}
    if table := _Table.read(period=period, on=on, measures=measures):
        outcomes |= _compared(table, measures=measures, period=period, standing=standing)
    with (
        connection.cursor() as cursor,
        cursor.copy(
            "COPY comparison_outcome (recomputation_id, measure_id, period, comparisons, results) "
            "FROM STDIN (FORMAT BINARY)"
        ) as copy,
    ):
        copy.set_types(["int8", "int8", "varchar", "jsonb", "bytea"])
        for measure, (comparisons, results) in outcomes.items():
            copy.write_row((recomputation.pk, measure, period, Jsonb(comparisons), results))


KEPT_ASIDE = """
    SELECT kept.* FROM comparison_outcome AS outcome, jsonb_to_recordset(outcome.comparisons) AS kept (
        id bigint, measure_id bigint, target_group_id bigint, period varchar, starts_on date, ends_on date,
        definition_version smallint, data_date date, compared integer, theta double precision,
        phi double precision, tau2 double precision, r_squared double precision, coefficients jsonb,
        weakness varchar, digest varchar, differs boolean
    ) WHERE outcome.recomputation_id = %s AND outcome.measure_id = ANY(%s)
"""

REPLACED = f"""
    SELECT kept.id FROM ({KEPT_ASIDE}) AS kept JOIN comparison_comparison AS standing ON standing.id = kept.id
    WHERE kept.differs
"""
"""Comparisons that stand, and have come to something else."""

PUT = f"""
    INSERT INTO comparison_comparison (
        id, measure_id, target_group_id, period, starts_on, ends_on, definition_version, data_date,
        compared, theta, phi, tau2, r_squared, coefficients, weakness, digest, computed_at
    )
    SELECT
        id, measure_id, target_group_id, period, starts_on, ends_on, definition_version, data_date,
        compared, theta, phi, tau2, r_squared, coefficients, weakness, digest, statement_timestamp()
    FROM ({KEPT_ASIDE}) AS kept
    ON CONFLICT ON CONSTRAINT comparison_once DO UPDATE SET
        definition_version = excluded.definition_version, data_date = excluded.data_date,
        compared = excluded.compared, theta = excluded.theta, phi = excluded.phi, tau2 = excluded.tau2,
        r_squared = excluded.r_squared,
        coefficients = excluded.coefficients, weakness = excluded.weakness, digest = excluded.digest,
        computed_at = excluded.computed_at
    RETURNING id
"""


@transaction.atomic
def write(*measures: Measure, recomputation: Recomputation) -> None:
    """Put what was kept aside of some measures in the place of what stands, all at once."""
    outcomes = Outcome.objects.filter(recomputation=recomputation, measure__in=measures)
    asked = (recomputation.pk, [measure.pk for measure in measures])
    with connection.cursor() as cursor:
        cursor.execute(REPLACED, asked)
        replaced = [pk for (pk,) in cursor.fetchall()]
        cursor.execute(PUT, asked)
        put = [pk for (pk,) in cursor.fetchall()]
    same_period = outcomes.filter(measure=OuterRef("measure"), period=OuterRef("period"))
    Comparison.objects.filter(Exists(same_period), measure__in=measures).exclude(pk__in=put).delete()
    results = rows.block(outcomes.order_by("measure", "period").values_list("results"))
    rows.replace(
        Result._meta.db_table,
        columns=RESULT.names or (),
        key=("comparison_id", "jobcentre_id"),
        of=replaced,
        block=results,
    )
    outcomes.delete()


def carry_out(step: Step) -> None:
    """Do what a step of a recomputation is about: conditions, a period, or a measure."""
    match step.about:
        case {"conditions_on": str(day)}:
            conditions.bring_up_to_date(on=date.fromisoformat(day))
        case {"period": str(period), "on": str(day)}:
            compare(period=period, on=date.fromisoformat(day), recomputation=step.recomputation)
        case {"measures": list(codes)}:
            write(*Measure.objects.filter(code__in=codes), recomputation=step.recomputation)
        case _:
            raise ValueError(f"step {step.pk} is about nothing known: {step.about}")


@dataclass(frozen=True, kw_only=True, eq=False)
class _Table:
    """All figures of a period: a line for each measure and target group, a column for each jobcentre.

    measure, group, data_date: of shape (lines,). has (there is a figure), actual, base: of shape (lines,
    jobcentres). Lines of a measure lie together; jobcentres come by their code: an order that never changes.
    """

    measure: IntArray
    group: IntArray
    data_date: NDArray[np.datetime64]
    jobcentres: Sequence[Jobcentre]
    has: BoolArray
    actual: IntArray
    base: IntArray

    @classmethod
    def read(cls, *, period: str, on: date, measures: Mapping[int, Measure]) -> _Table | None:
        """None where there is no figure. Three queries, of which one fetches whole columns.

        The days of the deliveries are looked up apart: joined, they tempt the planner to read all periods.
        """
        figures = rows.columns(
            Measurement.objects.mature(on=on)
            .filter(period=period, measure__in=list(measures), denominator__isnull=False)
            .filter(target_group__isnull=False, jobcentre__isnull=False)
            .values_list(
                "measure_id", "target_group_id", "jobcentre_id", "numerator", "denominator", "delivery_id"
            ),
            dict.fromkeys(
                ("measure", "target_group", "jobcentre", "numerator", "denominator", "delivery"), int
            ),
        )
        if not figures["measure"].size:
            return None
        keys = np.stack([figures["measure"], figures["target_group"]], axis=-1)
        # Two ids in one number: whole rows are sorted far more slowly.
        _, first, line = np.unique(keys[:, 0] << 32 | keys[:, 1], return_index=True, return_inverse=True)
        jobcentres = list(
            Jobcentre.objects.filter(pk__in=np.unique(figures["jobcentre"]).tolist()).order_by("code")
        )
        ids = np.array([jobcentre.pk for jobcentre in jobcentres])
        by_id = np.argsort(ids)
        column = by_id[np.searchsorted(ids, figures["jobcentre"], sorter=by_id)]

        def spread(values: NDArray[Any]) -> NDArray[Any]:
            spread_out = np.zeros((first.size, ids.size), dtype=values.dtype)
            spread_out[line, column] = values
            return spread_out

        deliveries, delivery = np.unique(figures["delivery"], return_inverse=True)
        day_of = Delivery.objects.in_bulk(deliveries.tolist())
        data_date = np.array([day_of[pk].data_date for pk in deliveries.tolist()], dtype="datetime64[D]")
        latest = np.full(first.size, data_date.min())
        np.maximum.at(latest, line, data_date[delivery])
        return cls(
            measure=keys[first, 0],
            group=keys[first, 1],
            data_date=latest,
            jobcentres=jobcentres,
            has=spread(np.ones(line.size, dtype=np.bool_)),
            actual=spread(figures["numerator"]),
            base=spread(figures["denominator"]),
        )


def _compared(
    table: _Table,
    *,
    measures: Mapping[int, Measure],
    period: str,
    standing: Mapping[tuple[int, int], Comparison],
) -> dict[int, tuple[list[dict[str, Any]], bytes]]:
    """By measure: its comparisons as rows, and the results of those that do not come to what stands."""
    said = {name: np.full(table.has.shape, np.nan) for name in SAID}
    described: dict[int, dict[str, Any]] = {}
    for alike in _under_the_same_conditions(table, measures=measures, year=parse(period).ends_on.year):
        described |= alike.described()
        for name, values in alike.said().items():
            said[name][alike.lines] = values
    said["p_adjusted"] = adjusted(said["p"])

    lines = sorted(described)
    known = [standing.get((int(table.measure[line]), int(table.group[line]))) for line in lines]
    new = iter(rows.new_ids(Comparison, known.count(None)))
    ids = [one.pk if one else next(new) for one in known]
    results = _results(table, said, lines=lines, ids=ids)
    ends = np.cumsum(np.count_nonzero(table.has[lines], axis=-1))
    found: dict[int, tuple[list[dict[str, Any]], bytes]] = {}
    for measure in dict.fromkeys(table.measure[lines].tolist()):
        of_measure = np.flatnonzero(table.measure[lines] == measure).tolist()
        comparisons, changed = [], []
        for place in of_measure:
            own = results[ends[place - 1] if place else 0 : ends[place]]
            digest = sha256(own.tobytes()).hexdigest()
            before = known[place]
            differs = before is None or before.digest != digest
            if differs:
                changed.append(own)
            comparisons.append(
                {
                    **described[lines[place]],
                    "id": ids[place],
                    "measure_id": measure,
                    "target_group_id": int(table.group[lines[place]]),
                    "period": period,
                    "starts_on": parse(period).starts_on.isoformat(),
                    "ends_on": parse(period).ends_on.isoformat(),
                    "definition_version": measures[measure].version,
                    "data_date": str(table.data_date[lines[place]]),
                    "digest": digest,
                    "differs": differs,
                }
            )
        found[measure] = comparisons, rows.as_sent(np.concatenate(changed)) if changed else b""
    return found


@dataclass(frozen=True, kw_only=True, eq=False)
class _Alike:
    """Lines of the table that are compared under the same framework conditions, as one calculation.

    lines: their places in the table. used: codes of the conditions.
    """

    lines: IntArray
    used: Sequence[str]
    compared: Compared

    def said(self) -> dict[str, FloatArray]:
        """Of shape (lines, jobcentres)."""
        compared = self.compared
        return {
            "expected": np.where(compared.enough, compared.expected, np.nan),
            "z": compared.z,
            "z_adjusted": compared.z_adjusted,
            "p": compared.p,
        }

    def described(self) -> dict[int, dict[str, Any]]:
        """What is said of each comparison as a whole, by line."""
        fit, dispersion = self.compared.fit, self.compared.dispersion
        columns = zip(
            self.lines.tolist(),
            np.count_nonzero(self.compared.enough, axis=-1).tolist(),
            dispersion.phi.tolist(),
            dispersion.tau2.tolist(),
            fit.r_squared.tolist(),
            fit.intercept.tolist(),
            fit.coefficients.tolist(),
            fit.weaknesses,
            strict=True,
        )
        return {
            line: {
                "compared": compared,
                "theta": 1.0,
                "phi": phi,
                "tau2": tau2,
                "r_squared": r_squared,
                "coefficients": {
                    "intercept": intercept,
                    **dict(zip(self.used, coefficients, strict=True)),
                },
                "weakness": ",".join(named(weaknesses)),
            }
            for line, compared, phi, tau2, r_squared, intercept, coefficients, weaknesses in columns
        }


def _under_the_same_conditions(
    table: _Table, *, measures: Mapping[int, Measure], year: int
) -> Iterator[_Alike]:
    """Compare the lines that can be: those on invented figures, and those on real ones."""
    is_fictional = np.array([measures[pk].is_fictional for pk in table.measure.tolist()])
    least_base = np.array([measures[pk].least_base for pk in table.measure.tolist()])
    for alike in (False, True):
        lines = np.flatnonzero(np.equal(is_fictional, alike))
        if not lines.size:
            continue
        used = conditions.used_for(is_fictional=alike)
        known = conditions.matrix(jobcentres=table.jobcentres, conditions=used, year=year)
        is_known: BoolArray = np.asarray(np.isfinite(known).all(axis=1), dtype=np.bool_)
        # More of them than there are persons: that is no share of anything, and helps no line.
        is_share = table.actual[lines] <= table.base[lines]
        base = np.where(is_known & is_share, table.base[lines], 0)
        can_be = np.count_nonzero(base >= least_base[lines, np.newaxis], axis=-1) >= 2
        compared, base = lines[can_be], base[can_be]
        if compared.size:
            yield _Alike(
                lines=compared,
                used=used,
                compared=compare_arrays(
                    actual=np.where(base > 0, table.actual[compared], 0),
                    base=base,
                    conditions=np.where(is_known[:, np.newaxis], known, 0),
                    direction=[Direction(measures[pk].direction) for pk in table.measure[compared].tolist()],
                    least_base=least_base[compared],
                ),
            )


def _results(
    table: _Table, said: Mapping[str, FloatArray], *, lines: Sequence[int], ids: Sequence[int]
) -> NDArray[Any]:
    """The rows of `Result`, of one comparison behind those of the other."""
    place, column = np.nonzero(table.has[lines])
    line = np.asarray(lines, dtype=np.int64)[place]
    results = np.empty(line.size, dtype=RESULT)
    results["comparison_id"] = np.asarray(ids, dtype=np.int64)[place]
    results["jobcentre_id"] = np.array([jobcentre.pk for jobcentre in table.jobcentres])[column]
    results["actual"] = table.actual[line, column]
    results["base"] = table.base[line, column]
    for name in SAID:
        results[name] = said[name][line, column]
    return results
