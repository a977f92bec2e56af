"""`make bench`: fill a database, measure beside the floor at two sizes, and write the figures down.

Started by jobcenter/runtime/checks.py with a PostgreSQL and a Redis that are gone afterwards.
"""

from __future__ import annotations

import json
import os
import platform
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
# Playwright keeps an event loop in this thread, where Django would then refuse every query.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from benchmarks.cases import CASES, Case  # noqa: E402
from benchmarks.data import fill  # noqa: E402
from benchmarks.measuring import Fetched, Timing, first_visit, measure  # noqa: E402
from jobcenter.runtime import children  # noqa: E402

RESULTS = Path(__file__).parent / "results/latest.json"
THREADS = 4
SECONDS_TO_START = 60

P50_AT_MOST, P95_AT_MOST, GROWTH_AT_MOST = 8.0, 15.0, 1.3
REQUESTS_AT_MOST = 15


@dataclass(frozen=True)
class Size:
    vacancies: int
    companies: int
    months: int
    """Of the results of all jobcentres."""


ASKED = [case for case in CASES if case.name in os.environ.get("BENCH_CASES", case.name).split(",")]
"""BENCH_CASES names some, with commas between; what was found of the others before is kept."""

SIZES = (
    Size(vacancies=5_000, companies=30_000, months=3),
    Size(vacancies=50_000, companies=300_000, months=30),
)


@contextmanager
def serving() -> Iterator[int]:
    """The portal behind a real gunicorn as `make run` starts it, for the block; gives its port."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    number, port = listener.fileno(), listener.getsockname()[1]
    environment = os.environ | {"LISTENING_SOCKET": str(number), "DATABASE_POOL": str(THREADS)}
    command = [sys.executable, "-m", "gunicorn", "--config=jobcenter/runtime/gunicorn.py", "jobcenter.wsgi"]
    server = children.start(
        [*command, "--log-level=warning"],
        at_our_death=signal.SIGTERM,
        environment=environment,
        keep_open=[number],
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/floor/")
        yield port
    finally:
        children.stop(server, within=15)
        listener.close()


def wait_for(address: str) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def measured_at(size: Size) -> dict[str, Timing]:
    """Every case at one size of the data."""
    print(
        f"Filling up to {size.vacancies:,} vacancies, {size.companies:,} companies "
        f"and {size.months} months of results ...",
        flush=True,
    )
    fill(**asdict(size))
    with serving() as port:
        found = {}
        for case in ASKED:
            timing = found[case.name] = measure(case, port=port)
            print(
                f"  {case.name:22} p50 {timing.p50:6.1f} ms = {timing.ratio_p50:5.1f} × the floor, "
                f"p95 {timing.p95:6.1f} ms = {timing.ratio_p95:5.1f} ×",
                flush=True,
            )
        return found


def first_visits() -> dict[str, Fetched | None]:
    with serving() as port:
        return {case.name: first_visit(case, port=port) for case in ASKED if case.kilobytes}


def figures(
    case: Case, timings: dict[Size, dict[str, Timing]], visits: dict[str, Fetched | None]
) -> dict[str, Any]:
    """A case as it is written down: ratios first, since milliseconds are this machine's."""
    by_size = {size: found[case.name] for size, found in timings.items()}
    small, large = by_size[SIZES[0]], by_size[SIZES[-1]]
    visit = visits.get(case.name)
    found: dict[str, Any] = {
        "case": case.name,
        "what": case.what,
        "measured": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "commit": commit(),
        "growth": round(large.ratio_p50 / small.ratio_p50, 2),
        "sizes": [
            {
                **asdict(size),
                "p50_ratio": round(timing.ratio_p50, 1),
                "p95_ratio": round(timing.ratio_p95, 1),
                **{name: round(value, 2) for name, value in asdict(timing).items()},
            }
            for size, timing in by_size.items()
        ],
    }
    if visit:
        found["first_visit"] = {"requests": visit.requests, "kilobytes": round(visit.kilobytes, 1)}
    found["misses"] = list(misses(case, list(by_size.values()), found["growth"], visit))
    return found


def misses(case: Case, timings: list[Timing], growth: float, visit: Fetched | None) -> Iterator[str]:
    """What the aims are not met in."""
    if (worst := max(timing.ratio_p50 for timing in timings)) > P50_AT_MOST:
        yield f"p50 is {worst:.1f} times the floor, not {P50_AT_MOST:g}"
    if (worst := max(timing.ratio_p95 for timing in timings)) > P95_AT_MOST:
        yield f"p95 is {worst:.1f} times the floor, not {P95_AT_MOST:g}"
    if growth > GROWTH_AT_MOST:
        yield f"ten times the data takes {growth:.2f} times as long, not {GROWTH_AT_MOST:g}"
    if visit and visit.requests > REQUESTS_AT_MOST:
        yield f"a first visit takes {visit.requests} requests, not {REQUESTS_AT_MOST}"
    if visit and case.kilobytes and visit.kilobytes > case.kilobytes:
        yield f"a first visit fetches {visit.kilobytes:.0f} KB, not {case.kilobytes}"


def commit() -> str:
    found = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return found.stdout.strip() or "unknown"


def main() -> None:
    for command in ("migrate", "load_reference_data"):
        call_command(command, verbosity=0)
    call_command("catalogue", "compile")
    call_command("collectstatic", interactive=False, verbosity=0)
    timings = {size: measured_at(size) for size in SIZES}
    visits = first_visits()
    connections.close_all()
    found = {case.name: figures(case, timings, visits) for case in ASKED}
    before = json.loads(RESULTS.read_text(encoding="utf-8"))["cases"] if RESULTS.exists() else []
    kept = {case["case"]: case for case in before} | found
    results = {
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
        "server": f"gunicorn, 2 workers with {THREADS} threads each, one client on loopback",
        "aims": {
            "p50_ratio": P50_AT_MOST,
            "p95_ratio": P95_AT_MOST,
            "growth": GROWTH_AT_MOST,
            "requests": REQUESTS_AT_MOST,
            "kilobytes": {case.name: case.kilobytes for case in CASES if case.kilobytes},
        },
        "cases": [kept[case.name] for case in CASES if case.name in kept],
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    for case in found.values():
        print(f"{case['case']}: grows {case['growth']} times", *case["misses"], sep="; ")


if __name__ == "__main__":
    main()
