"""What each indicator of an occupation says beside its limit, for the page of a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from regions.bottlenecks.figures.indicators import Outcomes, Recruitment, assess
from regions.bottlenecks.models import Figures, Rule

Unit = Literal["percent", "number", "days"]
Shape = Literal["bad", "over", "calm", "too_few"]


@dataclass(frozen=True)
class Sign:
    """One indicator. value, limit: in `unit`, None where it is not known or has none. says: in a word."""

    key: str
    name: str | Promise
    value: float | None
    unit: Unit
    limit: float | None
    shape: Shape
    says: str | Promise


NOT_KNOWN = _("not known")
BALANCED = 1.0
"""As many open positions as unemployed."""


def signs(figures: Figures, *, rule: Rule) -> Iterator[Sign]:
    """The indicators in the order in which the balance asks for them, and then the others."""
    yield _recruitment(figures, rule)
    yield _unemployment(figures, rule)
    yield _turnover(figures, rule)
    yield _tightness(figures)
    yield Sign(
        "candidates",
        _("Candidates for each open position"),
        figures.stock.candidates_per_position,
        "number",
        None,
        "calm" if figures.stock.candidates_per_position is not None else "too_few",
        "" if figures.stock.candidates_per_position is not None else NOT_KNOWN,
    )
    yield Sign(
        "days",
        _("Days a vacancy is open, the median"),
        figures.median_days,
        "days",
        None,
        "calm" if figures.median_days is not None else "too_few",
        "" if figures.median_days is not None else _("cannot be told yet"),
    )


def _recruitment(figures: Figures, rule: Rule) -> Sign:
    outcomes = Outcomes(not_filled=figures.failed, filled_as_wanted=figures.attempts - figures.failed)
    said = assess(outcomes=outcomes, cut=rule.cut, least_attempts=rule.least_attempts).recruitment
    saying: dict[Recruitment, tuple[Shape, str | Promise]] = {
        Recruitment.PROBLEMS: ("bad", _("problems")),
        Recruitment.NO_PROBLEMS: ("over", _("no problems")),
        Recruitment.NOT_ASSESSED: ("too_few", _("either")),
    }
    shape, word = saying[said]
    return Sign("failed", _("Failed recruitment"), figures.rate, "percent", rule.cut, shape, word)


def _unemployment(figures: Figures, rule: Rule) -> Sign:
    rate, cut = figures.stock.unemployment_rate, rule.unemployment_cut
    shape, word = _beside(rate, cut, below=("bad", _("low")), above=("over", _("high")))
    return Sign("unemployment", _("Unemployment"), rate, "percent", cut, shape, word)


def _turnover(figures: Figures, rule: Rule) -> Sign:
    rate, cut = figures.stock.turnover, rule.turnover_cut
    low, high = _("low"), _("high")
    shape, word = _beside(rate, cut, below=("calm", low), above=("over", high), at_cut_is_above=True)
    return Sign("turnover", _("Turnover"), rate, "percent", cut, shape, word)


def _tightness(figures: Figures) -> Sign:
    ratio = figures.stock.tightness
    shape, word = _beside(ratio, BALANCED, below=("calm", _("slack")), above=("bad", _("tight")))
    return Sign("tightness", _("Open positions for each unemployed"), ratio, "number", BALANCED, shape, word)


def _beside(
    value: float | None,
    cut: float | None,
    *,
    below: tuple[Shape, str | Promise],
    above: tuple[Shape, str | Promise],
    at_cut_is_above: bool = False,
) -> tuple[Shape, str | Promise]:
    """On which side of its limit a value is; at the limit it is below, unless told otherwise."""
    if value is None:
        return "too_few", NOT_KNOWN
    if cut is None:
        return "calm", ""
    is_above = value >= cut if at_cut_is_above else value > cut
    return above if is_above else below
