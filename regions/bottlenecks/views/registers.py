"""Register figures: what has come and what waits, bringing a file, and deciding whether it counts."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.pages.downloads import handed_out
from jobcenter.runtime.csvlines import Unreadable
from regions.bottlenecks.forms import RegisterForm
from regions.bottlenecks.models import StockDelivery, StockFigure
from regions.bottlenecks.registers.reading import COLUMNS, Problem, read
from regions.bottlenecks.registers.receiving import arrive, known_on, let_through, put_aside
from regions.bottlenecks.registers.words import already_there, tell
from regions.feeds import deciding
from regions.feeds.forms import DecisionForm

PER_PAGE = 25
MOST_PROBLEMS = 100
WHO = (Role.AREA_OFFICER, Role.NATIONAL)
"""Register figures are of the whole country, and so are the files of them: any office may see and decide."""


@acts_as(*WHO)
@require_GET
def registers(request: StaffRequest) -> HttpResponse:
    deliveries = StockDelivery.objects.without_content().select_related("by", "decided_by")
    decided = deliveries.exclude(state=StockDelivery.State.WAITING)
    context = {
        "page": Paginator(decided, PER_PAGE).get_page(request.GET.get("side")),
        "waiting": deliveries.waiting(),
        "half_years": StockFigure.objects.by_half_year(),
    }
    return render(request, "regions/bottlenecks/registers.html", context)


@acts_as(*WHO)
@require_http_methods(["GET", "POST"])
def upload(request: StaffRequest) -> HttpResponse:
    """Take a file: a good one waits until somebody has seen what it changes, another is not kept."""
    form = RegisterForm(request.POST, request.FILES) if request.method == "POST" else RegisterForm()
    problems: list[Problem] = []
    if form.is_valid():
        origin = form.origin(by=request.user)
        try:
            reading = read(origin.content, known=known_on(timezone.localdate()))
        except Unreadable as error:
            form.add_error("file", str(error))
        else:
            problems = list(reading.problems)
            if problems:
                form.say_how_many_cannot_be_used(len(problems))
            elif delivery := arrive(reading.figures, origin=origin):
                return redirect(delivery)
            else:
                form.add_error("file", already_there(digest=origin.digest, lines=len(reading.figures)))
    context = {
        "form": form,
        "problems": problems[:MOST_PROBLEMS],
        "problems_left_out": max(len(problems) - MOST_PROBLEMS, 0),
        "columns": list(COLUMNS),
    }
    return render(request, "regions/bottlenecks/register_upload.html", context)


@acts_as(*WHO)
@require_GET
def register(request: StaffRequest, pk: int) -> HttpResponse:
    delivery = get_object_or_404(
        StockDelivery.objects.select_related("by", "decided_by").defer("content"), pk=pk
    )
    return render_delivery(request, delivery)


def render_delivery(
    request: StaffRequest, delivery: StockDelivery, form: DecisionForm | None = None
) -> HttpResponse:
    found = delivery.difference
    context = {
        "delivery": delivery,
        "found": found,
        "told": tell(found),
        "form": form or DecisionForm(initial={"shown": found.digest}, needs_reason=delivery.needs_reason),
    }
    return render(request, "regions/bottlenecks/register.html", context)


@acts_as(*WHO)
@require_POST
def count(request: StaffRequest, pk: int) -> HttpResponse:
    """Let it through, all of it; with a reason where something was held back."""
    delivery = get_object_or_404(StockDelivery.objects.defer("content"), pk=pk)
    return deciding.count(
        request,
        delivery,
        needs_reason=delivery.waits and delivery.needs_reason,
        again=lambda form: render_delivery(request, delivery, form),
        let_through=let_through,
        said=said_of,
    )


@acts_as(*WHO)
@require_POST
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    delivery = get_object_or_404(StockDelivery.objects.defer("content"), pk=pk)
    return deciding.drop(
        request,
        delivery,
        again=lambda form: render_delivery(request, delivery, form),
        put_aside=put_aside,
        said=_("Put aside. The register figures stand as they were."),
    )


@acts_as(*WHO)
@require_GET
def evidence(request: StaffRequest, pk: int) -> HttpResponse:
    """What came, byte for byte."""
    delivery = get_object_or_404(StockDelivery, pk=pk)
    return handed_out(bytes(delivery.content), name=delivery.file_name)


def said_of(delivery: StockDelivery) -> str:
    written = delivery.added + delivery.changed + delivery.removed
    return ngettext(
        "Saved: %(count)s line. The indicators and the draft reports follow by themselves.",
        "Saved: %(count)s lines. The indicators and the draft reports follow by themselves.",
        written,
    ) % {"count": written}
