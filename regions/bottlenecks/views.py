"""The matrix, a report and its review; and what is published."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.accounts.scope import public as open_to_all
from regions.bottlenecks import matrix, publishing
from regions.bottlenecks.drafting import is_reviewed
from regions.bottlenecks.forms import LineForm, PublishForm
from regions.bottlenecks.models import Line, Report, Rule
from regions.bottlenecks.reviewing import reviews
from regions.bottlenecks.signs import signs

STAFF = (Role.CASEWORKER, Role.MANAGER, Role.AREA_OFFICER, Role.NATIONAL)


@acts_as(*STAFF)
@require_GET
def reports(request: StaffRequest) -> HttpResponse:
    """Occupation by area in the latest half-year; the chosen cell opened below."""
    shown = matrix.read(matrix.latest(Report.objects.all()))
    own_area = getattr(request, "area", None)
    own_report = shown.report_of(own_area)
    own_lines = shown.lines_of(own_report) if own_report else []
    context: dict[str, Any] = {
        "matrix": shown,
        "own_area": own_area,
        "own_report": own_report,
        "reviewed": sum(is_reviewed(line) for line in own_lines),
        "own_count": len(own_lines),
        "sentence": matrix.say(shown, area=own_report.area) if own_report else None,
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
    return get_object_or_404(Line.objects.select_related("report__area", "occupation"), pk=asked)


def opened(line: Line, *, may_review: bool, form: LineForm | None = None) -> dict[str, Any]:
    """What the opened line shows: history with intervals, and the review for the area's own draft."""
    earlier = matrix.history(line=line, reports=Report.objects.all())
    rule = Rule.objects.valid(line.report.ends_on).get()
    may_review = may_review and line.report.state == Report.State.DRAFT
    return {
        "line": line,
        "history": earlier,
        "last_time": earlier[-2] if len(earlier) > 1 else None,
        "rule": rule,
        "signs": list(signs(line, rule=rule)),
        "line_form": (form or LineForm(instance=line)) if may_review else None,
        "intervals": matrix.intervals(
            earlier,
            cut=rule.cut,
            describe=_(
                "Failed recruitment in per cent, with 95 per cent intervals. The figures stand in the table."
            ),
            language=get_language() or "da",
        ),
        "before": None,
        "following": None,
    }


@acts_as(Role.AREA_OFFICER)
@require_POST
@transaction.atomic
def review(request: StaffRequest, pk: int) -> HttpResponse:
    """Accept or change one line of the area's own draft; nobody else saves or publishes meanwhile."""
    lines = Line.objects.select_related("report__area", "occupation")
    own = lines.filter(report__area=request.area, report__state=Report.State.DRAFT)
    line = get_object_or_404(own.select_for_update(of=("self", "report")), pk=pk)
    form = LineForm(request.POST, instance=line)
    if form.is_valid():
        form.save()
        messages.success(request, _("The line is saved."))
        return redirect(f"{reverse('bottlenecks:reports')}?line={line.pk}#line")
    # The form has written what was sent onto its own line; the page says what is stored.
    context = opened(lines.get(pk=pk), may_review=True, form=form)
    return render(request, "regions/bottlenecks/line.html", context)


@acts_as(*STAFF)
@require_GET
def report(request: StaffRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Report.objects.select_related("area"), pk=pk)
    return page_of(request, shown)


def page_of(request: StaffRequest, shown: Report, form: PublishForm | None = None) -> HttpResponse:
    is_own_draft = getattr(request, "area", None) == shown.area and shown.state == Report.State.DRAFT
    context = {
        "report": shown,
        "rule": Rule.objects.valid(shown.ends_on).get(),
        "lines": shown.lines.select_related("occupation").order_by("occupation__sort_key"),
        "form": (form or PublishForm()) if is_own_draft else None,
        "log": shown.log.select_related("by", "organisation").order_by("-at", "-pk"),
        "reviews": reviews(shown),
    }
    return render(request, "regions/bottlenecks/report.html", context)


@acts_as(Role.AREA_OFFICER)
@require_POST
def publish(request: StaffRequest, pk: int) -> HttpResponse:
    """Publish the area's own report, with a reason; then it never changes."""
    shown = get_object_or_404(Report.objects.select_related("area"), pk=pk, area=request.area)
    form = PublishForm(request.POST)
    if not form.is_valid():
        return page_of(request, shown, form)
    try:
        publishing.publish(
            report=shown,
            by=request.user,
            organisation=request.membership.organisation,
            reason=form.cleaned_data["reason"],
        )
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(
            request, _("The report is published. Caseworkers and employers now see its outlook.")
        )
    return redirect("bottlenecks:report", pk=pk)


@open_to_all
@require_GET
def published(request: HttpRequest) -> HttpResponse:
    """What anyone may read: the newest published report of each area."""
    shown = matrix.read(matrix.newest_of_each_area(Report.objects.published()))
    return render(request, "regions/bottlenecks/published.html", {"matrix": shown})
