"""A measure before and after an intervention, beside the limits of the periods before: for charts.js."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from regions.comparison.process_chart import axis, decimals_of, written_with
from regions.interventions.measuring import Effect
from regions.measures.models import Measure
from regions.measures.periods import parse


def draw(effect: Effect, *, measure: Measure) -> dict[str, object] | None:
    """What charts.js needs (docs/frontend.md); None where there is not a period on each side."""
    if not (effect.before and effect.after):
        return None
    language = get_language() or "da"
    decimals = decimals_of(measure)
    written = written_with(decimals, language)
    shares = [100 * count.share for count in effect.own]
    lines = _lines(effect)
    return {
        "description": _("%(measure)s before and after the intervention. The figures stand in the table.")
        % {"measure": measure.title},
        "unit": "%",
        "decimals": decimals,
        **axis(min([*shares, *lines]), max([*shares, *lines]), measure=measure),
        "lines": [
            {"value": round(line, 4), "label": written(line), "dashed": place != 1}
            for place, line in enumerate(lines)
        ],
        "mark": {"before": effect.before, "label": _("the intervention began")},
        "rows": [
            {
                "name": parse(count.period).in_words(language=language),
                "label": parse(count.period).in_lines(language=language),
                "value": round(share, 4),
                "kind": _kind(effect, share) if place >= effect.before else "",
                "note": _("after") if place >= effect.before else _("before"),
            }
            for place, (count, share) in enumerate(zip(effect.own, shares, strict=True))
        ],
    }


def _lines(effect: Effect) -> list[float]:
    """Upper limit, mean and lower limit of the periods before; none where they set none."""
    moved = effect.movement
    if not moved:
        return []
    return [100 * min(moved.upper, 1.0), 100 * moved.mean_before, 100 * max(moved.lower, 0.0)]


def _kind(effect: Effect, share: float) -> str:
    """How charts.js draws a period after it: by the side of the limits it lies on."""
    lines = _lines(effect)
    if not lines or lines[2] <= share <= lines[0]:
        return ""
    side = 1 if share > lines[0] else -1
    return {1: "bad", -1: "good", 0: "warn"}[effect.worse * side]
