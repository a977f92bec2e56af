"""The demonstration begins with results, flags and draft reports: a recomputation, done at once."""

from __future__ import annotations

from jobcenter.runtime.demo import Demo
from regions.dashboard.recomputation import carry_out_here, plan

ORDER = 90


def load(world: Demo) -> None:
    carry_out_here(plan(by=None, organisation=None, on=world.today))
