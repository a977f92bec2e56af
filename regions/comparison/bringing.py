"""Framework conditions from a file: what is known when it is tried, what it changes, and bringing it in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre, Serves
from jobcenter.runtime.csvlines import Unreadable
from regions.comparison.condition_file import Difference, Key, Known, difference, read
from regions.comparison.models import Condition, ConditionFile, FrameworkCondition
from regions.feeds.receiving import Changed
from regions.measures.models import Measure, Measurement

MIRRORS = ("employment_rate", "unemployed", "social_assistance", "earned_income")
"""Facts about the labour market that are results by another name: employment, benefits, income."""


def known_on(day: date) -> Known:
    """Which conditions may be delivered, and what they may not be. Six queries."""
    names: dict[str, str] = {}
    for measure in Measure.objects.all():
        names |= {
            name.casefold(): str(measure) for name in (measure.code, measure.title_da, measure.title_en)
        }
    return Known(
        conditions={
            condition.code: (condition.lowest, condition.highest)
            for condition in Condition.objects.valid(day).filter(is_computed=False)
        },
        measures=names,
        jobcentres=frozenset(Jobcentre.objects.values_list("code", flat=True)),
        this_year=day.year,
        results=results_by_year(on=day),
        stored=stored(FrameworkCondition.objects.filter(year__lte=day.year)),
    )


def results_by_year(*, on: date) -> dict[tuple[str, int], dict[str, float]]:
    """Every result of jobcentres, and every mirror of one, by its name and year. Two queries.

    A mirror counted in persons is taken per resident. It is read from the municipality of jobcentres that
    serve one alone.
    """
    found: dict[tuple[str, int], dict[str, float]] = {}
    of_jobcentres = (
        Measurement.objects.filter(measure__in=Measure.objects.assessable(), jobcentre__isnull=False)
        .order_by("ends_on")
        .values_list(
            "measure__title_da", "target_group__title_da", "ends_on__year", "jobcentre__code", "value"
        )
    )
    for title, group, year, code, value in of_jobcentres:
        found.setdefault((f"{title}, {group}", year), {})[str(code)] = value
    served: dict[str, list[tuple[int, int]]] = {}
    for code, municipality, population in Serves.objects.valid(on).values_list(
        "jobcentre__code", "municipality_id", "municipality__population"
    ):
        served.setdefault(code, []).append((municipality, population))
    alone = {places[0][0]: (code, places[0][1]) for code, places in served.items() if len(places) == 1}
    of_municipalities = Measurement.objects.filter(
        measure__code__in=MIRRORS, municipality__in=alone
    ).values_list("measure__title_da", "measure__unit", "ends_on__year", "municipality_id", "value")
    for title, unit, year, municipality, value in of_municipalities:
        code, population = alone[municipality or 0]
        per = population if unit == Measure.Unit.PERSONS and population else 1
        found.setdefault((title, year), {})[code] = value / per
    return found


def changes(values: Mapping[Key, float]) -> Difference:
    """What the values would change now. One query."""
    years = {year for _, year, _ in values}
    codes = {code for _, _, code in values}
    standing = FrameworkCondition.objects.filter(year__in=years, condition__code__in=codes)
    return difference(values, stored=stored(standing))


def stored(conditions: QuerySet[FrameworkCondition]) -> dict[Key, float]:
    """Values that stand, as a file says them. One query."""
    rows = conditions.values_list("jobcentre__code", "year", "condition__code", "value")
    return {(jobcentre, year, code): value for jobcentre, year, code, value in rows}


@transaction.atomic
def bring(values: Mapping[Key, float], *, source: str) -> Difference:
    """Take all values in, in one transaction; says what that changed.

    values: of known jobcentres and conditions. Two who bring at once do so one after the other, so that
    each is told truly what changed.
    """
    _one_at_a_time()
    found = changes(values)
    ids = dict(Jobcentre.objects.values_list("code", "pk"))
    wanted = {**found.added, **{key: after for key, (_before, after) in found.changed.items()}}
    FrameworkCondition.objects.bulk_create(
        [
            FrameworkCondition(
                jobcentre_id=ids[jobcentre], year=year, condition_id=code, value=value, source=source
            )
            for (jobcentre, year, code), value in wanted.items()
        ],
        update_conflicts=True,
        unique_fields=["jobcentre", "year", "condition"],
        update_fields=["value", "source"],
    )
    return found


def proposed(file: ConditionFile) -> Difference:
    """What a file that waits would change now. Raises Changed where it can no longer be used."""
    return changes(_values(file))


@transaction.atomic
def let_through(file: ConditionFile, *, by: User, shown: str, reason: str = "") -> Difference | None:
    """Let a file that waits count, whole and at once; None when it no longer waited.

    shown: digest of the difference that somebody has read. Raises Changed, and nothing counts, when the file
    would not do now what was shown.
    """
    _one_at_a_time()
    kept = ConditionFile.objects.waiting().select_for_update().filter(pk=file.pk).first()
    if kept is None:
        return None
    values = _values(kept)
    if changes(values).digest != shown:
        raise Changed(_("Other values have come since. This is what the file changes now."))
    found = bring(values, source=kept.source)
    kept.told, kept.reason = found.as_json(), reason
    kept.state, kept.decided_at, kept.decided_by = ConditionFile.State.COUNTED, timezone.now(), by
    kept.save()
    return found


@transaction.atomic
def put_aside(file: ConditionFile, *, by: User, reason: str) -> bool:
    """A file that waits is not to count. False when it no longer waited."""
    waiting = ConditionFile.objects.waiting().filter(pk=file.pk)
    state = ConditionFile.State.DROPPED
    return bool(waiting.update(state=state, decided_at=timezone.now(), decided_by=by, reason=reason))


def _values(file: ConditionFile) -> Mapping[Key, float]:
    """Read anew, against what is known now. Raises Changed."""
    try:
        reading = read(bytes(file.content), known=known_on(timezone.localdate()))
    except Unreadable as error:
        raise Changed(str(error)) from None
    if reading.problems:
        raise Changed(
            _("Conditions, jobcentres or results have changed since the file came: it can no longer be used.")
        )
    return reading.values


def _one_at_a_time() -> None:
    """So that each file says truly what it changed."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE comparison_frameworkcondition IN SHARE ROW EXCLUSIVE MODE")
