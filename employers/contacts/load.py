"""How long a hold may last and how many there may be, by first day; the source stands in each line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from employers.contacts.models import HoldLimit
from jobcenter.runtime.csvlines import filled, period, read, whole_number
from jobcenter.runtime.merging import Merged, merge
from jobcenter.runtime.reference import Reference

LIMITS = Path(__file__).parent / "data/hold_limits.csv"
NUMBERS = ("most_days", "most_running", "rest_days")
COLUMNS = ("valid_from", "valid_to", *NUMBERS, "source")


def load_limits(file: Path = LIMITS) -> list[Merged[Any]]:
    lines = read(file.read_bytes(), limit, columns=COLUMNS, key=lambda row: row.valid_from)
    return [
        merge(
            lines,
            into=HoldLimit.objects.all(),
            by=["valid_from"],
            fields=("valid_to", *NUMBERS, "source"),
        )
    ]


def limit(row: Mapping[str, str]) -> HoldLimit:
    when = period(row)
    return HoldLimit(
        valid_from=when.valid_from,
        valid_to=when.valid_to,
        most_days=whole_number(row, "most_days", lowest=1, highest=31),
        most_running=whole_number(row, "most_running", lowest=1, highest=1000),
        rest_days=whole_number(row, "rest_days", lowest=0, highest=365),
        source=filled(row, "source"),
    )


REFERENCES = [Reference("contacts.hold_limits", files=[LIMITS], load=load_limits)]
