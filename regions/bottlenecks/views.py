"""The matrix, a report and its review; and what is published."""

from typing import Any

from django.core.exceptions import ValidationError
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.accounts.scope import public as open_to_all
from regions.bottlenecks import matrix, publishing
from regions.bottlenecks.forms import LineForm, PublishForm
from regions.bottlenecks.models import Line, Report, Rule
from regions.measures.periods import parse

STAFF = (Role.CASEWORKER, Role.MANAGER, Role.AREA_OFFICER, Role.NATIONAL)


def latest_period() -> str | None:
    return Report.objects.order_by("-ends_on").values_list("period", flat=True).first()


@acts_as(*STAFF)
@require_GET
def reports(request: StaffRequest) -> HttpResponse:
    """Occupation by area in the latest half-year; the chosen cell opened below."""
    period = latest_period()
    shown = matrix.read(reports=Report.objects.all(), period=period) if period else None
    own_area = getattr(request, "area", None)
    context: dict[str, Any] = {
        "period": period,
        "matrix": shown,
        "own_area": own_area,
        "own_report": next((report for report in shown.reports if report.area == own_area), None) if shown else None,
        "shortages": shown.short_of(own_area) if shown and own_area else [],
        "own_count": shown.count_in(own_area) if shown and own_area else 0,
        "line": None,
    }
    if line := chosen_line(request):
        context |= opened(line, may_review=own_area == line.report.area)
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
    language = get_language() or "da"
    earlier = matrix.history(line=line, reports=Report.objects.all())
    cut = Rule.objects.valid(line.report.ends_on).get().cut
    may_review = may_review and line.report.state == Report.State.DRAFT
    return {
        "line": line,
        "history": earlier,
        "line_form": (form or LineForm(instance=line)) if may_review else None,
        "intervals": matrix.intervals(
            earlier,
            cut=cut,
            describe=_("Failed recruitment in per cent, with 95 per cent intervals. The figures stand in the table."),
            period_names=[parse(one.report.period).in_words(language=language) for one in earlier],
        ),
        "cut": cut,
    }


@acts_as(Role.AREA_OFFICER)
@require_POST
def review(request: StaffRequest, pk: int) -> HttpResponse:
    """Accept or change one line of the area's own draft."""
    line = get_object_or_404(
        Line.objects.select_related("report__area", "occupation"),
        pk=pk,
        report__area=request.area,
        report__state=Report.State.DRAFT,
    )
    form = LineForm(request.POST, instance=line)
    if form.is_valid():
        form.save()
        messages.success(request, _("The line is saved."))
        return redirect(f"{line.report.get_absolute_url()}#line-{line.pk}")
    stored = get_object_or_404(Line.objects.select_related("report__area", "occupation"), pk=pk)
    return render(
        request,
        "regions/bottlenecks/line.html",
        opened(stored, may_review=True, form=form),
        status=422,
    )


@acts_as(*STAFF)
@require_GET
def report(request: StaffRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Report.objects.select_related("area"), pk=pk)
    return render(request, "regions/bottlenecks/report.html", report_context(request, shown))


def report_context(request: StaffRequest, shown: Report, form: PublishForm | None = None) -> dict[str, Any]:
    is_own_draft = getattr(request, "area", None) == shown.area and shown.state == Report.State.DRAFT
    return {
        "report": shown,
        "lines": shown.lines.select_related("occupation").order_by("occupation__sort_key"),
        "form": (form or PublishForm()) if is_own_draft else None,
        "log": shown.log.select_related("by", "organisation"),
    }


@acts_as(Role.AREA_OFFICER)
@require_POST
def publish(request: StaffRequest, pk: int) -> HttpResponse:
    """Publish the area's own report, with a reason; then it never changes."""
    shown = get_object_or_404(Report.objects.select_related("area"), pk=pk, area=request.area)
    form = PublishForm(request.POST)
    if form.is_valid():
        try:
            publishing.publish(
                report=shown,
                by=request.user,
                organisation=request.membership.organisation,
                reason=form.cleaned_data["reason"],
            )
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The report is published. Caseworkers and employers now see its outlook."))
            return redirect(shown)
    return render(request, "regions/bottlenecks/report.html", report_context(request, shown, form), status=422)


@open_to_all
@require_GET
def published(request: HttpRequest) -> HttpResponse:
    """What anyone may read: the newest published report of each area."""
    period = Report.objects.published().order_by("-ends_on").values_list("period", flat=True).first()
    shown = matrix.read(reports=Report.objects.published(), period=period) if period else None
    return render(request, "regions/bottlenecks/published.html", {"period": period, "matrix": shown})
