"""How long each kind of data is kept, by first day; the law or the reason stands in each line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jobcenter.retention.models import Rule
from jobcenter.runtime.csvlines import filled, period, read, whole_number
from jobcenter.runtime.merging import Merged, merge
from jobcenter.runtime.reference import Reference

RULES = Path(__file__).parent / "data/rules.csv"
COLUMNS = ("kind", "days", "valid_from", "valid_to", "reason_da", "reason_en")


def load_rules(file: Path = RULES) -> list[Merged[Any]]:
    lines = read(file.read_bytes(), rule, columns=COLUMNS, key=lambda row: (row.kind, row.valid_from))
    return [
        merge(
            lines,
            into=Rule.objects.all(),
            by=["kind", "valid_from"],
            fields=("days", "valid_to", "reason_da", "reason_en"),
        )
    ]


def rule(row: Mapping[str, str]) -> Rule:
    when = period(row)
    return Rule(
        kind=filled(row, "kind"),
        days=whole_number(row, "days", lowest=1, highest=36_500),
        valid_from=when.valid_from,
        valid_to=when.valid_to,
        reason_da=filled(row, "reason_da"),
        reason_en=filled(row, "reason_en"),
    )


REFERENCES = [Reference("retention.rules", files=[RULES], load=load_rules)]
