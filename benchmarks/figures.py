"""Jobcentres' figures to compare, month by month as they are delivered. Everything is invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import connection

from benchmarks.resting import without_foreign_keys, without_triggers
from jobcenter.centres.models import Jobcentre
from regions.measures.models import Changed, Delivery, Measure, Measurement, TargetGroup

MEASURES, GROUPS, JOBCENTRES = 40, 15, 94
FIRST_MONTH = date(2005, 1, 1)
MEASURE, GROUP = "I job seks måneder efter afsluttet forløb, {}", "Jobparate på kontanthjælp, {}"
"""Names as long as others are, since pages have to carry them."""

LATE = JOBCENTRES - 1
"""Place of the jobcentre whose figures of the last month come when all the others have been compared."""

INVENT = """
    INSERT INTO measures_measurement (
        measure_id, target_group_id, jobcentre_id, period, starts_on, ends_on,
        numerator, denominator, value, delivery_id
    )
    SELECT
        measure, target_group, jobcentre, to_char(month, 'YYYY"M"MM'), month,
        (month + interval '1 month - 1 day')::date,
        numerator, denominator, 100.0 * numerator / denominator, %(delivery)s
    FROM (
        SELECT *, round(
            denominator * least(1, greatest(0, random_normal(0.35, sqrt(0.0003 + 0.23 / denominator))))
        )::bigint AS numerator
        FROM (
            SELECT month, measure, target_group, jobcentre,
                (40 + 40 * (jobcentre %% 17) + 3 * (jobcentre %% 94))::bigint AS denominator
            FROM generate_series(%(first)s::date, %(last)s::date, interval '1 month') AS month
            CROSS JOIN unnest(%(measures)s::bigint[]) AS measure
            CROSS JOIN unnest(%(groups)s::bigint[]) AS target_group
            CROSS JOIN unnest(%(jobcentres)s::bigint[]) AS jobcentre
        ) AS asked
    ) AS invented
"""
"""Shares that differ mostly by chance."""


def invent(*, months: int) -> Callable[[], None]:
    """Fill the measurements, but for the last month of one jobcentre; gives what brings that one."""
    said = {
        "valid_from": FIRST_MONTH,
        "next_review": date(2100, 1, 1),
        "kind": Measure.Kind.RESULT,
        "direction": Measure.Direction.HIGHER_BETTER,
        "unit": Measure.Unit.PER_CENT,
        "period_type": Measure.PeriodType.MONTH,
        "author": "benchmark",
        "checker": "nobody",
    }
    measures = Measure.objects.bulk_create(
        Measure(code=f"bench_{number}", title_da=MEASURE.format(number), **said) for number in range(MEASURES)
    )
    groups = TargetGroup.objects.bulk_create(
        TargetGroup(code=f"bench_{number}", title_da=GROUP.format(number)) for number in range(GROUPS)
    )
    jobcentres = list(Jobcentre.objects.order_by("code").values_list("pk", flat=True)[:JOBCENTRES])
    delivery = Delivery.objects.create(
        source="benchmark", data_date=date(2025, 2, 1), file_name="", digest=""
    )
    last = FIRST_MONTH.replace(year=FIRST_MONTH.year + (months - 1) // 12, month=(months - 1) % 12 + 1)
    asked = {
        "measures": [measure.pk for measure in measures],
        "groups": [group.pk for group in groups],
        "delivery": delivery.pk,
        "first": FIRST_MONTH,
        "last": last,
        "jobcentres": jobcentres,
    }
    table = Measurement._meta.db_table
    with without_foreign_keys(table), without_triggers(table) as cursor:
        cursor.execute("SELECT setseed(0.5)")
        cursor.execute(INVENT, asked)
    late = Measurement.objects.filter(jobcentre=jobcentres[LATE], starts_on=last)
    with without_triggers(table):
        late.delete()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE measures_measurement")

    def bring_the_last() -> None:
        with connection.cursor() as cursor:
            cursor.execute(INVENT, {**asked, "first": last, "jobcentres": [jobcentres[LATE]]})

    return bring_the_last


def forget() -> None:
    """Take away what was invented, and what it came to; nothing else of the database."""
    measures = list(Measure.objects.filter(code__startswith="bench_").values_list("pk", flat=True))
    with without_triggers("oversight_flag") as cursor:
        for table in ("measures_measurement", "oversight_flag", "oversight_flagevent"):
            cursor.execute(f"DELETE FROM {table} WHERE measure_id = ANY(%s)", [measures])
        cursor.execute(
            "DELETE FROM comparison_result WHERE comparison_id IN "
            "(SELECT id FROM comparison_comparison WHERE measure_id = ANY(%s))",
            [measures],
        )
        cursor.execute("DELETE FROM comparison_comparison WHERE measure_id = ANY(%s)", [measures])
    Changed.objects.filter(measure__in=measures).delete()
    Measure.objects.filter(pk__in=measures).delete()
    TargetGroup.objects.filter(code__startswith="bench_").delete()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
