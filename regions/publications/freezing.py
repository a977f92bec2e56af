"""Freezing a quarter: every result as anyone may see it, beside what was expected, and with whom it is held.

Nothing that is hidden is written down at all. A number of few persons is hidden from all, its own jobcentre
too, since anyone reads what is published; and beside the country's total one more is hidden, where a single
one could be found by subtraction. A correction hides what the issue before it hid, and tells no total once it
had to hide more. Another quarter's issue holds mostly the same months, so what would be found from both is
hidden too (`earlier`): issues beside each other reveal nothing that one of them hides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from jobcenter.centres.models import Jobcentre, Serves
from jobcenter.geography.models import Area
from regions.comparison.beside import peers_in
from regions.comparison.models import Comparison, FrameworkCondition, Result
from regions.measures.models import MeasureVersion
from regions.measures.periods import Period, parse
from regions.measures.small_numbers import limits_on
from regions.measures.suppression import MISSING, SUPPRESSED, Cell, Limits, Shown, hidden, in_full
from regions.publications.checking import left_out
from regions.publications.choosing import chosen
from regions.publications.earlier import Earlier, told_before
from regions.publications.models import FrozenComparison, FrozenResult, Participant, Publication

COLUMNS = {
    "comparison_id": "int8",
    "participant_id": "int8",
    "state": "varchar",
    "actual": "int8",
    "base": "int8",
    "share": "float8",
    "expected": "float8",
    "z_adjusted": "float8",
    "p_adjusted": "float8",
    "peers": "int8[]",
}
"""Of a frozen result, and how each is sent."""


@transaction.atomic
def draw_up(*, quarter: Period, on: date, correction: str = "") -> Publication:
    """Draw up the quarter's draft, or draw it up anew. Eleven queries and one COPY, however much there is.

    correction: what was wrong with the issue that is published; needed when there is one. Raises
    ValidationError without it (the table's own constraint says so), or when nothing can be drawn up.
    """
    draft = Publication.objects.select_for_update().filter(period=quarter.code, state="draft").first()
    if draft is None:
        published = Publication.objects.published().filter(period=quarter.code).first()
        draft = Publication(
            period=quarter.code, starts_on=quarter.starts_on, ends_on=quarter.ends_on, corrects=published
        )
    draft.correction = correction or draft.correction
    draft.drawn_at = timezone.now()
    draft.full_clean()
    draft.save()
    freeze(draft, on=on)
    return draft


def freeze(draft: Publication, *, on: date) -> None:
    """Put what stands now in the place of what the draft held. The comparisons are locked meanwhile, so that
    a recomputation writes before or after, and never in between."""
    quarter = draft.quarter
    draft.participants.all().delete()
    draft.comparisons.all().delete()
    comparisons = list(
        chosen(quarter).select_related("measure", "target_group").select_for_update(of=("self",))
    )
    results: dict[int, list[Result]] = {comparison.pk: [] for comparison in comparisons}
    for result in Result.objects.filter(comparison__in=comparisons).select_related("jobcentre"):
        results[result.comparison_id].append(result)
    participants = _participants(draft, quarter=quarter, results=results)
    versions = {
        (version.measure_id, version.version): version
        for version in MeasureVersion.objects.filter(measure__in={one.measure_id for one in comparisons})
    }
    before = _before(draft)
    limits, year = limits_on(on), _conditions_year(quarter)
    earlier = told_before(draft, {one: results[one.pk] for one in comparisons}, limits=limits)
    made = {period: Comparison.objects.made_in(period) for period in {one.period for one in comparisons}}
    frozen, rows = [], []
    for comparison in comparisons:
        found = results[comparison.pk]
        subject = comparison.measure_id, comparison.target_group_id
        told, total = shown(
            found,
            period=parse(comparison.period),
            limits=limits,
            before=before.get(subject),
            earlier=earlier.get(subject, NOTHING),
        )
        frozen.append(
            FrozenComparison(
                publication=draft,
                measure=comparison.measure,
                target_group=comparison.target_group,
                definition=versions[comparison.measure_id, comparison.definition_version],
                code=f"{comparison.measure.code}.{comparison.target_group.code}",
                group_da=comparison.target_group.title_da,
                group_en=comparison.target_group.title_en,
                period=comparison.period,
                data_date=comparison.data_date,
                conditions_year=year,
                compared=comparison.compared,
                made=made[comparison.period],
                actual=total.numerator,
                base=total.denominator,
                share=share_of(found),
                theta=comparison.theta,
                phi=comparison.phi,
                tau2=comparison.tau2,
                r_squared=comparison.r_squared,
                weakness=comparison.weakness,
                digest=comparison.digest,
            )
        )
        rows.append(rows_of(found, told=told, participants=participants))
    FrozenComparison.objects.bulk_create(frozen)
    _take_in(frozen, rows)
    areas = {area.code: area.name for area in Area.objects.valid(quarter.ends_on)}
    compared = {comparison.measure_id for comparison in comparisons}
    draft.areas, draft.left_out = areas, left_out(quarter=quarter, compared=compared, on=on)
    draft.save(update_fields=["areas", "left_out"])


NOTHING = Earlier()
"""Where no other issue has told anything."""


@dataclass(frozen=True)
class Before:
    """What the issue that is corrected hid of a comparison. jobcentres: by id."""

    hides_total: bool
    jobcentres: set[int] = field(default_factory=set)


def shown(
    results: Sequence[Result],
    *,
    period: Period,
    limits: Limits,
    before: Before | None = None,
    earlier: Earlier = NOTHING,
) -> tuple[dict[int, Shown], Shown]:
    """What is told of each result, by jobcentre, and of all of them together."""
    cells = [Cell(result.actual, result.base) for result in results]
    total = Cell(sum(cell.numerator for cell in cells), sum(cell.size for cell in cells))
    once_hidden = before.jobcentres if before else set()
    was_hidden = [result.jobcentre_id in once_hidden for result in results]
    small = [
        was or cell.is_small(limits) or earlier.would_reveal(result.jobcentre_id, period, cell, limits=limits)
        for result, cell, was in zip(results, cells, was_hidden, strict=True)
    ]
    *hide, hides_total = hidden(
        [[one] for one in (*small, total.is_small(limits))],
        sizes=[[float(cell.size)] for cell in (*cells, total)],
        rows_add_up=False,
        columns_add_up=True,
    )[:, 0].tolist()
    if before and (before.hides_total or hide != was_hidden):
        hides_total = True
    secret = [place for place, is_hidden in enumerate(hide) if is_hidden]
    left = Cell(sum(cells[place].numerator for place in secret), sum(cells[place].size for place in secret))
    if not hides_total:
        hides_total = earlier.total_would_reveal(
            [results[place].jobcentre_id for place in secret], period, left, limits=limits
        )
    told = {
        result.jobcentre_id: SUPPRESSED if is_hidden else in_full(cell, limits=limits)
        for result, cell, is_hidden in zip(results, cells, hide, strict=True)
    }
    return told, SUPPRESSED if hides_total else in_full(total, limits=limits)


def rows_of(
    results: Sequence[Result], *, told: Mapping[int, Shown], participants: Mapping[int, Participant]
) -> list[tuple[Any, ...]]:
    """A row for every participant, without the comparison's id; one without a figure is missing."""
    id_of = {result.jobcentre.code: result.jobcentre_id for result in results}
    peers = {id_of[code]: [id_of[one] for one in nearest] for code, nearest in peers_in(results).of.items()}
    result_of = {result.jobcentre_id: result for result in results}
    rows: list[tuple[Any, ...]] = []
    for jobcentre, participant in participants.items():
        cell, result = told.get(jobcentre, MISSING), result_of.get(jobcentre)
        scores = (
            (result.expected, result.z_adjusted, result.p_adjusted)
            if result and cell.numerator is not None
            else (None, None, None)
        )
        rows.append(
            (
                participant.pk,
                str(cell.state),
                cell.numerator,
                cell.denominator,
                cell.share,
                *scores,
                peers.get(jobcentre, []),
            )
        )
    return rows


def share_of(results: Sequence[Result]) -> float:
    """Of all of whom something was expected together: what limits are drawn at (`comparison.beside`)."""
    counted = [result for result in results if result.expected]
    return sum(result.actual for result in counted) / max(sum(result.base for result in counted), 1)


def _participants(
    draft: Publication, *, quarter: Period, results: Mapping[int, Sequence[Result]]
) -> dict[int, Participant]:
    """By jobcentre: those that were there on the quarter's last day, and any other that has results."""
    jobcentres = {one.pk: one for one in Jobcentre.objects.valid(quarter.ends_on)}
    jobcentres |= {result.jobcentre_id: result.jobcentre for found in results.values() for result in found}
    areas: dict[int, list[str]] = {}
    lies_in = (
        Serves.objects.valid(quarter.ends_on)
        .filter(municipality__areamunicipality__area__in=Area.objects.valid(quarter.ends_on))
        .order_by("jobcentre", "municipality__areamunicipality__area__code")
        .values_list("jobcentre", "municipality__areamunicipality__area__code")
        .distinct()
    )
    for jobcentre, area in lies_in:
        areas.setdefault(jobcentre, []).append(area)
    made = Participant.objects.bulk_create(
        Participant(
            publication=draft,
            jobcentre=jobcentre,
            code=jobcentre.code,
            name=jobcentre.name,
            sort_key=jobcentre.sort_key,
            areas=areas.get(jobcentre.pk, []),
        )
        for jobcentre in jobcentres.values()
    )
    return {participant.jobcentre_id: participant for participant in made}


def _before(draft: Publication) -> dict[tuple[int, int], Before]:
    """By measure and target group what the issue that is corrected hid. Two queries."""
    if not draft.corrects:
        return {}
    found = {
        (comparison.measure_id, comparison.target_group_id): Before(hides_total=comparison.actual is None)
        for comparison in draft.corrects.comparisons.all()
    }
    hidden_results = FrozenResult.objects.filter(
        comparison__publication=draft.corrects, state=FrozenResult.State.SUPPRESSED
    )
    for measure, group, jobcentre in hidden_results.values_list(
        "comparison__measure", "comparison__target_group", "participant__jobcentre"
    ):
        found[measure, group].jobcentres.add(jobcentre)
    return found


def _conditions_year(quarter: Period) -> int | None:
    """The year of the newest framework conditions that what was expected in the quarter could rest on."""
    years = FrameworkCondition.objects.order_by("-year").values_list("year", flat=True)
    return years.filter(year__lte=quarter.ends_on.year).first() or years.last()


def _take_in(frozen: Sequence[FrozenComparison], rows: Sequence[Sequence[tuple[Any, ...]]]) -> None:
    """Write all results by one COPY."""
    with (
        connection.cursor() as cursor,
        cursor.copy(
            f"COPY {FrozenResult._meta.db_table} ({', '.join(COLUMNS)}) FROM STDIN (FORMAT BINARY)"
        ) as copy,
    ):
        copy.set_types(list(COLUMNS.values()))
        for comparison, of_comparison in zip(frozen, rows, strict=True):
            for row in of_comparison:
                copy.write_row((comparison.pk, *row))
