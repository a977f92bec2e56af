"""The matrix, a line opened, and its review."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from regions.bottlenecks.actions.campaigning import campaigns_until, could_begin_from, report_instead
from regions.bottlenecks.actions.remedies import remedies_of
from regions.bottlenecks.figures import over_time
from regions.bottlenecks.figures.signs import signs
from regions.bottlenecks.forms import LineForm
from regions.bottlenecks.models import Line, Report, Rule
from regions.bottlenecks.reports import matrix
from regions.bottlenecks.reports.comparing import since_last
from regions.bottlenecks.reports.severe import severe_in
from regions.measures.periods import parse

READERS = (Role.CASEWORKER, Role.MANAGER, Role.AREA_OFFICER, Role.NATIONAL)


@acts_as(*READERS)
@require_GET
def reports(request: StaffRequest) -> HttpResponse:
    """Occupation by area in the latest half-year; the chosen cell opened below."""
    latest = matrix.latest(Report.objects.all())
    said = severe_in(parse(latest[0].period), among=Report.objects.all()) if latest else None
    shown = matrix.read(latest, severe=said)
    own_area = getattr(request, "area", None)
    own_report = shown.report_of(own_area)
    own_lines = shown.lines_of(own_report) if own_report else []
    context: dict[str, Any] = {
        "matrix": shown,
        "own_area": own_area,
        "own_report": own_report,
        "reviewed": sum(line.is_reviewed for line in own_lines),
        "own_count": len(own_lines),
        "sentence": matrix.say(shown, area=own_report.area) if own_report else None,
        "since": since_last(own_report) if own_report else None,
        "line": None,
    }
    if line := chosen_line(request):
        context |= opened(line, may_review=own_area == line.report.area)
        context["before"], context["following"] = shown.beside(line)
    return render(request, "regions/bottlenecks/reports.html", context)


def chosen_line(request: HttpRequest) -> Line | None:
    """The line the address names. Raises Http404 for one that is not there."""
    asked = request.GET.get("line", "")
    if not asked:
        return None
    if not asked.isdecimal():
        raise Http404
    return get_object_or_404(
        Line.objects.select_related("report__area", "occupation", "accepted_by"), pk=asked
    )


def opened(line: Line, *, may_review: bool, form: LineForm | None = None) -> dict[str, Any]:
    """What the opened line shows: history with intervals, and the review for the area's own draft."""
    earlier = matrix.history(line=line, reports=Report.objects.all())
    rule = Rule.objects.valid(line.report.ends_on).get()
    code = line.occupation.code
    said = severe_in(parse(line.report.period), among=Report.objects.all(), code=code)
    is_own = may_review
    may_review = is_own and line.report.is_draft
    is_to_begin = is_own and could_begin_from(line)
    instead = report_instead(line) if is_to_begin else None
    return {
        "line": line,
        "history": earlier,
        "last_time": earlier[-2] if len(earlier) > 1 else None,
        "rule": rule,
        "severe": said if said and code in said.codes else None,
        "signs": list(signs(line, rule=rule)),
        "remedies": remedies_of(line),
        "campaigns": campaigns_until(line) if is_own else [],
        "may_begin_campaign": is_to_begin and not instead,
        "begin_instead": instead,
        "line_form": (form or LineForm(instance=line)) if may_review else None,
        "intervals": over_time.intervals([(one.report.period, one) for one in earlier], cut=rule.cut),
        "before": None,
        "following": None,
    }


@acts_as(Role.AREA_OFFICER)
@require_POST
@transaction.atomic
def review(request: StaffRequest, pk: int) -> HttpResponse:
    """Accept or change one line of the area's own draft; nobody else saves or publishes meanwhile."""
    lines = Line.objects.select_related("report__area", "occupation", "accepted_by")
    own = lines.filter(report__area=request.area, report__state=Report.State.DRAFT)
    line = get_object_or_404(own.select_for_update(of=("self", "report")), pk=pk)
    form = LineForm(request.POST, instance=line)
    if form.is_valid():
        line.look_at(by=request.user)
        form.save()
        messages.success(request, _("The line is saved."))
        return redirect(f"{reverse('bottlenecks:reports')}?line={line.pk}#line")
    # The form has written what was sent onto its own line; the page says what is stored.
    context = opened(lines.get(pk=pk), may_review=True, form=form)
    return render(request, "regions/bottlenecks/line.html", context)
