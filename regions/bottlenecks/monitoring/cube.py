"""The monitoring as a cube of figures (JSON-stat): half-year × occupation × place × number.

A figure that is hidden from the reader and one that is not known are both null, and the cube says which.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from regions.bottlenecks.models import Indicators
from regions.bottlenecks.monitoring.seeing import COUNTED, NUMBERS, Cell, Kind
from regions.measures import jsonstat
from regions.measures.jsonstat import Dimension
from regions.measures.periods import Period

RATES = {{"candidates": "candidates_per_position"}.get(name, name): name for name in NUMBERS}
"""What is worked out of them, by its code in the cube."""


SEVERE = "severe_shortage"


def as_cube(label: str, period: Period, cells: Iterable[Cell], *, severe: Collection[str]) -> dict[str, Any]:
    """What a page shows of one half-year. Numbers of a cell without indicators are missing.

    severe: codes of the occupations that are severely short, which is 1 in each of their cells, and else 0.
    """
    told = list(cells)
    values: dict[jsonstat.Key, float | None] = {}
    suppressed: set[jsonstat.Key] = set()
    for occupation, spot, seen in told:
        if seen:
            values[period.code, occupation.code, spot.key, SEVERE] = int(occupation.code in severe)
        for code, (kind, value) in _numbers().items():
            key = (period.code, occupation.code, spot.key, code)
            if seen and seen.hides(kind):
                suppressed.add(key)
            elif seen:
                values[key] = value(seen.figures)
    computed = [seen.figures.computed_at for _occupation, _spot, seen in told if seen]
    return jsonstat.dataset(
        label=label,
        source=_("The portal's vacancies and the registers"),
        updated=timezone.localdate(max(computed)) if computed else None,
        dimensions=[
            Dimension(
                "period",
                _("Half-year"),
                {period.code: period.in_words(language=get_language() or "da")},
                role="time",
            ),
            Dimension("occupation", _("Occupation"), {one.code: one.title for one, _spot, _seen in told}),
            Dimension("place", _("Place"), {spot.key: spot.name for _one, spot, _seen in told}, role="geo"),
            Dimension("number", _("Figure"), _names(), role="metric"),
        ],
        values=values,
        suppressed=frozenset(suppressed),
        notes=[_("Monitoring, not the published assessment.")],
    )


def _numbers() -> dict[str, tuple[Kind, Callable[[Indicators], float | None]]]:
    """Code → what it rests on, and what indicators have of it."""

    def counted(name: str) -> Callable[[Indicators], float | None]:
        return lambda figures: getattr(figures, name)

    def rounded(name: str) -> Callable[[Indicators], float | None]:
        def value(figures: Indicators) -> float | None:
            number = NUMBERS[name].of(figures)
            return None if number is None else round(number, 4)

        return value

    return {
        **{name: (kind, counted(name)) for name, (_title, kind) in COUNTED.items()},
        **{code: (NUMBERS[name].rests_on, rounded(name)) for code, name in RATES.items()},
    }


def _names() -> dict[str, str]:
    return {
        **{code: str(title) for code, (title, _kind) in COUNTED.items()},
        **{code: str(NUMBERS[name].name) for code, name in RATES.items()},
        SEVERE: _("Severe shortage in the country (1: yes, 0: no)"),
    }
