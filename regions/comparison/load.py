"""What the room stands on: from how many persons a number is shown."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jobcenter.runtime.csvlines import Line
from jobcenter.runtime.merging import Merged, merge
from jobcenter.runtime.reference import Reference
from regions.comparison.models import SmallNumberRule

HERE = Path(__file__).parent
SMALL_NUMBERS = HERE / "small_numbers.toml"


def load_small_numbers() -> Sequence[Merged[Any]]:
    versions = tomllib.loads(SMALL_NUMBERS.read_text(encoding="utf-8"))
    rows = [Line(1, SmallNumberRule(version=int(version), **said)) for version, said in versions.items()]
    fields = ["valid_from", "valid_to", "min_cell", "min_base", "reason"]
    return [merge(rows, into=SmallNumberRule.objects.all(), by=["version"], fields=fields)]


REFERENCES = [Reference("comparison.small_numbers", files=[SMALL_NUMBERS], load=load_small_numbers)]
