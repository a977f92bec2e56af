"""A jobcentre's figures over time as an XmR chart, and what it shows in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import floor, log10

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from jobcenter.pages import words
from regions.comparison.overtime import Series
from regions.comparison.process import Rule
from regions.comparison.runs import Run
from regions.measures.models import Measure

TICKS = 5
"""About so many on the axis."""

ROOM = 0.04
"""Share of the axis that is kept free above the highest figure and below the lowest."""

SAID: dict[tuple[Rule, bool], str | Promise] = {
    (Rule.OUTSIDE_LIMITS, True): gettext_lazy("Above the upper limit: %(first)s"),
    (Rule.OUTSIDE_LIMITS, False): gettext_lazy("Below the lower limit: %(first)s"),
    (Rule.TREND_OF_SEVEN, True): gettext_lazy(
        "Seven or more in a row, each higher than the one before: %(first)s to %(last)s"
    ),
    (Rule.TREND_OF_SEVEN, False): gettext_lazy(
        "Seven or more in a row, each lower than the one before: %(first)s to %(last)s"
    ),
    (Rule.TWO_OF_THREE, True): gettext_lazy("Two of three close to the upper limit: %(first)s to %(last)s"),
    (Rule.TWO_OF_THREE, False): gettext_lazy("Two of three close to the lower limit: %(first)s to %(last)s"),
    (Rule.SEVEN_ON_ONE_SIDE, True): gettext_lazy(
        "Seven or more in a row above the mean: %(first)s to %(last)s"
    ),
    (Rule.SEVEN_ON_ONE_SIDE, False): gettext_lazy(
        "Seven or more in a row below the mean: %(first)s to %(last)s"
    ),
}
"""What a run is called, by its rule and whether it lies above (or rises)."""


VERDICTS: dict[bool | None, str | Promise] = {
    True: gettext_lazy("for the worse"),
    False: gettext_lazy("for the better"),
    None: gettext_lazy("a change"),
}
TONES: dict[bool | None, str] = {True: "bad", False: "info", None: "warn"}


@dataclass(frozen=True)
class Told:
    """A run in words. sign, tone: as `{% sign %}` takes them; verdict: for the better or for the worse."""

    text: str
    verdict: str
    sign: str
    tone: str


def told(series: Series) -> list[Told]:
    """Each run of the series in a sentence, the latest first; figures outside one limit share theirs."""
    language = get_language() or "da"
    names = [period.in_words(language=language) for period in series.periods]
    of_sentence: dict[object, list[Run]] = {}
    for run in series.runs:
        key = (run.rule, run.is_up) if run.rule is Rule.OUTSIDE_LIMITS else run
        of_sentence.setdefault(key, []).append(run)
    return [
        Told(
            text=str(SAID[run.rule, run.is_up])
            % {
                "first": ", ".join(names[alike.first] for alike in (run, *others)),
                "last": names[run.last],
            },
            verdict=str(VERDICTS[run.is_worse]),
            sign="over" if run.is_up else "bad",
            tone=TONES[run.is_worse],
        )
        for run, *others in of_sentence.values()
    ]


def draw(series: Series) -> dict[str, object] | None:
    """What charts.js needs (docs/frontend.md); None where there are too few figures to set limits."""
    found = series.process
    if not found:
        return None
    language = get_language() or "da"
    values = [measurement.value for measurement in series.measurements]
    lower, upper = limits(series)
    decimals = decimals_of(series.measure)
    written = written_with(decimals, language)
    return {
        "description": _("%(measure)s over %(count)s periods: mean %(mean)s, limits %(lower)s and %(upper)s.")
        % {
            "measure": series.measure.title,
            "count": len(values),
            "mean": written(found.mean),
            "lower": written(lower),
            "upper": written(upper),
        },
        "unit": series.measure.get_unit_display(),
        "decimals": decimals,
        **axis(min(*values, lower), max(*values, upper), measure=series.measure),
        "lines": [
            {"value": round(upper, 4), "label": written(upper), "dashed": True},
            {"value": round(found.mean, 4), "label": written(found.mean), "dashed": False},
            {"value": round(lower, 4), "label": written(lower), "dashed": True},
        ],
        "rows": [
            {
                "name": period.in_words(language=language),
                "label": period.in_lines(language=language),
                "value": round(value, 4),
                "kind": _kind(series, place),
                "note": "; ".join(rule_names(series, place)),
            }
            for place, (period, value) in enumerate(zip(series.periods, values, strict=True))
        ],
    }


def limits(series: Series) -> tuple[float, float]:
    """The natural limits, kept inside what the unit can be: no count under 0, no share outside 0 to 100."""
    assert series.process
    highest = 100.0 if series.measure.unit == Measure.Unit.PER_CENT else float("inf")
    return max(series.process.lower, 0.0), min(series.process.upper, highest)


def decimals_of(measure: Measure) -> int:
    return {Measure.Unit.PER_CENT: 1, Measure.Unit.INDEX: 2}.get(Measure.Unit(measure.unit), 0)


NAMES: dict[Rule, str | Promise] = {
    Rule.OUTSIDE_LIMITS: gettext_lazy("outside the limits"),
    Rule.TREND_OF_SEVEN: gettext_lazy("trend of seven"),
    Rule.TWO_OF_THREE: gettext_lazy("two of three near a limit"),
    Rule.SEVEN_ON_ONE_SIDE: gettext_lazy("seven on one side"),
}


def rule_names(series: Series, place: int) -> list[str]:
    """The rules that the figure at this place has part in breaking."""
    return [str(NAMES[rule]) for rule in series.process.rules(place)] if series.process else []


def _kind(series: Series, place: int) -> str:
    """How charts.js draws the point: by the plainest rule it has part in breaking."""
    part_in = [run for run in series.runs if run.holds(place)]
    if not part_in:
        return ""
    plainest = min(part_in, key=lambda run: list(Rule).index(run.rule))
    return {True: "bad", False: "good", None: "warn"}[plainest.is_worse]


def written_with(decimals: int, language: str) -> Callable[[float], str]:
    return lambda value: words.number(round(value, decimals), language=language, decimals=decimals)


def axis(lowest: float, highest: float, *, measure: Measure) -> dict[str, object]:
    """The y-axis as charts.js takes it: its ends, and ticks at 1, 2 or 5 times a power of ten."""
    span = (highest - lowest) or max(abs(highest), 1.0)
    power = 10 ** floor(log10(span / TICKS))
    step = next(power * times for times in (1, 2, 5, 10) if span / (power * times) <= TICKS)
    room = span * ROOM
    low = step * floor((lowest - room) / step)
    high = step * -floor(-(highest + room) / step)
    if measure.unit == Measure.Unit.PER_CENT:
        high = min(high, 100.0) if highest <= 100 else high
    low = max(low, 0.0)
    ticks = [round(low + step * tick, 6) for tick in range(round((high - low) / step) + 1)]
    return {"y_min": low, "y_max": high, "y_ticks": ticks}
