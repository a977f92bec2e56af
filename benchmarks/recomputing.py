"""How long it takes to compare and flag everything, beside the least it can cost to move as many rows.

Part of `make bench`, on a tenth of the country's figures; RECOMPUTED_MONTHS=240 takes all of them. The floor
is the same rows copied out of their table, and as many rows of results copied into a table with the same
columns, indexes and foreign keys; nothing else.
"""

from __future__ import annotations

import json
import os
import resource
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Self

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from benchmarks.figures import forget, invent  # noqa: E402
from regions.comparison import rows, steps  # noqa: E402
from regions.comparison.comparing import RESULT  # noqa: E402
from regions.comparison.models import Comparison, Recomputation, Result, Step  # noqa: E402
from regions.dashboard.recomputation import DOES, Stage, carry_out_here, follow, plan  # noqa: E402
from regions.measures.models import Measure, Measurement  # noqa: E402
from regions.oversight.models import Flag  # noqa: E402

RESULTS = Path(__file__).parent / "results/recomputation.json"

ALL_MONTHS = 240

RATIO_AT_MOST, GIGABYTES_AT_MOST, GROWTH_AT_MOST, NEWS_AT_MOST = 2.0, 4.0, 1.2, 0.01


def timed(do: Callable[[], object]) -> float:
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun


def copy_out() -> None:
    """Every measurement, with the columns a comparison needs, to this process, which does nothing with it."""
    with (
        connection.cursor() as cursor,
        cursor.copy(
            "COPY (SELECT measure_id, target_group_id, jobcentre_id, period, numerator, denominator "
            "FROM measures_measurement WHERE jobcentre_id IS NOT NULL) TO STDOUT (FORMAT BINARY)"
        ) as copy,
    ):
        for _row in copy:
            pass


class Floor:
    """A table like that of results, to copy as many rows into, a measure at a time."""

    def __enter__(self) -> Self:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE floor (LIKE {Result._meta.db_table} INCLUDING ALL)")
            cursor.execute(
                "ALTER TABLE floor ADD FOREIGN KEY (comparison_id) REFERENCES comparison_comparison (id) "
                "DEFERRABLE INITIALLY DEFERRED, ADD FOREIGN KEY (jobcentre_id) "
                "REFERENCES centres_jobcentre (id) DEFERRABLE INITIALLY DEFERRED"
            )
        return self

    def __exit__(self, *_raised: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE floor")

    def copy_in(self, measure: Measure) -> float:
        """The measure's results, as ready-made as they can be; seconds of writing them."""
        table, names = Result._meta.db_table, ", ".join(RESULT.names or ())
        with (
            connection.cursor() as cursor,
            cursor.copy(
                f"COPY (SELECT {names} FROM {table} WHERE comparison_id IN "
                f"(SELECT id FROM comparison_comparison WHERE measure_id = {measure.pk})) "
                "TO STDOUT (FORMAT BINARY)"
            ) as copy,
        ):
            block = b"".join(copy)[len(rows.HEADER) : -len(rows.TRAILER)]
        return timed(lambda: rows.take_in("floor", columns=RESULT.names or (), block=block))


def carry_out(step: Step) -> None:
    steps.run(step.pk, do=DOES[step.task])
    step.refresh_from_db()
    if not step.finished_at:
        raise RuntimeError(f"{step}: {step.error}")


def beside_the_floor(recomputation: Recomputation) -> tuple[dict[Stage, float], float]:
    """Seconds of each stage, and of the floor's writing.

    By turns: what a measure's step has written is then copied, so that whatever else the machine does falls
    on both.
    """
    seconds = dict.fromkeys(Stage, 0.0)
    floor_seconds = 0.0
    with Floor() as floor:
        while ready := list(Step.objects.filter(recomputation=recomputation).ready()):
            for step in ready:
                seconds[Stage(step.stage)] += timed(partial(carry_out, step))
                if step.stage == Stage.WRITE:
                    (code,) = step.about["measures"]
                    floor_seconds += floor.copy_in(Measure.objects.get(code=code))
    return seconds, floor_seconds


def measured(*, months: int) -> dict[str, Any]:
    """Everything at one size, in a database that holds nothing of it before."""
    print(f"Inventing {months} months of figures ...", flush=True)
    bring_the_last = invent(months=months)
    out = timed(copy_out)
    begun = time.perf_counter()
    planned = plan(by=None, organisation=None)
    planning = time.perf_counter() - begun
    stages, into = beside_the_floor(planned)
    first = planning + sum(stages.values())
    again = timed(lambda: carry_out_here(plan(by=None, organisation=None)))
    flags = Flag.objects.count()

    bring_the_last()

    def follow_it() -> None:
        if followed := follow():
            carry_out_here(followed)

    news = timed(follow_it)
    found = {
        "months": months,
        "measurements": Measurement.objects.filter(measure__code__startswith="bench_").count(),
        "results": Result.objects.count(),
        "comparisons": Comparison.objects.count(),
        "flags": flags,
        "seconds": round(first, 1),
        "stages": {stage.name.lower(): round(took, 1) for stage, took in stages.items()},
        "floor_seconds": round(out + into, 1),
        "floor_out_seconds": round(out, 1),
        "floor_in_seconds": round(into, 1),
        "ratio": round(first / (out + into), 2),
        "again_seconds": round(again, 1),
        "news_seconds": round(news, 2),
        "news_share": round(news / first, 4),
        "gigabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2, 2),
    }
    print(json.dumps(found, indent=2), flush=True)
    return found


def misses(small: dict[str, Any], large: dict[str, Any]) -> Iterator[str]:
    """What the aims are not met in."""
    growth = large["seconds"] / large["measurements"] / (small["seconds"] / small["measurements"])
    if large["ratio"] > RATIO_AT_MOST:
        yield f"it takes {large['ratio']} times the floor, not {RATIO_AT_MOST:g}"
    if large["gigabytes"] > GIGABYTES_AT_MOST:
        yield f"it needs {large['gigabytes']} GB, not {GIGABYTES_AT_MOST:g}"
    if growth > GROWTH_AT_MOST:
        yield f"a figure takes {growth:.2f} times as long among ten times as many, not {GROWTH_AT_MOST:g}"
    news = large["news_share"]
    if large["months"] == ALL_MONTHS and news > NEWS_AT_MOST:
        yield f"one jobcentre's new month takes {news:.2%} of the whole, not {NEWS_AT_MOST:.0%}"


def main() -> None:
    months = int(os.environ.get("RECOMPUTED_MONTHS", ALL_MONTHS // 10))
    for command in ("migrate", "load_reference_data"):
        call_command(command, verbosity=0)
    small = measured(months=max(1, months // 10))
    forget()
    large = measured(months=months)
    forget()
    results = {
        "measured": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "machine": f"{os.cpu_count()} cores, one process",
        "aims": {
            "ratio": RATIO_AT_MOST,
            "gigabytes": GIGABYTES_AT_MOST,
            "growth": GROWTH_AT_MOST,
            "news_share": NEWS_AT_MOST,
        },
        "sizes": [small, large],
        "misses": list(misses(small, large)),
    }
    RESULTS.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(*results["misses"] or ["every aim is met"], sep="\n")


if __name__ == "__main__":
    main()
