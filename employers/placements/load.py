"""What the law says about placements, with the dates it is in force: `law.toml` into its tables."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from employers.placements.models import Duration, Exemption, Rate, RuleVersion
from jobcenter.runtime.csvlines import Line
from jobcenter.runtime.merging import Merged, merge
from jobcenter.runtime.reference import Reference

LAW = Path(__file__).parent / "law.toml"

SOURCED = ["valid_to", "law", "source", "to_check"]
RULE = [
    "valid_from",
    "counting",
    "each",
    "limit",
    "each_above",
    "least",
    "months",
    "increase_months",
    "increase_for_trials",
    "full_time_hours",
]


def load_law() -> Sequence[Merged[Any]]:
    said = tomllib.loads(LAW.read_text(encoding="utf-8"))
    rates = [{**one, "per_hour": Decimal(one["per_hour"])} for one in said["rates"]]
    return [
        merge(
            _lines(RuleVersion, said["rules"]),
            into=RuleVersion.objects.all(),
            by=["version"],
            fields=[*SOURCED, *RULE],
        ),
        merge(
            _lines(Duration, _spread(said["durations"])),
            into=Duration.objects.all(),
            by=["kind", "sector", "group", "valid_from"],
            fields=[*SOURCED, "unit", "most", "most_extended"],
        ),
        merge(
            _lines(Rate, rates),
            into=Rate.objects.all(),
            by=["sector", "valid_from"],
            fields=[*SOURCED, "per_hour"],
        ),
        merge(
            _lines(Exemption, said["exemptions"]),
            into=Exemption.objects.all(),
            by=["code", "valid_from"],
            fields=[*SOURCED, "condition", "name_da", "name_en"],
        ),
    ]


def _spread(durations: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """One row for each sector and group that a limit is written for."""
    for one in durations:
        rest = {name: value for name, value in one.items() if name not in ("groups", "sectors")}
        for sector in one["sectors"]:
            for group in one["groups"]:
                yield {**rest, "sector": sector, "group": group}


def _lines(model: type[Any], rows: Any) -> list[Line[Any]]:
    return [Line(number, model(**row)) for number, row in enumerate(rows, 1)]


REFERENCES = [Reference("placements.law", files=[LAW], load=load_law)]
