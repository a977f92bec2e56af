"""The demonstration begins with results, flags and draft reports: recomputations, done at once.

First the results as they were known a year ago, so that their flags have been decided since; then all.
"""

from __future__ import annotations

from datetime import date

from jobcenter.runtime.demo import Demo
from regions.bottlenecks.models import Report
from regions.comparison.models import Comparison
from regions.dashboard.recomputation import carry_out_here, plan
from regions.measures.models import Measurement
from regions.measures.periods import Frequency, parse
from regions.oversight.demo import a_year_ago, decide_what_was_raised

ORDER = 90


def load(world: Demo) -> None:
    then = a_year_ago(today=world.today)
    carry_out_here(plan(by=None, organisation=None, on=then, periods=_windows_known(on=then)))
    decide_what_was_raised(on=then)
    carry_out_here(plan(by=None, organisation=None, on=world.today))
    world.tell(f"{Comparison.objects.count()} comparisons, {Report.objects.count()} draft bottleneck reports")


def _windows_known(*, on: date) -> set[str]:
    """The four quarters at a time whose results were final on a day."""
    known = Measurement.objects.mature(on=on).order_by().values_list("period", flat=True).distinct()
    return {period for period in known if parse(period).frequency is Frequency.FOUR_QUARTERS}
