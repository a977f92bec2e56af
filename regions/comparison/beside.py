"""Some jobcentres beside each other in one comparison, and what they are together.

With whom one is compared is a choice: the peers, who have the same to expect; an area; a named group; those
one has chosen oneself; or all. What was expected and who stands out never depends on it: that
is found among all.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from django.utils import timezone
from django.utils.translation import gettext as _

from jobcenter.centres.models import Jobcentre
from regions.comparison.axis import Dot, dots
from regions.comparison.intervals import Interval, wilson
from regions.comparison.models import Comparison, Result
from regions.comparison.peers import Peers, nearest_peers
from regions.comparison.showing import Figures, figures_of, told
from regions.comparison.standing import Standing, standing
from regions.measures.direction import Direction
from regions.measures.small_numbers import limits_on
from regions.measures.suppression import MISSING, SUPPRESSED, Cell, Shown, State


@dataclass(frozen=True)
class Row:
    """One jobcentre of those compared. interval: of its share; None where the share is not told."""

    result: Result
    figures: Figures
    standing: Standing
    interval: Interval | None
    dot: Dot | None
    is_focus: bool

    @property
    def jobcentre(self) -> Jobcentre:
        return self.result.jobcentre


@dataclass(frozen=True)
class Beside:
    """rows: those compared, in the order asked for, without those that have no figures.

    together: all compared ones of them as one. others: the rest of the country. hidden: results by id whose
    numbers are not told. share: of all in the country together, what limits are drawn at. peers: of
    everybody for whom anything was expected.
    """

    comparison: Comparison
    rows: Sequence[Row]
    together: Figures
    others: Sequence[Result]
    hidden: Collection[int]
    share: float
    peers: Peers
    jobcentres: Mapping[str, Jobcentre]
    focus: Jobcentre | None

    @property
    def direction(self) -> Direction:
        return Direction(self.comparison.measure.direction)

    @property
    def rows_name(self) -> str:
        return _("Compared here")

    @property
    def others_name(self) -> str:
        return _("The rest of the country")

    @property
    def tau(self) -> float:
        """Standard deviation between jobcentres beyond chance, on the scale of the scores."""
        return sqrt(self.comparison.tau2)

    @property
    def hides_any(self) -> bool:
        return any(row.figures.is_hidden for row in self.rows)

    @property
    def focus_row(self) -> Row | None:
        return next((row for row in self.rows if row.is_focus), None)

    @property
    def notable(self) -> list[Row]:
        """Those outside the limits, the worse first."""
        outside = (row for row in self.rows if row.standing.is_notable)
        return sorted(outside, key=lambda row: not row.standing.is_worse)

    @property
    def is_compared_with(self) -> list[Jobcentre]:
        """Those that have the one in focus among their own peers."""
        if self.focus is None:
            return []
        return [self.jobcentres[code] for code in self.peers.compared_with(self.focus.code)]

    def can_draw(self, result: Result) -> bool:
        return bool(result.expected) and result.pk not in self.hidden


def peers_in(results: Sequence[Result], *, k: int = 7) -> Peers:
    """The nearest in expected share, of all for whom something was expected."""
    expected = {result.jobcentre.code: result.expected / result.base for result in results if result.expected}
    if not expected:
        return Peers(of={})
    return nearest_peers(codes=list(expected), expected_share=list(expected.values()), k=k)


def read(
    *,
    comparison: Comparison,
    members: Collection[str] | None,
    focus: Jobcentre | None,
    reader: Jobcentre | None,
    k: int = 7,
) -> Beside:
    """Put some jobcentres beside each other. Three queries, however many they are.

    members: their codes; None for the k nearest peers of the one in focus, nearest first. The one in focus
    is always among them. reader: the jobcentre whose own numbers are not hidden.
    """
    results = list(comparison.results.named().order_by("jobcentre__sort_key"))
    limits = limits_on(timezone.localdate())
    peers = peers_in(results, k=k)
    by_code = {result.jobcentre.code: result for result in results}
    if members is None:
        members = peers.of.get(focus.code, ()) if focus else ()
        wanted = list(members)
    else:
        wanted = [code for code in by_code if code in members]
    if focus:
        wanted = [focus.code, *(code for code in wanted if code != focus.code)]
    chosen = [by_code[code] for code in wanted if code in by_code]
    figures = {
        result.pk: figures_of(result, limits=limits, is_own=result.jobcentre == reader) for result in chosen
    }
    counted = [result for result in results if result.expected]
    share = sum(result.actual for result in counted) / max(sum(result.base for result in counted), 1)
    small = {result.pk for result in results if Cell(result.actual, result.base).is_small(limits)}
    hidden = (small - figures.keys()) | {pk for pk, one in figures.items() if one.is_hidden}
    drawn = [result for result in chosen if result.expected and result.pk not in hidden]
    dot_of = dict(
        zip(
            (result.pk for result in drawn),
            dots(
                ratio=[result.ratio or 0 for result in drawn],
                expected=[result.expected or 0 for result in drawn],
                share=share,
                tau2=comparison.tau2,
            ),
            strict=True,
        )
    )
    direction = Direction(comparison.measure.direction)
    in_rows = {result.pk for result in chosen}
    return Beside(
        comparison=comparison,
        rows=[
            Row(
                result=result,
                figures=figures[result.pk],
                standing=standing(z=result.z_adjusted, direction=direction),
                interval=interval_of(figures[result.pk]),
                dot=dot_of.get(result.pk),
                is_focus=result.jobcentre == focus,
            )
            for result in chosen
        ],
        together=together_of(chosen, figures),
        others=[result for result in results if result.pk not in in_rows],
        hidden=hidden,
        share=share,
        peers=peers,
        jobcentres={code: result.jobcentre for code, result in by_code.items()},
        focus=focus,
    )


def interval_of(figures: Figures) -> Interval | None:
    """95 per cent, of the share that is told."""
    if figures.share is None or figures.actual is None or not figures.base:
        return None
    return wilson(successes=figures.actual, trials=figures.base)


def together_of(results: Sequence[Result], figures: Mapping[int, Figures]) -> Figures:
    """Those of whom something was expected, as one. Nothing is told where any of them is hidden.

    Whom one compares with is free, so two sums that differ by one jobcentre would tell of that one.
    """
    counted = [result for result in results if result.expected]
    if not counted:
        return told(Result(), MISSING)
    if any(figures[result.pk].is_hidden for result in counted):
        return told(Result(), SUPPRESSED)
    actual, base = sum(one.actual for one in counted), sum(one.base for one in counted)
    total = Result(actual=actual, base=base, expected=sum(one.expected or 0 for one in counted))
    return told(total, Shown(State.SHOWN, actual, base, actual / base))
