"""One occupation everywhere: monitoring, for all who work in the system."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.classifications.models import UNIT_GROUP, Occupation
from jobcenter.pages import sheets
from regions.bottlenecks.actions.campaigning import campaigns_about
from regions.bottlenecks.figures.german_score import second_opinion
from regions.bottlenecks.models import Place, Rule
from regions.bottlenecks.monitoring import columns, occupation_map, occupations
from regions.bottlenecks.monitoring.choosing import PLURAL, OccupationForm, looking
from regions.bottlenecks.monitoring.cube import as_cube
from regions.bottlenecks.monitoring.places import SLUGS, Spot
from regions.bottlenecks.monitoring.showing import opened
from regions.bottlenecks.views.lines import READERS

WIDE = 2
"""Occupations of so few digits have answers enough in most catchments to be worth a look there."""


@acts_as(*READERS)
@require_GET
def occupation(request: StaffRequest, code: str) -> HttpResponseBase:
    """Every indicator in the country, the areas and around a place; there over time; and its relatives."""
    asked = get_object_or_404(Occupation.objects.filter(level__lte=UNIT_GROUP), code=code)
    context: dict[str, Any] = {"occupation": asked, "shown": None}
    at = looking(request)
    if not at:
        return render(request, "regions/bottlenecks/occupation.html", context)
    first = Place.CATCHMENT if asked.level <= WIDE else Place.AREA
    form = OccupationForm(request.GET.dict(), at=at, by=SLUGS[first])
    chosen = form.chosen()
    period, kind = chosen["period"], chosen["by"]
    rule = Rule.objects.valid(period.ends_on).get()
    shown = occupations.read(
        asked,
        period=period,
        spot=chosen["place"],
        shown=kind,
        atlas=at.atlas,
        own=at.own,
        least=rule.least_attempts,
    )
    name = f"{asked.code} {asked.title} {period.code}"
    cells = ((asked, place.spot, place.seen) for place in shown.everywhere)
    if file := sheets.asked(
        request,
        name,
        columns.of_places(shown),
        shown.everywhere,
        cube=lambda: as_cube(name, period, cells, severe=[asked.code] if shown.is_severe else []),
    ):
        return file

    def address(one: Spot) -> str:
        chosen = urlencode({"period": period.code, "place": one.key, "by": SLUGS[kind]})
        return f"?{chosen}#place"

    drawn = occupation_map.draw(shown, kind=kind, atlas=at.atlas, address=address)
    context |= {
        "form": form,
        "shown": shown,
        "kind": kind,
        "kind_name": PLURAL[kind],
        "own": at.own,
        "map": drawn,
        "campaigns": campaigns_about(asked, area=area) if (area := getattr(request, "area", None)) else [],
        "second": second_opinion(asked, period=period),
        "legend": occupation_map.legend(drawn) if drawn else [],
        **opened(shown.chosen.seen, history=shown.history, rule=rule),
    }
    return render(request, "regions/bottlenecks/occupation.html", context)
