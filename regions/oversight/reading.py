"""The results that flags are raised on and carry as evidence, read for all of a measure at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from jobcenter.centres.models import Jobcentre
from regions.comparison.models import Comparison, Result
from regions.comparison.peers import Peers, nearest_peers
from regions.measures.periods import Period, parse
from regions.oversight.facts import Figures

MOST_PERIODS = 36
"""So many periods of a jobcentre are read, and kept as evidence, at most: three years of months."""

SAID = ("actual", "base", "expected", "z_adjusted", "p_adjusted")
"""What is kept of a result."""

HISTORIES = f"""
    SELECT latest.id, asked.jobcentre_id, earlier.period, {", ".join(f"result.{name}" for name in SAID)}
    FROM unnest(%s::bigint[], %s::bigint[], %s::date[]) AS asked (latest_id, jobcentre_id, first_ends_on)
    JOIN comparison_comparison AS latest ON latest.id = asked.latest_id
    JOIN comparison_comparison AS earlier
        ON earlier.measure_id = latest.measure_id AND earlier.target_group_id = latest.target_group_id
        AND earlier.ends_on >= asked.first_ends_on
    JOIN comparison_result AS result
        ON result.comparison_id = earlier.id AND result.jobcentre_id = asked.jobcentre_id
    ORDER BY earlier.ends_on
"""


def histories(
    asked: Collection[tuple[Comparison, Jobcentre]],
) -> dict[tuple[Comparison, Jobcentre], Sequence[Figures]]:
    """The jobcentre's results up to its latest comparison, oldest first: of periods in step with that one.

    One query for all of them, whichever target groups they are of.
    """
    found: dict[tuple[Comparison, Jobcentre], list[Figures]] = {one: [] for one in asked}
    if not found:
        return {}
    by_id = {(latest.pk, jobcentre.pk): (latest, jobcentre) for latest, jobcentre in found}
    with connection.cursor() as cursor:
        cursor.execute(
            HISTORIES,
            [
                [latest.pk for latest, _jobcentre in found],
                [jobcentre.pk for _latest, jobcentre in found],
                [_first(parse(latest.period)).ends_on for latest, _jobcentre in found],
            ],
        )
        for latest_id, jobcentre_id, period, *said in cursor.fetchall():
            latest, jobcentre = by_id[latest_id, jobcentre_id]
            if are_in_step(parse(period), parse(latest.period)):
                found[latest, jobcentre].append(_figures(jobcentre, period, said))
    return dict(found)


def are_in_step(period: Period, latest: Period) -> bool:
    """Whether a period is the latest, or one of those before it that overlap neither it nor each other.

    Of four quarters that end in September, the one before is the four that ended in September a year
    ago: windows in between share months with both.
    """
    length = latest.frequency.length
    return period.frequency is latest.frequency and (latest.last - period.last) % length == 0


def read(
    results: QuerySet[Result], *, of: Collection[Comparison], jobcentres: Mapping[int, Jobcentre]
) -> Iterator[tuple[Comparison, Jobcentre, Figures]]:
    """Results of some comparisons as evidence keeps them, in order of jobcentre.

    of: those comparisons. Joined, they tempt the planner to read all there are.
    """
    by_id = {comparison.pk: comparison for comparison in of}
    in_order = results.filter(comparison__in=by_id).order_by("jobcentre__code")
    for comparison_id, jobcentre_id, *said in in_order.values_list("comparison_id", "jobcentre_id", *SAID):
        comparison, jobcentre = by_id[comparison_id], jobcentres[jobcentre_id]
        yield comparison, jobcentre, _figures(jobcentre, comparison.period, said)


@dataclass(frozen=True)
class Compared:
    """All of whom something could be expected in one comparison, by the jobcentre's code."""

    figures: Mapping[str, Figures]

    def peers(self, jobcentre: Jobcentre) -> Sequence[Figures]:
        return [self.figures[code] for code in self._peers.of.get(jobcentre.code, ())]

    @cached_property
    def share(self) -> float:
        """Of all together: what the lines of the funnel are drawn at. 0 where none could be compared."""
        base = sum(figures.base for figures in self.figures.values())
        return sum(figures.actual for figures in self.figures.values()) / base if base else 0.0

    @cached_property
    def _peers(self) -> Peers:
        return nearest_peers(
            codes=list(self.figures),
            expected_share=[figures.expected_share or 0 for figures in self.figures.values()],
        )


def compared(
    comparisons: Collection[Comparison], *, jobcentres: Mapping[int, Jobcentre]
) -> dict[Comparison, Compared]:
    """Who was compared in each. One query for all of them."""
    figures: dict[Comparison, dict[str, Figures]] = {comparison: {} for comparison in comparisons}
    expected = Result.objects.filter(expected__gt=0)
    for comparison, jobcentre, of_jobcentre in read(expected, of=comparisons, jobcentres=jobcentres):
        figures[comparison][jobcentre.code] = of_jobcentre
    return {comparison: Compared(figures[comparison]) for comparison in comparisons}


def _first(latest: Period) -> Period:
    """The earliest that is read."""
    return Period(latest.frequency, latest.last - (MOST_PERIODS - 1) * latest.frequency.length)


def _figures(jobcentre: Jobcentre, period: str, said: Sequence[Any]) -> Figures:
    return Figures(name=jobcentre.name, period=period, **dict(zip(SAID, said, strict=True)))
