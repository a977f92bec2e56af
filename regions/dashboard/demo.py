"""The demonstration begins with results, flags and draft reports: recomputations, done at once.

First the results as they were known a year ago, so that their flags have been decided since; then all.
"""

from __future__ import annotations

from datetime import date

from jobcenter.accounts.models import Membership, Role
from jobcenter.runtime.demo import Demo
from regions.bottlenecks.models import Report
from regions.comparison import replying
from regions.comparison.models import Comparison, Reply, Result
from regions.dashboard.recomputation import carry_out_here, plan
from regions.measures.models import Measurement
from regions.measures.periods import Frequency, parse
from regions.oversight.demo import a_year_ago, decide_what_was_raised

ORDER = 90

SLAGELSE = "0330"
SAID = (
    "Fra foråret manglede vi tre sagsbehandlere i virksomhedsteamet. De er ansat igen fra august, og vi "
    "regner med at se det i tallene om et halvt år."
)


def load(world: Demo) -> None:
    then = a_year_ago(today=world.today)
    carry_out_here(plan(by=None, organisation=None, on=then, periods=_windows_known(on=then)))
    decide_what_was_raised(on=then)
    carry_out_here(plan(by=None, organisation=None, on=world.today))
    reply_to_a_problem()
    world.tell(f"{Comparison.objects.count()} comparisons, {Report.objects.count()} bottleneck reports")


def _windows_known(*, on: date) -> set[str]:
    """The four quarters at a time whose results were final on a day."""
    known = Measurement.objects.mature(on=on).order_by().values_list("period", flat=True).distinct()
    return {period for period in known if parse(period).frequency is Frequency.FOUR_QUARTERS}


def reply_to_a_problem() -> Reply | None:
    """What a jobcentre that does worse than expected has to say of its latest result."""
    latest = (
        Result.objects.filter(
            jobcentre__code=SLAGELSE,
            comparison__measure__code="job_after_6_months",
            comparison__target_group__code="ready_for_work",
        )
        .select_related("jobcentre", "comparison__measure", "comparison__target_group")
        .order_by("-comparison__ends_on", "comparison__starts_on")
        .first()
    )
    if latest is None:
        return None
    manager = Membership.objects.filter(
        organisation=latest.jobcentre.organisation, role=Role.MANAGER
    ).select_related("user")
    return replying.reply(to=latest, text=SAID, by=manager.get().user)
