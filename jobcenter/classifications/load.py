"""Occupations and industries into the database, by code. See data/SOURCES.md."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from jobcenter.classifications import reading
from jobcenter.classifications.models import EverydayTitle, Industry, Occupation
from jobcenter.classifications.reading import COLUMNS, Entry
from jobcenter.classifications.titles import Title
from jobcenter.geography.ordering import danish_sort_key
from jobcenter.runtime.csvlines import Reading, filled, read
from jobcenter.runtime.merging import Merged, merge
from jobcenter.runtime.reference import Reference

DATA = Path(__file__).parent / "data"
DISCO = DATA / "disco08.csv"
NACE = DATA / "nace_rev2_1.csv"
EVERYDAY_TITLES = DATA / "everyday_titles.csv"
DB07 = DATA / "db07.csv"

EVERYDAY_SOURCE = "the portal's own list, reviewed line by line"
EVERYDAY_AS_OF = date(2026, 11, 25)
"""When the list was last gone through."""

DISCO_SINCE = date(2010, 1, 1)
DB07_SINCE = date(2008, 1, 1)
NACE_2_1_SINCE = date(2025, 1, 1)

Coded = TypeVar("Coded", Occupation, Industry)


def load_occupations(file: Path = DISCO) -> list[Merged[Any]]:
    lines = read(file.read_bytes(), reading.occupation, columns=COLUMNS, key=lambda entry: entry.code)

    def occupation(entry: Entry, parent: int | None) -> Occupation:
        return Occupation(
            code=entry.code,
            level=entry.level,
            parent_id=parent,
            title_da=entry.title_da,
            title_en=entry.title_en,
            sort_key=danish_sort_key(entry.title_da),
            valid_from=DISCO_SINCE,
        )

    fields = ("level", "parent_id", "title_da", "title_en", "sort_key", "valid_from", "valid_to")
    return [_level_by_level(lines, occupation, Occupation, existing={}, fields=fields)]


def load_db07(file: Path = DB07) -> list[Merged[Any]]:
    return _industries(file, version=Industry.Version.DB07, valid_from=DB07_SINCE, valid_to=NACE_2_1_SINCE)


def load_nace(file: Path = NACE) -> list[Merged[Any]]:
    return _industries(file, version=Industry.Version.NACE_2_1, valid_from=NACE_2_1_SINCE, valid_to=None)


def _industries(
    file: Path, *, version: Industry.Version, valid_from: date, valid_to: date | None
) -> list[Merged[Any]]:
    lines = read(file.read_bytes(), reading.industry, columns=COLUMNS, key=lambda entry: entry.code)

    def industry(entry: Entry, parent: int | None) -> Industry:
        return Industry(
            version=version,
            code=entry.code,
            level=entry.level,
            parent_id=parent,
            title_da=entry.title_da,
            title_en=entry.title_en,
            valid_from=valid_from,
            valid_to=valid_to,
        )

    fields = ("level", "parent_id", "title_da", "title_en", "valid_from", "valid_to")
    return [_level_by_level(lines, industry, Industry, existing={"version": version}, fields=fields)]


def _level_by_level(
    lines: Reading[Entry],
    make: Callable[[Entry, int | None], Coded],
    model: type[Coded],
    *,
    existing: Mapping[str, Any],
    fields: Sequence[str],
) -> Merged[Coded]:
    """Load the highest level first, since each entry points to its parent by primary key."""
    whole: Merged[Coded] = Merged(model._meta.label, refusals=list(lines.refusals))
    pks: dict[str, int] = {}

    def with_parent(entry: Entry) -> Coded:
        if entry.parent and entry.parent not in pks:
            raise ValueError(f"its parent {entry.parent} is not there")
        return make(entry, pks.get(entry.parent))

    for level in sorted({line.value.level for line in lines.lines}):
        of_level = Reading(lines=[line for line in lines.lines if line.value.level == level])
        merged = merge(
            of_level.then(with_parent),
            into=model._default_manager.filter(
                **existing, code__in=[line.value.code for line in of_level.lines]
            ),
            by=["code"],
            fields=fields,
        )
        pks |= {code: row.pk for (code,), row in merged.rows.items()}
        whole.include(merged)
    return whole


def load_everyday_titles(file: Path = EVERYDAY_TITLES) -> list[Merged[Any]]:
    """Our own list of what people call jobs. A title that no longer stands there is removed."""
    lines = read(
        file.read_bytes(),
        lambda row: Title(filled(row, "title"), filled(row, "code")),
        columns=("title", "code"),
        key=lambda line: (line.title.lower(), line.code),
    )
    return [
        merge_titles(
            lines, kind=EverydayTitle.SourceKind.EVERYDAY, source=EVERYDAY_SOURCE, as_of=EVERYDAY_AS_OF
        )
    ]


def merge_titles(
    titles: Reading[Title], *, kind: EverydayTitle.SourceKind, source: str, as_of: date
) -> Merged[Any]:
    """Make the titles of one kind of source these, in a few statements. One of an unknown code is refused."""
    pks = dict(Occupation.objects.values_list("code", "pk"))

    def row(line: Title) -> EverydayTitle:
        if line.code not in pks:
            raise ValueError(f"there is no occupation {line.code}")
        return EverydayTitle(
            title=line.title, occupation_id=pks[line.code], source_kind=kind, source=source, as_of=as_of
        )

    return merge(
        titles.then(row),
        into=EverydayTitle.objects.filter(source_kind=kind),
        by=["title", "occupation_id"],
        fields=("source", "as_of"),
        others="remove",
    )


REFERENCES = [
    Reference("classifications.occupations", files=[DISCO], load=load_occupations),
    Reference("classifications.everyday_titles", files=[DISCO, EVERYDAY_TITLES], load=load_everyday_titles),
    Reference("classifications.industries_db07", files=[DB07], load=load_db07),
    Reference("classifications.industries_nace_2_1", files=[NACE], load=load_nace),
]
