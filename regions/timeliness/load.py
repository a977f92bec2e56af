"""The law's deadlines, from a reviewed file: one table for each rule and version, for the groups it names."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from jobcenter.runtime.csvlines import Line, Unreadable
from jobcenter.runtime.merging import Merged, merge
from jobcenter.runtime.reference import Reference
from regions.measures.models import Measure, TargetGroup
from regions.timeliness.models import DeadlineRule

RULES = Path(__file__).parent / "rules.toml"

KEY = ["code", "target_group_id", "valid_from"]
FACTS = ("event", "duty", "anchor", "offset", "required", "valid_from", "valid_to", "law_ref", "read_in")
OPTIONAL = (
    *("window", "least_days", "grace_days", "grace_kinds", "not_counted", "pauses", "shifts", "resumes"),
)
TEXTS = ("title", "note")
FIELDS = [
    *(name for name in FACTS if name not in KEY),
    *OPTIONAL,
    *(f"{text}_{language}" for text in TEXTS for language in ("da", "en")),
    "measure_id",
]


def load_rules(file: Path = RULES) -> Sequence[Merged[Any]]:
    """Rules into their table. One that the file no longer has stays: what was counted by it refers to it."""
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))["rules"]
        rows = [Line(number, row) for number, one in enumerate(said, 1) for row in rules(one)]
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise Unreadable(f"{file.name} cannot be used: {type(error).__name__} {error}") from None
    refuse_overlaps([row.value for row in rows])
    return [merge(rows, into=DeadlineRule.objects.all(), by=KEY, fields=FIELDS)]


def rules(said: Mapping[str, Any]) -> Iterator[DeadlineRule]:
    """One row for each target group. Raises KeyError for what is missing or not there to refer to."""
    measures = dict(Measure.objects.values_list("code", "pk"))
    groups = dict(TargetGroup.objects.values_list("code", "pk"))
    for group in said["groups"]:
        yield DeadlineRule(
            code=said["code"],
            measure_id=measures[said["measure"]],
            target_group_id=groups[group],
            **{name: said[name] for name in FACTS},
            **{name: said[name] for name in OPTIONAL if name in said},
            **{f"{text}_{language}": said[text][language] for text in TEXTS for language in ("da", "en")},
        )


def refuse_overlaps(rows: Sequence[DeadlineRule]) -> None:
    """Raises Unreadable where two versions of one rule would hold on one day."""
    last_of: dict[tuple[str, int], DeadlineRule] = {}
    for row in sorted(rows, key=lambda one: one.valid_from):
        before = last_of.get((row.code, row.target_group_id))
        if before and (before.valid_to is None or before.valid_to > row.valid_from):
            raise Unreadable(f"two versions of “{row.code}” hold on {row.valid_from}")
        last_of[row.code, row.target_group_id] = row


REFERENCES = [Reference("timeliness.rules", files=[RULES], load=load_rules)]
