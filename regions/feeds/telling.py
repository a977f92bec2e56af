"""What a delivery changes, in words and by measure, for the page that asks whether to save it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import get_language

from jobcenter.centres.models import Jobcentre
from jobcenter.geography.models import Municipality
from jobcenter.pages import words
from regions.feeds.figures import Difference, Figure, Stored
from regions.measures.models import Measure, TargetGroup

MOST_CHANGES = 200
"""Changed figures that are listed one by one; the rest are counted."""


@dataclass(frozen=True)
class Part:
    """One measure, target group and period of a delivery."""

    measure: str
    group: str
    period: str
    added: int
    changed: int


@dataclass(frozen=True)
class ToldChange:
    place: str
    measure: str
    period: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    parts: Sequence[Part]
    changes: Sequence[ToldChange]
    changes_left_out: int


def tell(found: Difference) -> Told:
    """Name everything a difference is about. Four queries."""
    names = _Names.read()
    counts: dict[tuple[str, str, str], list[int]] = {}
    for column, figures in enumerate((found.added, [change.figure for change in found.changed])):
        for figure in figures:
            key = (names.of_measure(figure), names.of_group(figure), names.of_period(figure))
            counts.setdefault(key, [0, 0])[column] += 1
    changes = [
        ToldChange(
            place=names.of_place(change.figure),
            measure=names.of_measure(change.figure),
            period=names.of_period(change.figure),
            before=in_figures(change.before),
            after=in_figures(change.figure.to_store),
        )
        for change in found.changed[:MOST_CHANGES]
    ]
    return Told(
        parts=[Part(*key, added=added, changed=changed) for key, (added, changed) in counts.items()],
        changes=changes,
        changes_left_out=len(found.changed) - len(changes),
    )


def in_figures(stored: Stored) -> str:
    """“40,6 (547 / 1.346)”, or the value alone where it has no base."""
    language = get_language() or "da"
    value = words.number(round(stored.value, 1), language=language)
    if stored.denominator is None:
        return value
    counts = (words.number(count, language=language) for count in (stored.numerator, stored.denominator))
    return f"{value} ({' / '.join(counts)})"


@dataclass(frozen=True)
class _Names:
    """Names by code."""

    measures: Mapping[str, str]
    groups: Mapping[str, str]
    municipalities: Mapping[str, str]
    jobcentres: Mapping[str, str]

    @classmethod
    def read(cls) -> _Names:
        return cls(
            measures=_by_code(Measure),
            groups=_by_code(TargetGroup),
            municipalities=_by_code(Municipality),
            jobcentres=_by_code(Jobcentre),
        )

    def of_measure(self, figure: Figure) -> str:
        return self.measures[figure.measure]

    def of_group(self, figure: Figure) -> str:
        return self.groups[figure.group] if figure.group else ""

    def of_period(self, figure: Figure) -> str:
        return figure.period.in_words(language=get_language() or "da")

    def of_place(self, figure: Figure) -> str:
        if figure.municipality:
            return self.municipalities[figure.municipality]
        return self.jobcentres[figure.jobcentre or ""]


def _by_code(model: type[Model]) -> dict[str, str]:
    return {row.code: str(row) for row in model._default_manager.all()}  # type: ignore[attr-defined]
