"""A flag's evidence in words and as a chart."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcenter.pages import words
from regions.comparison.funnel import ALERT, ratio_limits
from regions.measures.periods import parse
from regions.oversight.evidence import Evidence, Reason
from regions.oversight.rule import Condition

QUESTIONS: dict[str, str | Promise] = {
    Condition.ENOUGH_DATA: gettext_lazy("Enough persons to judge from: %(observed)s (at least %(threshold)s)"),
    Condition.BEYOND_WATCH: gettext_lazy("Further from expected than chance usually takes it: z %(observed)s (%(threshold)s)"),
    Condition.BEYOND_SERIOUS: gettext_lazy("So far that chance hardly ever does it: z %(observed)s (%(threshold)s)"),
    Condition.RARE_AMONG_ALL: gettext_lazy("Rare also among all that were compared: p %(observed)s (below %(threshold)s)"),
    Condition.SHARE_OF_EXPECTED: gettext_lazy("A difference that matters, share of expected: %(observed)s (at least %(threshold)s)"),
    Condition.PERCENTAGE_POINTS: gettext_lazy("A difference that matters, percentage points: %(observed)s (at least %(threshold)s)"),
    Condition.IN_A_ROW: gettext_lazy("Periods in a row with a serious deviation: %(observed)s (at least %(threshold)s)"),
}

DECIMALS = {Condition.RARE_AMONG_ALL: 3, Condition.SHARE_OF_EXPECTED: 2, Condition.ENOUGH_DATA: 0, Condition.IN_A_ROW: 0}


@dataclass(frozen=True)
class Told:
    """A condition of the rule with its figures, and whether it held."""

    text: str
    held: bool


def reasons(evidence: Evidence) -> list[Told]:
    return [Told(text=_told(reason), held=reason.held) for reason in evidence.reasons]


def _told(reason: Reason) -> str:
    language, decimals = get_language() or "da", DECIMALS.get(Condition(reason.condition), 1)
    return str(QUESTIONS[reason.condition]) % {
        "observed": words.number(reason.observed, language=language, decimals=decimals),
        "threshold": words.number(reason.threshold, language=language, decimals=2 if decimals else 0),
    }


def periods_chart(evidence: Evidence) -> dict[str, object]:
    """Actual in per cent of expected, each with the 95 % limits of its size, for charts.js."""
    language = get_language() or "da"
    shown = [figures for figures in evidence.periods if figures.expected]
    rows = []
    if shown:
        limits = ratio_limits(
            expected=[figures.expected or 0 for figures in shown],
            width=ALERT,
            share=evidence.share,
            tau2=evidence.tau2,
        )
        for figures, low, high in zip(shown, limits.lower.tolist(), limits.upper.tolist(), strict=True):
            name = parse(figures.period).in_words(language=language)
            rows.append(
                {
                    "name": name,
                    "label": name.replace(" 20", "\n20"),
                    "low": round(100 * low, 1),
                    "value": round(figures.ratio or 0, 1),
                    "high": round(100 * high, 1),
                    "note": f"{figures.actual} / {figures.base}",
                }
            )
    values = [float(str(row[key])) for row in rows for key in ("low", "value", "high")] or [75.0, 125.0]
    bottom, top = 25 * int(min(values) // 25), 25 * int(-(-max(values) // 25))
    return {
        "description": _("Actual in per cent of expected, period by period. The figures stand in the table."),
        "unit": "%",
        "decimals": 0,
        "y_min": bottom,
        "y_max": top,
        "y_ticks": list(range(bottom, top + 1, 25)),
        "limit": {"value": 100, "label": "100"},
        "rows": rows,
    }
