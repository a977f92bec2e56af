"""How a jobcentre lies among its peers: those of whom the same was to be expected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


def places(
    results: Sequence[Result], *, jobcentre: Jobcentre, limits: Limits, is_own: bool
) -> dict[int, Place]:
    """Of each result its place among its peers, whose numbers count where they are told. One query.

    results: of the jobcentre, their comparisons with measures at hand. One that the reader is not told, of
    which nothing could be expected, or on a measure where neither side is better, has no place.
    """
    all_of: dict[int, dict[str, Counts]] = {}
    for comparison, code, actual, base, expected in Result.objects.filter(
        comparison__in=[result.comparison_id for result in results], expected__gt=0
    ).values_list("comparison_id", "jobcentre__code", "actual", "base", "expected"):
        all_of.setdefault(comparison, {})[code] = Counts(actual, base, expected or 0)
    found = {}
    for result in results:
        direction = Direction(result.comparison.measure.direction)
        is_told = result.expected and (is_own or not Cell(result.actual, result.base).is_small(limits))
        if is_told and direction is not Direction.NEUTRAL:
            by_code = all_of[result.comparison_id]
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
