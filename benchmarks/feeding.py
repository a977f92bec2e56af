"""How fast measurements are fed from CSV, beside COPY of the same rows into the same table.

Both ways end with every constraint checked, in a transaction that is then undone: nothing stays. COPY gets
the rows ready-made, with the keys looked up; feeding gets a file, and reads, judges and compares each figure.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db import connection, transaction

from jobcenter.centres.models import Jobcentre
from regions.feeds.figures import Figure
from regions.feeds.models import Arrival
from regions.feeds.receiving import Origin, arrive
from regions.feeds.writing import as_file
from regions.measures.models import Delivery, Measure, TargetGroup
from regions.measures.periods import Frequency, Period

ROWS = 1_000_000
AT_LEAST = 0.3
"""Of COPY's rate."""

MEASURES, GROUPS = 40, 15
LAST = Period(Frequency.MONTH, 2023 * 12 + 11)
DAY = date(2024, 3, 1)


@dataclass(frozen=True)
class Fed:
    rows: int
    copy_seconds: float
    feed_seconds: float

    @property
    def ratio(self) -> float:
        """The rate of feeding in parts of COPY's."""
        return self.copy_seconds / self.feed_seconds


def run(*, rows: int = ROWS) -> Fed:
    """Feed so many measurements both ways and say how they compare. Needs the reference data to be loaded."""
    with _undone():
        measures, groups = _invented(Measure, MEASURES), _invented(TargetGroup, GROUPS)
        Measure.objects.filter(pk__in=[one.pk for one in measures]).update(period_type=LAST.frequency)
        jobcentres = list(Jobcentre.objects.order_by("code"))
        figures = list(islice(_figures(measures, groups, jobcentres), rows))
        content = as_file(figures)
        copied = _timed(lambda: _copy(_ready_made(figures, measures, groups, jobcentres)))
        fed = _timed(lambda: _feed(content))
    found = Fed(len(figures), copied, fed)
    print(
        f"feeding {found.rows:,} measurements: COPY {copied:.1f} s, from CSV {fed:.1f} s, "
        f"{found.ratio:.2f} of COPY's rate (at least {AT_LEAST})",
        flush=True,
    )
    return found


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _timed(feed: Callable[[], None]) -> float:
    with _undone():
        begun = time.perf_counter()
        feed()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        return time.perf_counter() - begun


def _feed(content: bytes) -> None:
    origin = Origin(source="benchmark", data_date=DAY, file_name="tal.csv", content=content)
    arrival = arrive(origin, may_count=True)
    assert arrival.state == Arrival.State.COUNTED, (arrival.said, arrival.problems[:3])


def _copy(lines: str) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(
            "COPY measures_measurement (measure_id, target_group_id, municipality_id, jobcentre_id, period,"
            " starts_on, ends_on, numerator, denominator, value, delivery_id) FROM STDIN"
        ) as copy,
    ):
        copy.write(lines)


def _ready_made(
    figures: list[Figure], measures: list[Measure], groups: list[TargetGroup], jobcentres: list[Jobcentre]
) -> str:
    delivery = Delivery.objects.create(source="benchmark", data_date=DAY, file_name="", digest="")
    measure_of, group_of, jobcentre_of = (
        {row.code: row.pk for row in rows} for rows in (measures, groups, jobcentres)
    )
    return "".join(
        f"{measure_of[figure.measure]}\t{group_of[figure.group or '']}\t\\N\t"
        f"{jobcentre_of[figure.jobcentre or '']}\t{figure.period.code}\t{figure.period.starts_on}\t"
        f"{figure.period.ends_on}\t{figure.numerator}\t{figure.denominator}\t{figure.value}\t{delivery.pk}\n"
        for figure in figures
    )


def _invented(model: type, count: int) -> list:
    """So many rows like one there is, a share where it is a measure."""
    like = model.objects.filter(code="job_after_6_months").first() or model.objects.first()
    rows = []
    for number in range(count):
        like.pk, like.code = None, f"benchmark-{number}"
        like._state.adding = True
        like.save()
        rows.append(model.objects.get(code=like.code))
    return rows


def _figures(
    measures: list[Measure], groups: list[TargetGroup], jobcentres: list[Jobcentre]
) -> Iterator[Figure]:
    period, number = LAST, 0
    while True:
        for measure in measures:
            for group in groups:
                for jobcentre in jobcentres:
                    number += 1
                    base = 800 + number % 401
                    part = base * (30 + number % 17) // 100
                    yield Figure(
                        0,
                        measure.code,
                        group.code,
                        None,
                        jobcentre.code,
                        period,
                        100 * part / base,
                        part,
                        base,
                    )
        period = period.previous()
