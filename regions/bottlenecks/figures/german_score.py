"""The second opinion of one occupation in the country, against all others of as many digits: for its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jobcenter.classifications.models import Occupation
from regions.bottlenecks.figures.second_opinion import Opinion, opinion, points, scores
from regions.bottlenecks.figures.signs import Unit
from regions.bottlenecks.models import Indicators, Place
from regions.measures.periods import Period

LEAST_OBSERVED, LEAST_POSITIONS = 5, 5
"""Vacancies whose time open is known of, and open positions, below which neither says anything."""


@dataclass(frozen=True)
class Indicator:
    """One of Germany's six. of: its value, None where not known; None where the portal knows it of nobody."""

    name: str | Promise
    unit: Unit
    low_is_short: bool
    of: Callable[[Indicators], float | None] | None = None


def _days(one: Indicators) -> float | None:
    return one.median_days if one.observed >= LEAST_OBSERVED else None


def _seekers(one: Indicators) -> float | None:
    if one.unemployed is None or not one.positions or one.positions < LEAST_POSITIONS:
        return None
    return one.unemployed / one.positions


def _unemployment(one: Indicators) -> float | None:
    return one.stock.unemployment_rate


SIX = (
    Indicator(_("Days a vacancy is open, the median"), "days", low_is_short=False, of=_days),
    Indicator(_("Unemployed for each open position"), "number", low_is_short=True, of=_seekers),
    Indicator(_("Unemployment in the occupation"), "percent", low_is_short=True, of=_unemployment),
    Indicator(_("Change in the share of foreign employees"), "percent", low_is_short=False),
    Indicator(_("Departures from unemployment"), "percent", low_is_short=False),
    Indicator(_("Development of pay"), "percent", low_is_short=False),
)
"""In Germany's order."""

WORDS: Mapping[Opinion, tuple[str, str | Promise]] = {
    Opinion.BOTTLENECK: ("bad", _("a bottleneck")),
    Opinion.WATCH: ("warn", _("to be watched")),
    Opinion.NONE: ("calm", _("no bottleneck")),
    Opinion.NOT_ASSESSED: ("too_few", _("cannot be assessed")),
}
"""Shape and words."""


@dataclass(frozen=True)
class Assessed:
    """value: None where not known. points: 0 to 3, None where it cannot be assessed."""

    indicator: Indicator
    value: float | None
    points: int | None


@dataclass(frozen=True)
class Second:
    """score: the mean of the points, None where too few could be given. compared: occupations in all."""

    each: Sequence[Assessed]
    score: float | None
    opinion: Opinion
    compared: int

    @property
    def assessed(self) -> int:
        return sum(one.points is not None for one in self.each)

    @property
    def sign(self) -> str:
        return WORDS[self.opinion][0]

    @property
    def words(self) -> str | Promise:
        return WORDS[self.opinion][1]


def second_opinion(occupation: Occupation, *, period: Period) -> Second | None:
    """Of the whole country; None where nothing is known of the occupation there. One query."""
    known = list(
        Indicators.objects.of(Place.COUNTRY)
        .filter(period=period.code, occupation__level=occupation.level)
        .order_by("occupation")
    )
    place = next((number for number, one in enumerate(known) if one.occupation_id == occupation.pk), None)
    if place is None:
        return None
    values = np.array(
        [[np.nan if (value := _value(each, one)) is None else value for one in known] for each in SIX]
    )
    given = np.array(
        [points(row, low_is_short=each.low_is_short) for each, row in zip(SIX, values, strict=True)]
    )
    score = float(scores(given)[place])
    return Second(
        each=[
            Assessed(each, _value(each, known[place]), None if np.isnan(got) else int(got))
            for each, got in zip(SIX, given[:, place], strict=True)
        ],
        score=None if np.isnan(score) else score,
        opinion=opinion(score),
        compared=len(known),
    )


def _value(indicator: Indicator, one: Indicators) -> float | None:
    return indicator.of(one) if indicator.of else None
