"""What is published, for anyone to read."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jobcenter.accounts.scope import public
from jobcenter.pages import sheets
from regions.bottlenecks.models import Line, Report, Rule
from regions.bottlenecks.reports import files, matrix
from regions.bottlenecks.reports.comparing import what_changed
from regions.bottlenecks.reports.severe import severe_lately


@public
@require_GET
def published(request: HttpRequest) -> HttpResponseBase:
    """What anyone may read: the newest published report of each area, and where every issue is."""
    issues = Report.objects.published().knowing_replaced()
    shown = matrix.read(matrix.newest_of_each_area(issues), severe=severe_lately(Report.objects.published()))
    lines = [line for report in shown.reports for line in shown.lines_of(report)]
    if file := file_of(request, _("Where employers recruit in vain"), shown.reports, lines):
        return file
    context = {
        "matrix": shown,
        "issues": issues.select_related("area").order_by("area__sort_key", "-ends_on", "-number"),
    }
    return render(request, "regions/bottlenecks/published.html", context)


@public
@require_GET
def issue(request: HttpRequest, area: str, period: str, number: int) -> HttpResponseBase:
    """One published issue, at its own address for good; one that was corrected says so."""
    issues = Report.objects.published().knowing_replaced().select_related("area", "corrects__area")
    shown = get_object_or_404(issues, area__code=area, period=period, number=number)
    told = matrix.read([shown])
    lines = told.lines_of(shown)
    if file := file_of(request, files.name_of(shown), [shown], lines):
        return file
    context = {
        "report": shown,
        "lines": lines,
        "sentence": matrix.say(told, area=shown.area),
        "rule": Rule.objects.valid(shown.ends_on).get(),
        "changed": what_changed(shown),
    }
    return render(request, "regions/bottlenecks/issue.html", context)


@public
@require_GET
def newest_issue(request: HttpRequest, area: str, period: str) -> HttpResponse:
    """Go to the issue that says what is true of the half-year today."""
    issues = Report.objects.published().select_related("area").order_by("-number")
    newest = issues.filter(area__code=area, period=period).first()
    if not newest:
        raise Http404
    return redirect(newest.get_public_url())


def file_of(
    request: HttpRequest, name: str, reports: Sequence[Report], lines: Sequence[Line]
) -> HttpResponseBase | None:
    """The lines as a file if the address asks for one."""
    rules = files.rules_of(reports) if sheets.ASKED in request.GET else {}
    return sheets.asked(
        request, name, files.columns(rules), lines, cube=lambda: files.cube(name, lines, rules)
    )
