"""The whole country: for the national authority, and for area officers beside their own area."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from regions.dashboard.country import read
from regions.dashboard.forms import ComparisonForm, newest, values_of


@acts_as(Role.NATIONAL, Role.AREA_OFFICER)
@require_GET
def country(request: StaffRequest) -> HttpResponse:
    """One measure in every area. Of flags only those that an area office has confirmed."""
    proposed = newest()
    form = ComparisonForm({**values_of(proposed), **request.GET.dict()}) if proposed else None
    comparison = form.chosen() if form else None
    return render(
        request,
        "regions/dashboard/country.html",
        {
            "form": form,
            "country": read(comparison, on=timezone.localdate()) if comparison else None,
        },
    )
