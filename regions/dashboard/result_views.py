"""One result, opened: everything it was computed from, as far as the reader may see it."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from regions.comparison import beside, opening
from regions.comparison.models import Result
from regions.dashboard import table
from regions.dashboard.comparison_views import weaknesses_of
from regions.feeds.models import Arrival
from regions.oversight.scope import flags_of

STAFF = (Role.CASEWORKER, Role.MANAGER, Role.AREA_OFFICER, Role.NATIONAL)


@acts_as(*STAFF)
@require_GET
def result(request: StaffRequest, pk: int, code: str, group: str, period: str) -> HttpResponseBase:
    """A result with its figures, delivery, definition, model and peers; as a file, it and its peers."""
    shown = get_object_or_404(
        Result.objects.select_related("jobcentre", "comparison__measure", "comparison__target_group"),
        jobcentre=pk,
        comparison__measure__code=code,
        comparison__target_group__code=group,
        comparison__period=period,
    )
    comparison, jobcentre = shown.comparison, shown.jobcentre
    reader = getattr(request, "jobcentre", None)
    among = beside.read(comparison=comparison, members=None, focus=jobcentre, reader=reader)
    name = f"{jobcentre.name}: {comparison}"
    if file := table.asked(request, name, lambda: table.of_beside(among)):
        return file
    opened = opening.opened(shown)
    context = {
        "jobcentre": jobcentre,
        "comparison": comparison,
        "is_own": reader == jobcentre,
        "among": among,
        "row": among.focus_row,
        "opened": opened,
        "arrival": evidence_of(request, opened),
        "weak": weaknesses_of(comparison),
        "flags": flags_of(request).filter(
            jobcentre=jobcentre,
            measure=comparison.measure,
            target_group=comparison.target_group,
            period=comparison.period,
        ),
    }
    return render(request, "regions/dashboard/result.html", context)


def evidence_of(request: StaffRequest, opened: opening.Opened) -> Arrival | None:
    """What the figure arrived in, for an officer who may open it: of the country, or of their area."""
    area = getattr(request, "area", None)
    if area is None or opened.measurement is None:
        return None
    arrivals = Arrival.objects.visible_to(area).without_content()
    return arrivals.filter(delivery=opened.measurement.delivery).first()
