"""The whole country: for the national authority, and for area officers beside their own area."""

from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from regions.comparison import replying
from regions.dashboard import table
from regions.dashboard.country import read
from regions.dashboard.forms import ComparisonForm, values_of, widest
from regions.oversight import law


@acts_as(Role.NATIONAL, Role.AREA_OFFICER)
@require_GET
def country(request: StaffRequest) -> HttpResponseBase:
    """One measure in every area, and every jobcentre as a file. Of flags only those that are confirmed."""
    proposed = widest()
    form = ComparisonForm({**values_of(proposed), **request.GET.dict()}) if proposed else None
    comparison = form.chosen() if form else None
    required = law.law_of(comparison) if comparison else None
    shown = read(comparison, on=timezone.localdate(), law=required) if comparison else None
    if shown and (file := table.asked(request, str(shown.comparison), lambda: table.of_country(shown))):
        return file
    replies = replying.beside(place.result for place in shown.places) if shown else {}
    context: dict[str, Any] = {"form": form, "country": shown, "replies": replies}
    if shown and required:
        context |= law.beside(shown.places, required)
    return render(request, "regions/dashboard/country.html", context)
