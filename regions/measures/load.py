"""The measures and target groups there are: reviewed text files, one for each measure."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jobcenter.runtime.csvlines import Line, Unreadable
from jobcenter.runtime.merging import Merged, merge
from jobcenter.runtime.reference import Reference
from regions.measures.models import Measure, TargetGroup

HERE = Path(__file__).parent
DEFINITIONS = sorted((HERE / "definitions").glob("*.toml"))
TARGET_GROUPS = HERE / "target_groups.toml"

TEXTS = ("title", "shows", "computed", "source")
FACTS = ("kind", "direction", "unit", "version", "least_base", "is_fictional")


def measure(path: Path) -> Measure:
    """The measure a definition file describes; the file's name is its code.

    Raises Unreadable when the file is no TOML, lacks something, or says what no measure can be.
    """
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        facts = {name: said.pop(name) for name in FACTS}
        texts = {
            f"{text}_{language}": said[text].pop(language) for text in TEXTS for language in ("da", "en")
        }
    except (tomllib.TOMLDecodeError, KeyError, UnicodeDecodeError) as error:
        raise Unreadable(f"{path.name} cannot be used: {type(error).__name__} {error}") from None
    unknown = [name for name in said if said[name] != {}]
    if unknown:
        raise Unreadable(f"{path.name} says something no measure has: {', '.join(unknown)}")
    described = Measure(code=path.stem, **facts, **texts)
    for name, choices in (("kind", Measure.Kind), ("direction", Measure.Direction), ("unit", Measure.Unit)):
        if getattr(described, name) not in choices:
            raise Unreadable(f"{path.name}: there is no {name} “{getattr(described, name)}”")
    return described


def load_definitions() -> Sequence[Merged[Any]]:
    """Measures and target groups into their tables, by code. Nothing is removed: figures may refer to it."""
    measures = [Line(1, measure(path)) for path in DEFINITIONS]
    texts = [f"{text}_{language}" for text in TEXTS for language in ("da", "en")]
    groups = [
        Line(1, TargetGroup(code=code, title_da=title["da"], title_en=title["en"]))
        for code, title in tomllib.loads(TARGET_GROUPS.read_text(encoding="utf-8")).items()
    ]
    return [
        merge(measures, into=Measure.objects.all(), by=["code"], fields=[*FACTS, *texts]),
        merge(groups, into=TargetGroup.objects.all(), by=["code"], fields=["title_da", "title_en"]),
    ]


REFERENCES = [
    Reference("measures.definitions", files=[*DEFINITIONS, TARGET_GROUPS], load=load_definitions),
]
