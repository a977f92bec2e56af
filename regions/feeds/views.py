"""Deliveries of figures: what has come and what waits, bringing a file, and deciding whether it counts."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jobcenter.accounts.models import Role, User
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.pages.downloads import handed_out
from jobcenter.runtime.csvlines import Unreadable
from regions.feeds import deciding, explaining
from regions.feeds.explaining import Tried
from regions.feeds.fetching import ask_for
from regions.feeds.forms import DecisionForm, ExplainForm, UploadForm
from regions.feeds.freshness import look
from regions.feeds.layout import NAMED, guess
from regions.feeds.models import Arrival, Setup
from regions.feeds.receiving import (
    Changed,
    Origin,
    arrive,
    keep_unread,
    let_through,
    put_aside,
    table_in,
)
from regions.feeds.telling import tell, tell_figures, tell_sources
from regions.measures.models import Measure, TargetGroup

PER_PAGE = 25
MOST_PROBLEMS = 100
MOST_LINES = 5
MOST_TEXTS = 30
"""Texts of a column that holds measures or target groups, to be explained one by one."""


@acts_as(Role.AREA_OFFICER)
@require_GET
def deliveries(request: StaffRequest) -> HttpResponse:
    arrivals = Arrival.objects.visible_to(request.area).without_content().select_related("by", "decided_by")
    page = Paginator(arrivals.exclude(state=Arrival.State.WAITING), PER_PAGE).get_page(
        request.GET.get("side")
    )
    context = {"page": page, "waiting": arrivals.waiting(), "sources": tell_sources(request.area)}
    return render(request, "regions/feeds/deliveries.html", context)


@acts_as(Role.AREA_OFFICER)
@require_GET
def freshness(request: StaffRequest) -> HttpResponse:
    """Of each source and measure the latest period, when the next is due, and what is in its way."""
    fresh = look(area=request.area, today=timezone.localdate())
    return render(request, "regions/feeds/freshness.html", {"fresh": fresh})


@acts_as(Role.AREA_OFFICER)
@require_http_methods(["GET", "POST"])
def upload(request: StaffRequest) -> HttpResponse:
    """Take a file: a good one waits until somebody has seen what it changes, another is not kept."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    problems: list[tuple[int, str]] = []
    refused = 0
    if form.is_valid():
        origin = form.origin(by=request.user, area=request.area)
        if form.cleaned_data["explain"]:
            return redirect("feeds:explain", keep_unread(origin).pk)
        arrival = bring(origin)
        if arrival.waits:
            return redirect(arrival)
        form.say_why_not(arrival)
        problems, refused = arrival.problems, arrival.refused
    context = {
        "form": form,
        "problems": problems[:MOST_PROBLEMS],
        "problems_left_out": max(refused - MOST_PROBLEMS, 0),
        "columns": list(NAMED),
        "measures": Measure.objects.all(),
        "groups": TargetGroup.objects.all(),
    }
    return render(request, "regions/feeds/upload.html", context)


@transaction.atomic
def bring(origin: Origin) -> Arrival:
    """A file that somebody has in hand is kept only when there is something to decide about."""
    arrival = arrive(origin)
    if not arrival.waits:
        transaction.set_rollback(True)
    return arrival


@acts_as(Role.AREA_OFFICER)
@require_GET
def delivery(request: StaffRequest, pk: int) -> HttpResponse:
    arrival = get_object_or_404(Arrival.objects.visible_to(request.area).without_content(), pk=pk)
    return render_delivery(request, arrival, form=decision_form(arrival))


def decision_form(arrival: Arrival) -> DecisionForm:
    return DecisionForm(initial={"shown": arrival.shown}, needs_reason=arrival.needs_reason)


def render_delivery(request: StaffRequest, arrival: Arrival, *, form: DecisionForm) -> HttpResponse:
    context = {
        "arrival": arrival,
        "form": form,
        "told": tell(arrival.difference),
    }
    return render(request, "regions/feeds/delivery.html", context)


