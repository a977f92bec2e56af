"""The thresholds of the flag rule, with the dates they are in force."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jobcenter.runtime.csvlines import Line
from jobcenter.runtime.merging import Merged, merge
from jobcenter.runtime.reference import Reference
from regions.oversight.models import RuleParameters

RULES = Path(__file__).parent / "rules.toml"

FIELDS = [
    "valid_from",
    "valid_to",
    "false_discovery_rate",
    "serious_z",
    "watch_z",
    "least_relative_effect",
    "least_percentage_points",
    "consecutive_periods",
    "days_to_review",
    "days_to_answer",
    "days_to_decide",
    "reason",
]


def load_rules() -> Sequence[Merged[Any]]:
    versions = tomllib.loads(RULES.read_text(encoding="utf-8"))
    rows = [Line(1, RuleParameters(version=int(version), **said)) for version, said in versions.items()]
    return [merge(rows, into=RuleParameters.objects.all(), by=["version"], fields=FIELDS)]


REFERENCES = [Reference("oversight.rules", files=[RULES], load=load_rules)]
