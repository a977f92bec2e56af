"""The area beside the country on one measure: the rows, the map and the funnel of the area page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext as _

from jobcenter.centres.models import Jobcentre, Serves
from jobcenter.geography.models import Area, Outline
from jobcenter.pages import words
from regions.comparison.axis import Dot, dots
from regions.comparison.funnel import ALARM, ALERT, ratio_limits
from regions.comparison.models import Comparison, Result
from regions.dashboard.maps import Map, Place
from regions.comparison.standing import Side, Standing, standing
from regions.measures.direction import Direction
from regions.oversight.models import Flag, RuleParameters

FUNNEL_TICKS = (10, 25, 50, 100, 200, 400, 800, 1600, 3200, 6400)


@dataclass(frozen=True)
class Row:
    """One jobcentre of the area, beside itself in the period before."""

    result: Result
    standing: Standing
    before: float | None
    before_standing: Standing | None
    flag: Flag | None
    dot: Dot | None

    @property
    def jobcentre(self) -> Jobcentre:
        return self.result.jobcentre

    @property
    def change(self) -> str:
        """“81 → 75”, in per cent of expected."""
        if self.before is None or self.result.ratio is None:
            return ""
        return f"{self.before:.0f} → {self.result.ratio:.0f}"

    @property
    def is_new(self) -> bool:
        """Out of line now and not in the period before, or the other way round."""
        return self.before_standing is not None and self.before_standing.side is not self.standing.side


@dataclass(frozen=True)
class Picture:
    comparison: Comparison
    area: Area
    rows: Sequence[Row]
    others: Sequence[Result]
    previous: Comparison | None
    share: float
    outside: tuple[int, int]
    """How many in the country lie outside 99.8 %: with over-dispersion allowed for, and without."""
    compared_in_period: int
    false_alarms: float
    """Accepted share of false alarms among what stands out."""

    @property
    def direction(self) -> Direction:
        return Direction(self.comparison.measure.direction)

    @property
    def country_count(self) -> int:
        return len(self.rows) + len(self.others)

    @property
    def tau(self) -> float:
        """Standard deviation between jobcentres beyond chance, on the scale of the scores."""
        return float(np.sqrt(self.comparison.tau2))

    @property
    def csv_url(self) -> str:
        query = urlencode(
            {
                "measure": self.comparison.measure.code,
                "group": self.comparison.target_group.code,
                "period": self.comparison.period,
            }
        )
        return f"{reverse('dashboard:area_csv')}?{query}"

    @property
    def clearly_worse(self) -> list[Row]:
        return [row for row in self.rows if row.standing.is_worse and row.standing.is_clear]

    @property
    def worse(self) -> list[Row]:
        return [row for row in self.rows if row.standing.is_worse and not row.standing.is_clear]

    @property
    def better(self) -> list[Row]:
        return [row for row in self.rows if row.standing.is_notable and not row.standing.is_worse]

    @property
    def as_expected(self) -> int:
        return sum(row.standing.side is Side.EXPECTED for row in self.rows)

    @property
    def changed(self) -> list[Row]:
        return [row for row in self.rows if row.is_new]


def draw(*, comparison: Comparison, area: Area) -> Picture:
    """Read the picture of one area. Seven queries, however many jobcentres there are."""
    direction = Direction(comparison.measure.direction)
    results = list(comparison.results.select_related("jobcentre"))
    own = set(Jobcentre.objects.in_area(area).values_list("pk", flat=True))
    previous = (
        Comparison.objects.filter(
            measure=comparison.measure, target_group=comparison.target_group, ends_on__lt=comparison.starts_on
        )
        .order_by("-ends_on")
        .first()
    )
    before = {result.jobcentre_id: result for result in previous.results.all()} if previous else {}
    flags = {
        flag.jobcentre_id: flag
        for flag in Flag.objects.visible_to_area(area)
        .filter(measure=comparison.measure, target_group=comparison.target_group)
        .order_by("raised_at")
    }
    counted = [result for result in results if result.expected]
    share = sum(result.actual for result in counted) / max(sum(result.base for result in counted), 1)
    dots_of = _dots(counted, share=share, tau2=comparison.tau2)

    def row(result: Result) -> Row:
        earlier = before.get(result.jobcentre_id)
        return Row(
            result=result,
            standing=standing(z=result.z_adjusted, direction=direction),
            before=earlier.ratio if earlier else None,
            before_standing=standing(z=earlier.z_adjusted, direction=direction) if earlier else None,
            flag=flags.get(result.jobcentre_id),
            dot=dots_of.get(result.pk),
        )

    rows = [row(result) for result in results if result.jobcentre_id in own]
    return Picture(
        comparison=comparison,
        area=area,
        rows=sorted(rows, key=lambda row: (-abs(row.result.z_adjusted or 0), row.jobcentre.sort_key)),
        others=[result for result in results if result.jobcentre_id not in own],
        previous=previous,
        share=share,
        outside=(
            sum(abs(result.z_adjusted or 0) >= ALARM for result in results),
            sum(abs(result.z or 0) >= ALARM for result in results),
        ),
        compared_in_period=Result.objects.filter(
            comparison__period=comparison.period, p_adjusted__isnull=False
        ).count(),
        false_alarms=RuleParameters.objects.valid(comparison.ends_on).get().false_discovery_rate,
    )


def _dots(results: Sequence[Result], *, share: float, tau2: float) -> Mapping[int, Dot]:
    drawn = dots(
        ratio=[result.ratio or 0 for result in results],
        expected=[result.expected or 0 for result in results],
        share=share,
        tau2=tau2,
    )
    return {result.pk: dot for result, dot in zip(results, drawn, strict=True)}


def area_map(picture: Picture) -> Map:
    """The area's municipalities coloured by the jobcentre that answers for each. Two queries."""
    row_of = {row.jobcentre.pk: row for row in picture.rows}
    serves = {
        serve.municipality_id: row_of[serve.jobcentre_id]
        for serve in Serves.objects.valid(picture.comparison.ends_on).filter(jobcentre__in=row_of)
    }
    outlines = list(Outline.objects.select_related("municipality").order_by("municipality__sort_key"))
    return Map(
        places=[
            _place(outline, serves[outline.pk])
            for outline in outlines
            if outline.pk in serves and outline.path
        ],
        land=[outline.path for outline in outlines if outline.pk not in serves],
    )


