"""The thresholds of the flag rule and the shares the law requires, with the dates they are in force."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jobcenter.runtime.csvlines import Line
from jobcenter.runtime.merging import Merged, merge
from jobcenter.runtime.reference import Reference
from regions.measures.models import Measure
from regions.oversight.models import THRESHOLDS, Requirement, RuleParameters

RULES = Path(__file__).parent / "rules.toml"
REQUIREMENTS = Path(__file__).parent / "requirements.toml"

FIELDS = [
    "valid_from",
    "valid_to",
    *THRESHOLDS,
    "days_to_review",
    "days_to_answer",
    "days_to_decide",
    "author",
    "mark",
    "reason",
    "reason_da",
]


def load_rules() -> Sequence[Merged[Any]]:
    versions = tomllib.loads(RULES.read_text(encoding="utf-8"))
    rows = [Line(1, RuleParameters(version=int(version), **said)) for version, said in versions.items()]
    return [merge(rows, into=RuleParameters.objects.all(), by=["version"], fields=FIELDS)]


def load_requirements() -> Sequence[Merged[Any]]:
    """The shares the law asks for, of the measures that are defined."""
    said = tomllib.loads(REQUIREMENTS.read_text(encoding="utf-8"))
    measures = Measure.objects.in_bulk(said, field_name="code")
    rows = [
        Line(number, Requirement(measure=measures[code], **version))
        for number, (code, version) in enumerate(
            (code, version) for code in said if code in measures for version in said[code]
        )
    ]
    return [
        merge(
            rows,
            into=Requirement.objects.all(),
            by=["measure", "target_group", "valid_from"],
            fields=["valid_to", "required_share", "law_reference", "mark", "reason", "reason_da"],
        )
    ]


REFERENCES = [
    Reference("oversight.rules", files=[RULES], load=load_rules),
    Reference("oversight.requirements", files=[REQUIREMENTS], load=load_requirements),
]
