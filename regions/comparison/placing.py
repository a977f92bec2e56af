"""How a jobcentre lies among its peers: those of whom the same was to be expected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from regions.comparison.beside import peers_in
from regions.comparison.models import Result
from regions.measures.direction import Direction
from regions.measures.small_numbers import limits_on
from regions.measures.suppression import Cell, Limits


@dataclass(frozen=True)
class Place:
    """rank: 1 for the one that does best beside what was expected of it. among: so many, itself included."""

    rank: int
    among: int


def places(results: Sequence[Result], *, is_own: bool) -> dict[int, Place]:
    """Of each result its place among its peers, whose numbers count where they are told. Two queries.

    results: of one jobcentre, their comparisons with measures at hand. One that the reader is not told, of
    which nothing could be expected, or on a measure where neither side is better, has no place.
    """
    limits = limits_on(timezone.localdate())
    all_of: dict[int, list[Result]] = {}
    for each in Result.objects.filter(
        comparison__in=[result.comparison_id for result in results], expected__isnull=False
    ).select_related("jobcentre"):
        all_of.setdefault(each.comparison_id, []).append(each)
    found = {}
    for result in results:
        direction = Direction(result.comparison.measure.direction)
        is_told = result.expected and (is_own or not _is_small(result, limits))
        if is_told and direction is not Direction.NEUTRAL:
            by_code = {each.jobcentre.code: each for each in all_of[result.comparison_id]}
            found[result.pk] = _place(result, by_code, direction=direction, limits=limits)
    return found


def _place(result: Result, by_code: Mapping[str, Result], *, direction: Direction, limits: Limits) -> Place:
    own = result.jobcentre.code
    peers = (by_code[code] for code in peers_in(list(by_code.values())).of[own])
    ratios = [peer.ratio for peer in peers if not _is_small(peer, limits)]
    sign = -direction.worse
    mine = sign * (result.ratio or 0)
    better = sum(sign * (ratio or 0) > mine for ratio in ratios)
    return Place(rank=1 + better, among=1 + len(ratios))


def _is_small(result: Result, limits: Limits) -> bool:
    return Cell(result.actual, result.base).is_small(limits)
