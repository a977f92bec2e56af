"""The demonstration begins with results, flags and draft reports: a recomputation, done at once."""

from __future__ import annotations

from jobcenter.runtime.demo import Demo
from regions.bottlenecks.models import Report
from regions.comparison.models import Comparison
from regions.dashboard.recomputation import carry_out_here, plan
from regions.oversight.models import Flag

ORDER = 90


def load(world: Demo) -> None:
    carry_out_here(plan(by=None, organisation=None, on=world.today))
    world.tell(
        f"{Comparison.objects.count()} comparisons, {Flag.objects.count()} flags, "
        f"{Report.objects.count()} draft bottleneck reports"
    )
