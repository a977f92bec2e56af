"""One place and its occupations: monitoring, for all who work in the system."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.classifications.models import UNIT_GROUP, Occupation
from jobcenter.pages import sheets
from regions.bottlenecks.models import Rule
from regions.bottlenecks.monitoring import columns, somewhere
from regions.bottlenecks.monitoring.choosing import PlaceForm, looking
from regions.bottlenecks.monitoring.cube import as_cube
from regions.bottlenecks.monitoring.showing import opened
from regions.bottlenecks.views.lines import READERS

ON_A_PAGE = 40


@acts_as(*READERS)
@require_GET
def places(request: StaffRequest) -> HttpResponse:
    """The page of the chosen place, or of the reader's own, with the rest of what is chosen."""
    at = looking(request)
    if not at:
        return render(request, "regions/bottlenecks/place.html", {"shown": None})
    kept = request.GET.copy()
    kept.pop("side", None)
    asked = kept.pop("place", [at.first.key])[-1]
    key = asked if asked in at.atlas.by_key else at.first.key
    query = f"?{kept.urlencode()}" if kept else ""
    return redirect(f"{reverse('bottlenecks:place', args=[key])}{query}")


@acts_as(*READERS)
@require_GET
def place(request: StaffRequest, key: str) -> HttpResponseBase:
    """Its occupations on one level, filtered and sorted as the address says; one of them opened."""
    at = looking(request)
    if not at:
        return render(request, "regions/bottlenecks/place.html", {"shown": None})
    asked = {**request.GET.dict(), "place": key}
    form = PlaceForm(asked, at=at, digits=str(UNIT_GROUP), group="", category="", sort="answers")
    chosen = form.chosen()
    period, spot = chosen["period"], chosen["place"]
    rule = Rule.objects.valid(period.ends_on).get()
    shown = somewhere.read(
        spot,
        period=period,
        own=at.own,
        digits=int(chosen["digits"]),
        group=chosen["group"],
        category=chosen["category"],
        order=chosen["sort"],
    )
    name = f"{_('Occupations')} {spot.name} {period.code}"
    cells = ((row.occupation, spot, row.seen) for row in shown.rows)
    if file := sheets.asked(
        request,
        name,
        columns.of_occupations(shown),
        shown.rows,
        cube=lambda: as_cube(name, period, cells, severe=[one.code for one in shown.severely_short]),
    ):
        return file
    context: dict[str, Any] = {
        "form": form,
        "shown": shown,
        "rule": rule,
        "page": Paginator(shown.rows, ON_A_PAGE).get_page(request.GET.get("side")),
        "occupation": None,
        "is_own": spot.code in at.own,
    }
    if code := request.GET.get("occupation"):
        occupation = get_object_or_404(Occupation.objects.filter(level__lte=UNIT_GROUP), code=code)
        past = somewhere.history(occupation, spot=spot, period=period, own=at.own)
        now = next((seen for half_year, seen in past if half_year == period.code), None)
        context |= {"occupation": occupation, **opened(now, history=past, rule=rule)}
    return render(request, "regions/bottlenecks/place.html", context)
