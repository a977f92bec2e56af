"""What other quarters' issues have told of the same, so that no two of them tell what each of them hides.

An issue holds four quarters at a time, and the next one three of them again (`measures.differencing`). Only
jobcentres of which something is hidden, or nobody is counted, can be found that way, and all of them where
one kind of period was published beside another: of the others nothing is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Sum as Added

from regions.comparison.models import Comparison, Result
from regions.measures.differencing import Stretch, Sum, given_away
from regions.measures.periods import Period, parse
from regions.measures.suppression import Cell, Limits
from regions.publications.models import FrozenComparison, Publication, State

TOLD = """
    WITH told AS (
        SELECT comparison.measure_id AS measure, comparison.target_group_id AS target, comparison.period,
               participant.jobcentre_id AS jobcentre, result.actual, result.base,
               regexp_replace(comparison.period, '[0-9]', '', 'g') AS kind,
               result.state <> 'shown' OR result.actual = result.base AS can_be_found
        FROM publications_frozenresult result
        JOIN publications_frozencomparison comparison ON comparison.id = result.comparison_id
        JOIN publications_participant participant ON participant.id = result.participant_id
        WHERE result.state <> 'missing' AND comparison.id = ANY(%(comparisons)s)
    ), mixed AS (
        SELECT DISTINCT told.measure, told.target
        FROM unnest(%(new_measures)s::bigint[], %(new_targets)s::bigint[], %(new_kinds)s::text[])
            AS new(measure, target, kind)
        JOIN told USING (measure, target) WHERE told.kind <> new.kind
    )
    SELECT told.measure, told.target, told.period, told.jobcentre, told.actual, told.base FROM told
    WHERE (measure, target, jobcentre) IN (SELECT measure, target, jobcentre FROM told WHERE can_be_found)
       OR (measure, target, jobcentre) IN (
            SELECT * FROM unnest(%(measures)s::bigint[], %(targets)s::bigint[], %(jobcentres)s::bigint[])
       )
       OR (measure, target) IN (SELECT measure, target FROM mixed)
    ORDER BY 1, 2, 4, 3
"""


@dataclass(frozen=True)
class Number:
    """So many of so many, of some jobcentres together in a period; None where it is hidden."""

    jobcentres: frozenset[int]
    period: Period
    actual: int | None
    base: int | None

    @property
    def rest(self) -> int | None:
        return None if self.actual is None or self.base is None else self.base - self.actual

    @property
    def hidden(self) -> Number:
        return Number(self.jobcentres, self.period, None, None)


@dataclass(frozen=True)
class Earlier:
    """What has been told of a measure and target group.

    together: of the hidden ones of an issue, whose sum is what the told ones leave of its total.
    """

    numbers: list[Number] = field(default_factory=list)
    together: list[Number] = field(default_factory=list)

    def would_reveal(self, jobcentre: int, period: Period, cell: Cell, *, limits: Limits) -> bool:
        """Whether telling a jobcentre's number tells, beside the earlier ones, what hiding it would not."""
        number = Number(frozenset({jobcentre}), period, cell.numerator, cell.size)
        known = [one for one in self.numbers if one.jobcentres == number.jobcentres]
        if not known:
            return False
        return not _told_by([*known, number], limits) <= _told_by([*known, number.hidden], limits)

    def total_would_reveal(
        self, hidden: Iterable[int], period: Period, left: Cell, *, limits: Limits
    ) -> bool:
        """The same of the country's total. left: what the told ones leave of it: the hidden together."""
        now = frozenset(hidden)
        if not now or not self.numbers:
            return False
        concerned = now.union(*(one.jobcentres for one in self.together))
        known = [one for one in self.numbers if one.jobcentres <= concerned] + self.together
        known += [Number(frozenset({jobcentre}), period, None, None) for jobcentre in now]
        total = Number(now, period, left.numerator, left.size)
        return not _told_by([*known, total], limits) <= _told_by(known, limits)


def _told_by(numbers: Sequence[Number], limits: Limits) -> set[tuple[bool, Stretch]]:
    """What is given away of those counted, and of the rest of them."""
    counted = [Sum(one.jobcentres, one.period, one.actual) for one in numbers]
    others = [Sum(one.jobcentres, one.period, one.rest) for one in numbers]
    return {(True, one) for one in given_away(counted, limits=limits)} | {
        (False, one) for one in given_away(others, limits=limits)
    }


def told_before(
    draft: Publication, results: Mapping[Comparison, Sequence[Result]], *, limits: Limits
) -> dict[tuple[int, int], Earlier]:
    """By measure and target group, what the latest issues of other periods have told. Two queries.

    results: what the draft would hold.
    """
    published = (
        FrozenComparison.objects.filter(publication__state=State.PUBLISHED)
        .exclude(publication__period=draft.period)
        .exclude(publication__corrected_by__state=State.PUBLISHED)
        .annotate(told_actual=Added("results__actual"), told_base=Added("results__base"))
    )
    frozen = list(published.defer("digest"))
    if not frozen:
        return {}
    found: dict[tuple[int, int], Earlier] = {}
    hidden_in: dict[tuple[int, int, str], set[int]] = {}
    for measure, target, period, jobcentre, actual, base in _rows(frozen, results, limits=limits):
        number = Number(frozenset({jobcentre}), parse(period), actual, base)
        found.setdefault((measure, target), Earlier()).numbers.append(number)
        if actual is None:
            hidden_in.setdefault((measure, target, period), set()).add(jobcentre)
    for one in frozen:
        hidden = hidden_in.get((one.measure_id, one.target_group_id, one.period))
        if hidden and one.actual is not None and one.base is not None:
            left = one.actual - (one.told_actual or 0), one.base - (one.told_base or 0)
            of_hidden = Number(frozenset(hidden), parse(one.period), *left)
            found[one.measure_id, one.target_group_id].together.append(of_hidden)
    return found


def _rows(
    frozen: Sequence[FrozenComparison], results: Mapping[Comparison, Sequence[Result]], *, limits: Limits
) -> list[tuple[int, int, str, int, int | None, int | None]]:
    can_be_found = [
        (comparison.measure_id, comparison.target_group_id, result.jobcentre_id)
        for comparison, of_comparison in results.items()
        for result in of_comparison
        if result.actual in (0, result.base) or Cell(result.actual, result.base).is_small(limits)
    ]
    measures, targets, jobcentres = zip(*can_be_found, strict=True) if can_be_found else ((), (), ())
    with connection.cursor() as cursor:
        cursor.execute(
            TOLD,
            {
                "comparisons": [one.pk for one in frozen],
                "measures": list(measures),
                "targets": list(targets),
                "jobcentres": list(jobcentres),
                "new_measures": [one.measure_id for one in results],
                "new_targets": [one.target_group_id for one in results],
                "new_kinds": [str(parse(one.period).frequency) for one in results],
            },
        )
        return cursor.fetchall()