def _place(outline: Outline, row: Row) -> Place:
    name, ratio, standing = outline.municipality.name, row.result.ratio, row.standing
    figure = "" if ratio is None else f"{ratio:.0f}"
    said = (
        _("%(name)s: too few data") % {"name": name}
        if ratio is None
        else _("%(name)s: %(ratio)s per cent of expected, %(standing)s")
        % {"name": name, "ratio": figure, "standing": standing.word.lower()}
    )
    mark = {Side.CLEARLY_UNDER: "▼ ", Side.UNDER: "◆ ", Side.OVER: "▲ ", Side.CLEARLY_OVER: "▲ "}
    return Place(
        name=name,
        url=reverse("dashboard:jobcentre", args=[row.jobcentre.pk]),
        said=said,
        path=outline.path,
        css=css_class(standing),
        figure=mark.get(standing.side, "") + figure,
    )


def css_class(standing: Standing) -> str:
    """The map's five looks: clearly worse, worse, as expected, better, too few data."""
    if standing.side is Side.TOO_FEW:
        return "ei-map-5"
    if not standing.is_notable:
        return "ei-map-2"
    if not standing.is_worse:
        return "ei-map-3"
    return "ei-map-0" if standing.is_clear else "ei-map-1"


def funnel(picture: Picture, *, language: str) -> dict[str, object]:
    """What charts.js needs to draw the funnel: size across, actual in per cent of expected upwards."""
    shown = [result for result in (*picture.others, *(row.result for row in picture.rows)) if result.expected]
    sizes = np.array([result.expected for result in shown])
    ratios = np.array([result.ratio for result in shown])
    left, right = float(sizes.min() * 0.85), float(sizes.max() * 1.2)
    across = np.geomspace(left, right, 48)
    lines = []
    for width, label, dashed in ((ALARM, 99.8, False), (ALERT, 95, True)):
        limits = ratio_limits(expected=across, width=width, share=picture.share, tau2=picture.comparison.tau2)
        for line in (limits.lower, limits.upper):
            points = np.column_stack([across, 100 * line]).round(1).tolist()
            lines.append(
                {"label": f"{words.number(label, language=language)} %", "dashed": dashed, "points": points}
            )
    others = [_point(result) for result in picture.others if result.expected]
    own: dict[str, list[dict[str, object]]] = {"own": [], "warn": [], "bad": []}
    for row in picture.rows:
        if row.result.expected:
            kind = "bad" if row.standing.is_clear else "warn" if row.standing.is_notable else "own"
            own[kind].append(_point(row.result))
    low, high = 25 * int(min(ratios.min(), 75) // 25), 25 * int(-(-max(ratios.max(), 125) // 25))
    return {
        "description": _("Funnel plot of %(count)s jobcentres. %(sentence)s")
        % {"count": len(shown), "sentence": _outside_in_words(picture)},
        "x_name": _("Expected number (size)"),
        "x_unit": _("expected"),
        "y_unit": _("per cent of expected"),
        "x_min": round(left, 1),
        "x_max": round(right, 1),
        "x_ticks": [tick for tick in FUNNEL_TICKS if left <= tick <= right],
        "y_min": low,
        "y_max": high,
        "y_ticks": list(range(low, high + 1, 25)),
        "centre": 100,
        "limits": lines,
        "groups": [
            {"name": _("Other areas"), "kind": "other", "named": False, "points": others},
            {"name": picture.area.name, "kind": "own", "named": False, "points": own["own"]},
            {"name": _("Outside 95 %"), "kind": "warn", "named": True, "points": own["warn"]},
            {"name": _("Outside 99.8 %"), "kind": "bad", "named": True, "points": own["bad"]},
        ],
    }


def _outside_in_words(picture: Picture) -> str:
    notable = [
        f"{row.jobcentre.short_name}: {row.standing.word.lower()}"
        for row in picture.rows
        if row.standing.is_notable
    ]
    return "; ".join(notable) if notable else _("None of the area's own lies outside the limits.")


def _point(result: Result) -> dict[str, object]:
    return {"name": result.jobcentre.short_name, "x": round(result.expected or 0, 1), "y": round(result.ratio or 0, 1)}
