"""The sampling plan with its dates: `plan.toml` into its table."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from employers.surveys.models import Plan
from jobcenter.runtime.csvlines import Line
from jobcenter.runtime.merging import Merged, merge
from jobcenter.runtime.reference import Reference

PLAN = Path(__file__).parent / "plan.toml"

FIELDS = ["valid_to", "percent", "all_up_to", "waits_days", "open_days", "reason"]


def load_plans() -> Sequence[Merged[Any]]:
    said = tomllib.loads(PLAN.read_text(encoding="utf-8"))
    rows = [Line(number, Plan(**row)) for number, row in enumerate(said["plans"], 1)]
    return [merge(rows, into=Plan.objects.all(), by=["valid_from"], fields=FIELDS)]


REFERENCES = [Reference("surveys.plans", files=[PLAN], load=load_plans)]
