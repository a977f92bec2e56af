"""The measures and target groups there are: reviewed text files, one for each measure."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jobcenter.runtime.csvlines import Line, Unreadable
from jobcenter.runtime.merging import Merged, merge
from jobcenter.runtime.reference import Reference
from regions.measures import reviewing
from regions.measures.models import Measure, MeasureVersion, SmallNumberRule, TargetGroup
from regions.measures.reviewing import DEFINITIONS, FACTS, LANGUAGES, SEALED, TEXTS, UNSEALED, Said

TARGET_GROUPS = Path(__file__).parent / "target_groups.toml"
SMALL_NUMBERS = Path(__file__).parent / "small_numbers.toml"

SEALED_FIELDS = [
    *(name for name in FACTS if name not in UNSEALED),
    *(f"{text}_{language}" for text in TEXTS for language in LANGUAGES),
]


def load_definitions() -> Sequence[Merged[Any]]:
    """Measures, their versions and target groups into their tables. Nothing is removed: figures refer to it.

    Raises Unreadable, and nothing is loaded, while anything is wrong with a definition.
    """
    wrong = reviewing.faults()
    if wrong:
        raise Unreadable(str(wrong[0]))
    measures = merge(
        [
            Line(1, Measure(code=path.stem, **fields(said), next_review=said["next_review"]))
            for path in sorted(DEFINITIONS.glob("*.toml"))
            for said in [tomllib.loads(path.read_text(encoding="utf-8"))]
        ],
        into=Measure.objects.all(),
        by=["code"],
        fields=[*SEALED_FIELDS, *UNSEALED],
    )
    versions = [
        Line(1, MeasureVersion(measure=measures.rows[(code,)], **fields(said)))
        for code, said in reviewing.versions()
    ]
    groups = [
        Line(1, TargetGroup(code=code, title_da=title["da"], title_en=title["en"]))
        for code, title in tomllib.loads(TARGET_GROUPS.read_text(encoding="utf-8")).items()
    ]
    return [
        measures,
        merge(versions, into=MeasureVersion.objects.all(), by=["measure_id", "version"]),
        merge(groups, into=TargetGroup.objects.all(), by=["code"], fields=["title_da", "title_en"]),
    ]


def fields(said: Said) -> dict[str, Any]:
    """The columns of what a definition says."""
    facts = {name: said[name] for name in FACTS if name not in UNSEALED}
    texts = {f"{text}_{language}": said[text][language] for text in TEXTS for language in LANGUAGES}
    return facts | texts


def load_small_numbers() -> Sequence[Merged[Any]]:
    versions = tomllib.loads(SMALL_NUMBERS.read_text(encoding="utf-8"))
    rows = [Line(1, SmallNumberRule(version=int(version), **said)) for version, said in versions.items()]
    fields = ["valid_from", "valid_to", "min_cell", "min_base", "reason"]
    return [merge(rows, into=SmallNumberRule.objects.all(), by=["version"], fields=fields)]


REFERENCES = [
    Reference(
        "measures.definitions",
        files=[*sorted(DEFINITIONS.glob("*.toml")), *sorted(SEALED.glob("*.toml")), TARGET_GROUPS],
        load=load_definitions,
    ),
    Reference("measures.small_numbers", files=[SMALL_NUMBERS], load=load_small_numbers),
]
