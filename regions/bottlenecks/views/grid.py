"""Occupation by place: monitoring, for all who work in the system."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.pages import sheets
from regions.bottlenecks.models import Place, Rule
from regions.bottlenecks.monitoring import columns, grid
from regions.bottlenecks.monitoring.choosing import MatrixForm, looking
from regions.bottlenecks.monitoring.cube import as_cube
from regions.bottlenecks.monitoring.places import SLUGS
from regions.bottlenecks.views.lines import READERS

ON_A_PAGE = 30


@acts_as(*READERS)
@require_GET
def monitoring(request: StaffRequest) -> HttpResponseBase:
    """The places around a chosen one beside each other. Of the whole country, the areas."""
    at = looking(request)
    if not at:
        return render(request, "regions/bottlenecks/monitoring.html", {"shown": None})
    form = MatrixForm(request.GET.dict(), at=at, by=SLUGS[Place.AREA], digits="2", group="")
    chosen = form.chosen()
    period, spot = chosen["period"], chosen["place"]
    kind = Place.AREA if spot.is_country else chosen["by"]
    shown = grid.read(
        at.atlas.around(spot, place=kind),
        period=period,
        own=at.own,
        digits=int(chosen["digits"]),
        group=chosen["group"],
    )
    name = f"{_('Monitoring')} {spot.name} {period.code}"
    cells = [
        (row.occupation, place, seen)
        for row in shown.rows
        for place, seen in zip(shown.spots, row.cells, strict=True)
    ]
    severe = [one.code for one in shown.severely_short]
    if file := sheets.asked(
        request,
        name,
        columns.of_grid(period, severe=severe),
        cells,
        cube=lambda: as_cube(name, period, cells, severe=severe),
    ):
        return file
    context = {
        "form": form,
        "shown": shown,
        "spot": spot,
        "kind": kind,
        "by": SLUGS[kind],
        "period": period,
        "own": at.own,
        "rule": Rule.objects.valid(period.ends_on).get(),
        "page": Paginator(shown.rows, ON_A_PAGE).get_page(request.GET.get("side")),
    }
    return render(request, "regions/bottlenecks/monitoring.html", context)
