"""How a jobcentre lies among its peers: those of whom the same was to be expected."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from jobcenter.centres.models import Jobcentre
from regions.comparison.models import Result
from regions.comparison.peers import nearest_peers
from regions.measures.direction import Direction
from regions.measures.suppression import Cell, Limits


@dataclass(frozen=True)
class Place:
    """rank: 1 for the one that does best beside what was expected of it. among: so many, itself included."""

    rank: int
    among: int


class Counts(NamedTuple):
    """Persons."""

    actual: int
    base: int
    expected: float

    @property
    def ratio(self) -> float:
        return self.actual / self.expected


Field = Mapping[int, Mapping[str, Counts]]
"""By comparison and the code of a jobcentre: all of whom something was to be expected."""


def read(comparisons: Collection[int]) -> Field:
    """All that are compared with each other in some comparisons. One query."""
    found: dict[int, dict[str, Counts]] = {comparison: {} for comparison in comparisons}
    for comparison, code, actual, base, expected in Result.objects.filter(
        comparison__in=comparisons, expected__gt=0
    ).values_list("comparison", "jobcentre__code", "actual", "base", "expected"):
        found[comparison][code] = Counts(actual, base, expected or 0)
    return found


def shares_of(field: Field) -> dict[int, float]:
    """Of each comparison, the share of all compared together: what its limits are drawn at."""
    return {
        comparison: sum(one.actual for one in by_code.values()) / sum(one.base for one in by_code.values())
        for comparison, by_code in field.items()
        if by_code
    }


def places(
    results: Iterable[Result], *, among: Field, jobcentre: Jobcentre, limits: Limits, is_own: bool
) -> dict[int, Place]:
    """Of each result its place among its peers, whose numbers count where they are told.

    results: of the jobcentre, their comparisons with measures at hand. One that the reader is not told, of
    which nothing could be expected, or on a measure where neither side is better, has no place.
    """
    found = {}
    for result in results:
        direction = Direction(result.comparison.measure.direction)
        is_told = result.expected and (is_own or not Cell(result.actual, result.base).is_small(limits))
        if is_told and direction is not Direction.NEUTRAL:
            by_code = among[result.comparison_id]
            found[result.pk] = _place(jobcentre.code, by_code, direction=direction, limits=limits)
    return found


def _place(own: str, by_code: Mapping[str, Counts], *, direction: Direction, limits: Limits) -> Place:
    shares = [counts.expected / counts.base for counts in by_code.values()]
    nearest = nearest_peers(codes=list(by_code), expected_share=shares, of=own).of[own]
    peers = [by_code[code] for code in nearest]
    told = [peer for peer in peers if not Cell(peer.actual, peer.base).is_small(limits)]
    sign = -direction.worse
    better = sum(sign * peer.ratio > sign * by_code[own].ratio for peer in told)
    return Place(rank=1 + better, among=1 + len(told))
