"""When an occupation is said to have recruitment problems, with the dates that is in force."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jobcenter.runtime.csvlines import Line
from jobcenter.runtime.merging import Merged, merge
from jobcenter.runtime.reference import Reference
from regions.bottlenecks.models import Rule

RULES = Path(__file__).parent / "rules.toml"

FIELDS = [
    *("valid_from", "valid_to", "cut", "least_attempts", "unemployment_cut", "turnover_cut"),
    *("severe_areas", "severe_unemployment", "educated", "reason"),
]


def load_rules() -> Sequence[Merged[Any]]:
    versions = tomllib.loads(RULES.read_text(encoding="utf-8"))
    rows = [Line(1, Rule(version=int(version), **said)) for version, said in versions.items()]
    return [merge(rows, into=Rule.objects.all(), by=["version"], fields=FIELDS)]


REFERENCES = [Reference("bottlenecks.rules", files=[RULES], load=load_rules)]