@acts_as(Role.AREA_OFFICER)
@require_POST
def count(request: StaffRequest, pk: int) -> HttpResponse:
    """Let it through, all of it; with a reason where something was held back."""
    arrival = get_object_or_404(Arrival.objects.visible_to(request.area), pk=pk)
    if not arrival.waits:
        messages.info(request, deciding.NO_LONGER)
        return redirect(arrival)
    form = DecisionForm(request.POST, needs_reason=arrival.needs_reason)
    if not form.is_valid():
        return render_delivery(request, arrival, form=form)
    try:
        arrival = let_through(
            arrival, by=request.user, shown=form.cleaned_data["shown"], reason=form.cleaned_data["reason"]
        )
    except Changed as changed:
        messages.warning(request, str(changed))
        return redirect(arrival)
    if arrival.state == Arrival.State.COUNTED:
        messages.success(request, said_of(arrival))
    else:
        messages.error(request, _("Measures or places have changed since it came: it is refused."))
    return redirect(arrival)


@acts_as(Role.AREA_OFFICER)
@require_POST
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    arrival = get_object_or_404(Arrival.objects.visible_to(request.area).without_content(), pk=pk)
    return deciding.drop(
        request,
        arrival,
        again=lambda form: render_delivery(request, arrival, form=form),
        put_aside=put_aside,
        said=_("Put aside. The figures stand as they were."),
    )


@acts_as(Role.AREA_OFFICER)
@require_http_methods(["GET", "POST"])
def explain(request: StaffRequest, pk: int) -> HttpResponse:
    """What the columns of a refused file hold: tried on the file itself, and kept as it was tried."""
    refused = Arrival.objects.visible_to(request.area).filter(state=Arrival.State.REFUSED)
    arrival = get_object_or_404(refused, pk=pk)
    try:
        table = table_in(Origin.of(arrival))
        lines = [cells for _line, cells in table.lines]
    except Unreadable as error:
        messages.error(request, str(error))
        return redirect(arrival)
    form = ExplainForm(
        request.POST or None,
        headings=table.headings,
        guess=arrival.setup.as_layout if arrival.setup else guess(table.headings),
        texts=lambda column: sorted({cells[column] for cells in lines})[:MOST_TEXTS],
    )
    tried = try_out(form, arrival)
    if tried and not tried.refused and form.is_as_tried:
        return redirect(keep_explanation(form, arrival, by=request.user))
    context = {
        "arrival": arrival,
        "form": form,
        "tried": tried,
        "figures": tell_figures(tried.figures) if tried else [],
        "headings": table.headings,
        "lines": lines[:MOST_LINES],
    }
    return render(request, "regions/feeds/explain.html", context)


def try_out(form: ExplainForm, arrival: Arrival) -> Tried | None:
    """What the file says when it is read as the form has it; None where it cannot be: the form tells why."""
    if not form.is_valid():
        return None
    try:
        return explaining.attempt(arrival, form.layout)
    except Unreadable as error:
        form.add_error(None, str(error))
        return None


def keep_explanation(form: ExplainForm, arrival: Arrival, *, by: User) -> Arrival:
    said = form.cleaned_data
    return explaining.explain(arrival, form.layout, withdraws=said["withdraws"], jump=said["jump"], by=by)


@acts_as(Role.AREA_OFFICER)
@require_POST
def fetch(request: StaffRequest, pk: int) -> HttpResponse:
    """Fetch a table now, without waiting for its day."""
    setup = get_object_or_404(Setup.objects.valid(timezone.localdate()).exclude(address=""), pk=pk)
    if ask_for(setup, by=request.user):
        messages.success(request, _("It is being fetched. What comes stands here in a moment."))
    else:
        messages.info(request, _("It is being fetched already, and is asked for anew at once."))
    return redirect("feeds:deliveries")


@acts_as(Role.AREA_OFFICER)
@require_GET
def evidence(request: StaffRequest, pk: int) -> HttpResponse:
    """What arrived, byte for byte."""
    arrival = get_object_or_404(Arrival.objects.visible_to(request.area), pk=pk)
    return handed_out(bytes(arrival.content), name=arrival.file_name)


def said_of(arrival: Arrival) -> str:
    new, other = arrival.added, arrival.changed
    added = ngettext("%(count)s new figure", "%(count)s new figures", new) % {"count": new}
    changed = ngettext("%(count)s changed", "%(count)s changed", other) % {"count": other}
    return _("Saved: %(added)s, %(changed)s. The comparisons follow by themselves.") % {
        "added": added,
        "changed": changed,
    }
