"""The rule in words: each threshold with its value in a version, and what it asks."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jobcenter.pages import words
from regions.oversight.models import RuleParameters

ASKS: dict[str, str | Promise] = {
    "watch_z": _(
        "So many standard errors worse than expected, in the latest period, "
        "puts a result among those to watch."
    ),
    "serious_z": _("So many that chance hardly ever does it: one of the things a serious problem needs."),
    "false_discovery_rate": _(
        "Counted over everything compared in the period, at most this share of what stands out may be chance."
    ),
    "least_relative_effect": _("A serious difference is at least this large a part of what was expected …"),
    "least_percentage_points": _(
        "… or at least this many percentage points: smaller ones change little for anybody."
    ),
    "consecutive_periods": _(
        "All of it in so many periods in a row that share no month, the latest included."
    ),
    "days_to_review": _("An officer takes a flag up within this time, and ends the review within as many."),
    "days_to_answer": _("What a jobcentre usually has to answer a hearing in."),
    "days_to_decide": _("After the answer, or the last day for it, the officer decides within this time."),
}
"""What each threshold asks, in the order a result is asked."""

SHARES = ("false_discovery_rate", "least_relative_effect")


@dataclass(frozen=True)
class Threshold:
    name: str
    value: str
    asks: str | Promise


def thresholds(rule: RuleParameters) -> list[Threshold]:
    """Every threshold of a version, in words."""
    names = {field.name: field.verbose_name for field in RuleParameters._meta.concrete_fields}
    return [
        Threshold(
            name=str(names[name]),
            value=_written(name, getattr(rule, name)),
            asks=asks,
        )
        for name, asks in ASKS.items()
    ]


def _written(name: str, value: float) -> str:
    language = get_language() or "da"
    if name in SHARES:
        return words.percent(value, language=language, decimals=0)
    return words.number(value, language=language)
