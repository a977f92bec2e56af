"""Part of `make bench`: rows by the million, fed from CSV and counted, each beside copying as many.

`feeding` and `timeliness` say what is timed and what the floor is. A tenth is taken first.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from benchmarks import feeding, timeliness  # noqa: E402
from benchmarks.feeding import Fed  # noqa: E402
from benchmarks.timeliness import Measured  # noqa: E402

RESULTS = Path(__file__).parent / "results/bulk.json"

ROWS = int(os.environ.get("BULK_ROWS", feeding.ROWS))


def as_fed(one: Fed) -> dict[str, Any]:
    return {
        "measurements": one.rows,
        "of_the_rate_of_copy": round(one.ratio, 2),
        "copy_seconds": round(one.copy_seconds, 1),
        "feed_seconds": round(one.feed_seconds, 1),
    }


def as_counted(one: Measured) -> dict[str, Any]:
    return {
        "spells": one.spells,
        "rows": one.rows,
        "deadlines": one.judged,
        "times_the_floor": round(one.ratio, 1),
        "floor_seconds": round(one.floor, 1),
        "deadlines_seconds": round(one.deadlines, 1),
        "measures_seconds": round(one.measures, 1),
    }


def misses(fed: list[Fed]) -> Iterator[str]:
    """What the aims are not met in. Counting spells has none: it is told beside its floor."""
    for one in fed:
        if one.ratio < feeding.AT_LEAST:
            yield (
                f"{one.rows:,} measurements are fed at {one.ratio:.2f} of COPY's rate, "
                f"not {feeding.AT_LEAST:g}"
            )


def main() -> None:
    for command in ("migrate", "load_reference_data"):
        call_command(command, verbosity=0)
    fed = [feeding.run(rows=rows) for rows in (ROWS // 10, ROWS)]
    counted = [timeliness.run(spells=spells) for spells in (ROWS // 10, ROWS)]
    print(*counted, sep="\n", flush=True)
    results = {
        "measured": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "machine": f"{os.cpu_count()} cores, one process",
        "aims": {"of_the_rate_of_copy": feeding.AT_LEAST},
        "feeding": [as_fed(one) for one in fed],
        "timeliness": [as_counted(one) for one in counted],
        "misses": list(misses(fed)),
    }
    RESULTS.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(*results["misses"] or ["every aim is met"], sep="\n")


if __name__ == "__main__":
    main()
