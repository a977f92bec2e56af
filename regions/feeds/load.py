"""The figures of Denmark's municipalities into the measurements, by the way every delivery takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from jobcenter.geography.models import Municipality
from jobcenter.runtime.csvlines import Reading, Refusal
from jobcenter.runtime.merging import Merged
from jobcenter.runtime.reference import Reference
from regions.feeds.figures import Figure
from regions.feeds.panel import COMMUTING, PANEL, WHOLE_COUNTRY, read_commuting, read_panel
from regions.feeds.receiving import Origin, receive

PANEL_SOURCE = "Danmarks Statistik (FOLK1A, AUL01, KONT1X, RAS200, INDKP107, IFOR41)"
COMMUTING_SOURCE = "Danmarks Statistik (AFSTB4, AFSTA4)"


def load_panel() -> Sequence[Merged[Any]]:
    return [_take_in(PANEL, read_panel, source=PANEL_SOURCE, data_date=date(2020, 12, 31))]


def load_commuting() -> Sequence[Merged[Any]]:
    return [_take_in(COMMUTING, read_commuting, source=COMMUTING_SOURCE, data_date=date(2022, 12, 31))]


def _take_in(
    path: Path, read: Callable[[bytes], Reading[list[Figure]]], *, source: str, data_date: date
) -> Merged[Any]:
    """Take in a file's figures, and say how each fared. The line for the whole country is nobody's figure."""
    content = path.read_bytes()
    reading = read(content)
    known = frozenset(Municipality.objects.values_list("code", flat=True))
    figures: list[Figure] = []
    refusals: list[Refusal] = list(reading.refusals)
    for line in reading.lines:
        code = line.value[0].municipality
        if code in known:
            figures += line.value
        elif code != WHOLE_COUNTRY:
            refusals.append(Refusal(line.number, f"there is no municipality {code}"))
    origin = Origin(source=source, data_date=data_date, file_name=path.name, content=content)
    report = None if refusals else receive(figures, origin=origin)
    return Merged(
        "measures.Measurement",
        added=report.added if report else 0,
        changed=report.changed if report else 0,
        unchanged=report.unchanged if report else len(figures),
        refusals=refusals,
    )


REFERENCES = [
    Reference("feeds.panel", files=[PANEL], load=load_panel),
    Reference("feeds.commuting", files=[COMMUTING], load=load_commuting),
]
