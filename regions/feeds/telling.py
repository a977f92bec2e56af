"""What a delivery would change, in words, for the page that asks whether it is to count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import get_language

from jobcenter.centres.models import Jobcentre
from jobcenter.geography.models import Area, Municipality
from jobcenter.pages import words
from regions.feeds.figures import Change, Difference, Figure, Jump, Part, Stored
from regions.feeds.models import Arrival, Fetch, Setup, Source
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


@dataclass(frozen=True)
class ToldFigure:
    place: str
    measure: str
    group: str
    period: str
    value: str


def tell_figures(figures: Iterable[Figure]) -> list[ToldFigure]:
    """A few figures as they were read, by name. Four queries."""
    names = _Names.read()
    return [
        ToldFigure(
            place=names.of_place(figure.municipality, figure.jobcentre),
            measure=names.measures.get(figure.measure, figure.measure),
            group=names.groups.get(figure.group or "", ""),
            period=_in_words(figure.period.code),
            value=in_figures(Stored(figure.value, figure.numerator, figure.denominator)),
        )
        for figure in figures
    ]


@dataclass(frozen=True)
class ToldSource:
    """A source, how it is read today, the latest that came of it, and its latest fetch."""

    source: Source
    setup: Setup
    arrival: Arrival | None
    fetch: Fetch | None


def tell_sources(area: Area) -> list[ToldSource]:
    """Every source that is read today, with its latest delivery that the area may see. Three queries."""
    setups = list(Setup.objects.valid(timezone.localdate()).select_related("source").order_by("source__name"))
    arrivals = (
        Arrival.objects.visible_to(area)
        .filter(source__in=[setup.source.name for setup in setups])
        .without_content()
        .order_by("source", "-received_at", "-pk")
        .distinct("source")
    )
    fetches = (
        Fetch.objects.filter(setup__in=setups).order_by("setup_id", "-created_at", "-pk").distinct("setup_id")
    )
    latest = {arrival.source: arrival for arrival in arrivals}
    fetched = {fetch.setup_id: fetch for fetch in fetches}
    return [
        ToldSource(setup.source, setup, latest.get(setup.source.name), fetched.get(setup.pk))
        for setup in setups
    ]


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

    def of_place(self, municipality: str | None, jobcentre: str | None) -> str:
        if municipality:
            return self.municipalities.get(municipality, municipality)
        return self.jobcentres.get(jobcentre or "", jobcentre or "")

    def told(self, change: Change | Jump, *, known_of: str = "") -> ToldChange:
        return ToldChange(
            place=self.of_place(change.municipality, change.jobcentre),
            measure=self.measures.get(change.measure, change.measure),
            group=self.groups.get(change.group or "", ""),
            period=_in_words(change.period),
            before=in_figures(change.before),
            after=in_figures(change.after),
            known_of=known_of,
        )


def _by_code(rows: Iterable[Model]) -> dict[str, str]:
    return {row.code: str(row) for row in rows}  # type: ignore[attr-defined]
