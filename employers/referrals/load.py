"""For whom hires count, with the dates it holds: `credit.toml` into its table."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from employers.referrals.models import CreditRule
from jobcenter.runtime.csvlines import Line
from jobcenter.runtime.merging import Merged, merge
from jobcenter.runtime.reference import Reference

CREDIT = Path(__file__).parent / "credit.toml"


def load_credit() -> Sequence[Merged[Any]]:
    said = tomllib.loads(CREDIT.read_text(encoding="utf-8"))
    return [
        merge(
            [Line(number, CreditRule(**row)) for number, row in enumerate(said["rules"], 1)],
            into=CreditRule.objects.all(),
            by=["valid_from"],
            fields=["valid_to", "counts_for", "reason"],
        )
    ]


REFERENCES = [Reference("referrals.credit", files=[CREDIT], load=load_credit)]
