"""Taking figures into the measurements: all of them, or none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre
from jobcenter.geography.models import Municipality
from jobcenter.runtime.work import look_now
from regions.feeds.figures import Difference, Figure, Key, Stored, difference
from regions.feeds.models import Import
from regions.measures.models import Delivery, Measure, Measurement, TargetGroup


@dataclass(frozen=True)
class Origin:
    """Whose figures, as of when, in which file. by: who delivered it, None for the portal itself."""

    source: str
    data_date: date
    file_name: str
    digest: str
    by: User | None = None


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def stored(figures: Iterable[Figure]) -> dict[Key, Stored]:
    """What is there of the measures and periods that the figures are about. One query."""
    about = {(figure.measure, figure.period.code) for figure in figures}
    rows = Measurement.objects.filter(
        measure__code__in={measure for measure, _ in about}, period__in={period for _, period in about}
    ).values_list(
        "measure__code",
        "target_group__code",
        "municipality__code",
        "jobcentre__code",
        "period",
        "value",
        "numerator",
        "denominator",
    )
    return {row[:5]: Stored(*row[5:]) for row in rows}


def compare(figures: Sequence[Figure]) -> Difference:
    """What the figures would change now."""
    return difference(figures, stored=stored(figures))


@transaction.atomic
def receive(figures: Sequence[Figure], *, origin: Origin, missing: int = 0) -> Import | None:
    """Take the figures in, in one transaction; None, and nothing is written, when they change nothing.

    figures: of known places, measures and groups, each key once. missing: lines that had no figure.
    Two deliveries at once are taken in one after the other, so that each says truly what it changed.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE measures_delivery IN SHARE ROW EXCLUSIVE MODE")
    found = compare(figures)
    if found.is_empty:
        return None
    delivery = Delivery.objects.create(
        source=origin.source,
        data_date=origin.data_date,
        by=origin.by,
        file_name=origin.file_name,
        digest=origin.digest,
    )
    _write(found.to_write, delivery=delivery)
    look_now("dashboard.follow")
    return Import.objects.create(
        delivery=delivery,
        rows=len(figures) + missing,
        added=len(found.added),
        changed=len(found.changed),
        unchanged=found.unchanged,
        missing=missing,
    )


def _write(figures: Sequence[Figure], *, delivery: Delivery) -> None:
    """Insert or replace, as a set: a temporary table filled by COPY, and one statement from there."""
    measures, groups, municipalities, jobcentres = (
        _ids(model) for model in (Measure, TargetGroup, Municipality, Jobcentre)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            """
            CREATE TEMPORARY TABLE arriving (
                measure_id bigint, target_group_id bigint, municipality_id bigint, jobcentre_id bigint,
                period text, starts_on date, ends_on date, numerator bigint, denominator bigint,
                value double precision
            ) ON COMMIT DROP
            """
        )
        with cursor.copy("COPY arriving FROM STDIN") as copy:
            for figure in figures:
                copy.write_row(
                    (
                        measures[figure.measure],
                        groups[figure.group] if figure.group else None,
                        municipalities[figure.municipality] if figure.municipality else None,
                        jobcentres[figure.jobcentre] if figure.jobcentre else None,
                        figure.period.code,
                        figure.period.starts_on,
                        figure.period.ends_on,
                        figure.numerator,
                        figure.denominator,
                        figure.value,
                    )
                )
        cursor.execute(
            """
            INSERT INTO measures_measurement AS standing (
                measure_id, target_group_id, municipality_id, jobcentre_id, period, starts_on, ends_on,
                numerator, denominator, value, delivery_id
            )
            SELECT arriving.*, %s FROM arriving
            ON CONFLICT ON CONSTRAINT measurement_once DO UPDATE SET
                numerator = excluded.numerator,
                denominator = excluded.denominator,
                value = excluded.value,
                delivery_id = excluded.delivery_id
            """,
            [delivery.pk],
        )
        cursor.execute("DROP TABLE arriving")


def _ids(model: type[Measure | TargetGroup | Municipality | Jobcentre]) -> Mapping[str, int]:
    return dict(model._default_manager.values_list("code", "pk"))
