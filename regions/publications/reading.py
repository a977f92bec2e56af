"""An issue as it is read: one of its comparisons, a jobcentre in all of them, and who is held beside whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from django.utils.translation import gettext as _

from regions.comparison.axis import Dot, dots
from regions.comparison.standing import Standing
from regions.measures.direction import Direction
from regions.publications.models import FrozenComparison, FrozenResult, Participant, Publication


@dataclass(frozen=True)
class Row:
    """One jobcentre of an issue, by the name it had."""

    frozen: FrozenResult
    dot: Dot | None

    @property
    def result(self) -> FrozenResult:
        """What a chart draws."""
        return self.frozen

    @property
    def participant(self) -> Participant:
        return self.frozen.participant

    @property
    def jobcentre(self) -> Participant:
        return self.frozen.participant

    @property
    def standing(self) -> Standing:
        return self.frozen.standing


@dataclass(frozen=True)
class Shown:
    """One comparison of an issue. rows: those of the chosen area, by name. rest: those of all others.

    What it has in common with a comparison of today is what a funnel is drawn of.
    """

    frozen: FrozenComparison
    rows: Sequence[Row]
    rest: Sequence[Row]
    area: str

    @property
    def comparison(self) -> FrozenComparison:
        return self.frozen

    @property
    def others(self) -> list[FrozenResult]:
        return [row.frozen for row in self.rest]

    @property
    def share(self) -> float:
        return self.frozen.share

    @property
    def direction(self) -> Direction:
        return self.frozen.direction

    @property
    def rows_name(self) -> str:
        return self.area or _("Jobcentres")

    @property
    def others_name(self) -> str:
        return _("The rest of the country")

    @property
    def tau(self) -> float:
        return sqrt(self.frozen.tau2)

    def can_draw(self, result: FrozenResult) -> bool:
        return bool(result.expected)

    @property
    def hidden(self) -> int:
        return sum(row.frozen.is_hidden for row in self.rows)

    @property
    def outside(self) -> list[Row]:
        """Those outside the limits of chance, by name: the order says nothing."""
        return [row for row in self.rows if row.standing.is_notable]

    @property
    def within(self) -> int:
        return sum(bool(row.frozen.expected) for row in self.rows) - len(self.outside)


def read(frozen: FrozenComparison, *, area: str = "") -> Shown:
    """area: its code; without one, the whole country. One query."""
    results = list(frozen.results.select_related("participant").order_by("participant__sort_key"))
    for result in results:
        result.comparison = frozen
    drawn = [result for result in results if result.expected]
    dot_of = dict(
        zip(
            (result.pk for result in drawn),
            dots(
                ratio=[result.ratio or 0 for result in drawn],
                expected=[result.expected or 0 for result in drawn],
                share=frozen.share,
                tau2=frozen.tau2,
            ),
            strict=True,
        )
    )
    rows = [Row(result, dot_of.get(result.pk)) for result in results]
    in_area = [row for row in rows if not area or area in row.participant.areas]
    return Shown(
        frozen=frozen,
        rows=in_area,
        rest=[row for row in rows if area and area not in row.participant.areas],
        area=frozen.publication.areas.get(area, ""),
    )


@dataclass(frozen=True)
class Line:
    """A jobcentre's result in one comparison, its peers the nearest first, and whose peer it is, by name."""

    frozen: FrozenResult
    peers: Sequence[Participant]
    peer_of: Sequence[Participant]

    @property
    def standing(self) -> Standing:
        return self.frozen.standing


def lines_of(participant: Participant, *, code: str = "") -> list[Line]:
    """A jobcentre in every comparison of its issue, or in one of them. Three queries."""
    own = participant.results.select_related("comparison__definition").order_by("comparison__code")
    if code:
        own = own.filter(comparison__code=code)
    by_jobcentre = {one.jobcentre_id: one for one in participant.publication.participants.all()}
    peer_of: dict[int, list[Participant]] = {}
    others = FrozenResult.objects.filter(
        comparison__in=[result.comparison_id for result in own],
        peers__contains=[participant.jobcentre_id],
    )
    for comparison, other in others.order_by("participant__sort_key").values_list(
        "comparison", "participant__jobcentre"
    ):
        peer_of.setdefault(comparison, []).append(by_jobcentre[other])
    return [
        Line(
            frozen=result,
            peers=[by_jobcentre[peer] for peer in result.peers],
            peer_of=peer_of.get(result.comparison_id, []),
        )
        for result in own
    ]


def comparisons_of(publication: Publication) -> list[FrozenComparison]:
    """By name, each with its definition. One query."""
    found = list(publication.comparisons.select_related("definition", "measure", "target_group"))
    for one in found:
        one.publication = publication
    return sorted(found, key=lambda one: (one.definition.title, one.group))
