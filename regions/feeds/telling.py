"""What a delivery would change, in words, for the page that asks whether it is to count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import get_language

from jobcenter.centres.models import Jobcentre
from jobcenter.geography.models import Municipality
from jobcenter.pages import words
from regions.feeds.figures import Change, Difference, Jump, Part, Stored
from regions.measures.models import Measure, TargetGroup
from regions.measures.periods import parse


@dataclass(frozen=True)
class ToldPart:
    measure: str
    group: str
    period: str
    part: Part


@dataclass(frozen=True)
class ToldChange:
    """after: "" where the figure is withdrawn. known_of: the period that a jump is held against."""

    place: str
    measure: str
    group: str
    period: str
    before: str
    after: str
    known_of: str = ""


@dataclass(frozen=True)
class Told:
    parts: Sequence[ToldPart]
    changes: Sequence[ToldChange]
    jumps: Sequence[ToldChange]


def tell(found: Difference) -> Told:
    """Name everything a difference is about, in the reader's language. Four queries."""
    names = _Names.read()
    return Told(
        parts=[
            ToldPart(
                names.measures.get(part.measure, part.measure),
                names.groups.get(part.group or "", ""),
                _in_words(part.period),
                part,
            )
            for part in found.parts
        ],
        changes=[names.told(change) for change in found.changes],
        jumps=[names.told(jump, known_of=_in_words(jump.known_of)) for jump in found.jumps],
    )


def in_figures(stored: Stored | None) -> str:
    """“40,6 (547 / 1.346)”, or the value alone where it has no base."""
    if stored is None:
        return ""
    language = get_language() or "da"
    value = words.number(round(stored.value, 1), language=language)
    if stored.denominator is None:
        return value
    counts = (words.number(count, language=language) for count in (stored.numerator, stored.denominator))
    return f"{value} ({' / '.join(counts)})"


def _in_words(period: str) -> str:
    return parse(period).in_words(language=get_language() or "da")


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
            measures=_by_code(Measure.objects.all()),
            groups=_by_code(TargetGroup.objects.all()),
            municipalities=_by_code(Municipality.objects.all()),
            jobcentres=_by_code(Jobcentre.objects.all()),
        )

    def told(self, change: Change | Jump, *, known_of: str = "") -> ToldChange:
        place = (
            self.municipalities.get(change.municipality, change.municipality)
            if change.municipality
            else self.jobcentres.get(change.jobcentre or "", change.jobcentre or "")
        )
        return ToldChange(
            place=place,
            measure=self.measures.get(change.measure, change.measure),
            group=self.groups.get(change.group or "", ""),
            period=_in_words(change.period),
            before=in_figures(change.before),
            after=in_figures(change.after),
            known_of=known_of,
        )


def _by_code(rows: Iterable[Model]) -> dict[str, str]:
    return {row.code: str(row) for row in rows}  # type: ignore[attr-defined]
