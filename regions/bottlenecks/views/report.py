"""A report as a whole, and its publication."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from regions.bottlenecks import publishing
from regions.bottlenecks.forms import PublishForm
from regions.bottlenecks.models import Report, Rule
from regions.bottlenecks.reviewing import reviews
from regions.bottlenecks.views.lines import READERS


@acts_as(*READERS)
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
