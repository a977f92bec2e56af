"""What is published, for anyone to read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jobcenter.accounts.scope import public
from regions.bottlenecks.models import Report
from regions.bottlenecks.reports import matrix
from regions.bottlenecks.reports.severe import severe_lately


@public
@require_GET
def published(request: HttpRequest) -> HttpResponse:
    """What anyone may read: the newest published report of each area."""
    issues = Report.objects.published()
    shown = matrix.read(matrix.newest_of_each_area(issues), severe=severe_lately(issues))
    return render(request, "regions/bottlenecks/published.html", {"matrix": shown})
