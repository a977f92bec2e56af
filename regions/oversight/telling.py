"""A flag's evidence in words and as a chart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy

from jobcenter.pages import words
from regions.comparison.funnel import ALERT, ratio_limits
from regions.comparison.periods_chart import Point, draw, draw_shares
from regions.comparison.standing import Standing
from regions.measures.direction import Direction
from regions.measures.periods import parse
from regions.oversight.facts import Facts, Figures, Reason, Required
from regions.oversight.rule import Condition, Level, judge_requirement


def _whole(value: float, language: str) -> str:
    return words.number(value, language=language, decimals=0)


def _score(value: float, language: str) -> str:
    return words.number(value, language=language, decimals=2)


def _probability(value: float, language: str) -> str:
    if 0 < value < 0.001:
        return f"< {words.number(0.001, language=language, decimals=3)}"
    return words.number(value, language=language, decimals=3)


def _share(value: float, language: str) -> str:
    return words.percent(value, language=language)


def _points(value: float, language: str) -> str:
    return words.number(value, language=language, decimals=1)


ASKED: dict[str, tuple[str | Promise, Callable[[float, str], str]]] = {
    Condition.ENOUGH_DATA: (
        gettext_lazy("Enough persons to judge from: %(observed)s (at least %(threshold)s)"),
        _whole,
    ),
    Condition.BEYOND_WATCH: (
        gettext_lazy(
            "Worse than expected by more than chance usually makes it: "
            "z %(observed)s (at least %(threshold)s)"
        ),
        _score,
    ),
    Condition.BEYOND_SERIOUS: (
        gettext_lazy("By so much that chance hardly ever does it: z %(observed)s (at least %(threshold)s)"),
        _score,
    ),
    Condition.RARE_AMONG_ALL: (
        gettext_lazy(
            "Rare also among all that were compared: adjusted p %(observed)s (less than %(threshold)s)"
        ),
        _probability,
    ),
    Condition.SHARE_OF_EXPECTED: (
        gettext_lazy("A difference that matters: %(observed)s of what was expected (at least %(threshold)s)"),
        _share,
    ),
    Condition.PERCENTAGE_POINTS: (
        gettext_lazy("A difference that matters: %(observed)s percentage points (at least %(threshold)s)"),
        _points,
    ),
    Condition.BELOW_REQUIREMENT: (
        gettext_lazy("Short of what the law requires: %(observed)s (required %(threshold)s)"),
        _share,
    ),
    Condition.CLEARLY_BELOW_REQUIREMENT: (
        gettext_lazy(
            "By more than chance explains: the nearest end of the interval is %(observed)s "
            "(required %(threshold)s)"
        ),
        _share,
    ),
    Condition.IN_A_ROW: (
        gettext_lazy("Serious in several periods in a row: %(observed)s (at least %(threshold)s)"),
        _whole,
    ),
}
"""How each condition of the rule is asked, and how its two figures are written."""


KINDS: dict[Level | None, str] = {Level.SERIOUS: "bad", Level.WATCH: "warn", None: ""}
"""How charts.js draws what the rule says of a share."""


@dataclass(frozen=True)
class Told:
    """A condition of the rule with its figures, and whether it held."""

    text: str
    held: bool


def reasons(facts: Facts) -> list[Told]:
    return [Told(text=_told(reason), held=reason.held) for reason in facts.reasons]


def _told(reason: Reason) -> str:
    text, written = ASKED[reason.condition]
    language = get_language() or "da"
    return str(text) % {
        "observed": written(reason.observed, language),
        "threshold": written(reason.threshold, language),
    }


def periods_chart(facts: Facts) -> dict[str, object]:
    """The periods as a chart: beside what the law requires where that is the ground, else beside expected."""
    return _against_the_law(facts, facts.required) if facts.required else _against_expected(facts)


def _against_the_law(facts: Facts, required: Required) -> dict[str, object]:
    """Each period is held against what is required now, by the rule itself."""

    def point(figures: Figures) -> Point:
        judged = judge_requirement(
            actual=figures.actual,
            base=figures.base,
            required=required.share,
            direction=Direction(facts.direction),
            least_base=1,
        )
        return Point(
            period=parse(figures.period),
            value=100 * figures.share,
            low=100 * figures.interval.lower,
            high=100 * figures.interval.upper,
            kind=KINDS[judged.level],
            actual=figures.actual,
            base=figures.base,
        )

    return draw_shares([point(figures) for figures in facts.periods if figures.base], required=required.share)


def _against_expected(facts: Facts) -> dict[str, object]:
    shown = [figures for figures in facts.periods if figures.expected]
    if not shown:
        return draw([])
    limits = ratio_limits(
        expected=[figures.expected or 0 for figures in shown],
        width=ALERT,
        share=facts.share,
        tau2=facts.tau2,
    )
    return draw(
        [
            Point(
                period=parse(figures.period),
                value=figures.ratio or 0,
                low=100 * low,
                high=100 * high,
                kind=_kind(facts.standing_of(figures)),
                actual=figures.actual,
                base=figures.base,
            )
            for figures, low, high in zip(shown, limits.lower.tolist(), limits.upper.tolist(), strict=True)
        ]
    )


def _kind(standing: Standing) -> str:
    """How charts.js draws the point: "" as any other."""
    if not standing.is_worse:
        return ""
    return "bad" if standing.is_clear else "warn"
