"""Framework conditions: what counts as one, bringing values of them, and deciding whether those count."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.centres.models import Jobcentre
from jobcenter.pages.downloads import handed_out
from jobcenter.runtime.csvlines import Unreadable
from regions.comparison.bringing import changes, known_on, let_through, proposed, put_aside
from regions.comparison.condition_file import COLUMNS, Difference, read
from regions.comparison.conditions import used_for
from regions.comparison.forms import ConditionFileForm
from regions.comparison.models import Condition, ConditionFile
from regions.feeds import deciding
from regions.feeds.forms import DecisionForm
from regions.feeds.receiving import Changed

MOST_PROBLEMS = 100
MOST_FILES = 50
WHO = (Role.AREA_OFFICER, Role.NATIONAL)
"""Conditions hold for the whole country, and so do the files of them: any office may see and decide."""


@acts_as(*WHO)
@require_GET
def conditions(request: StaffRequest) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "conditions": Condition.objects.valid(today).filter(is_fictional=False).with_values(),
        "used": used_for(is_fictional=False),
        "jobcentres": Jobcentre.objects.valid(today).count(),
        "files": ConditionFile.objects.defer("content").select_related("by", "decided_by")[:MOST_FILES],
    }
    return render(request, "regions/comparison/conditions.html", context)


@acts_as(*WHO)
@require_http_methods(["GET", "POST"])
def upload(request: StaffRequest) -> HttpResponse:
    """Take a file: a good one waits until somebody has seen what it changes, another is not kept."""
    form = ConditionFileForm(request.POST, request.FILES) if request.method == "POST" else ConditionFileForm()
    known = known_on(timezone.localdate())
    problems: list[tuple[int, str]] = []
    if form.is_valid():
        brought = form.cleaned_data["file"]
        content: bytes = brought.read()
        try:
            reading = read(content, known=known)
        except Unreadable as error:
            form.add_error("file", str(error))
        else:
            problems = list(reading.problems)
            if problems:
                form.say_how_many_cannot_be_used(len(problems))
            elif changes(reading.values).is_empty:
                form.add_error("file", _("The file changes nothing: all its values are there already."))
            else:
                return redirect(
                    ConditionFile.objects.create(
                        source=form.cleaned_data["source"],
                        came_as=brought.name,
                        content=content,
                        by=request.user,
                    )
                )
    context = {
        "form": form,
        "problems": problems[:MOST_PROBLEMS],
        "problems_left_out": max(len(problems) - MOST_PROBLEMS, 0),
        "columns": list(COLUMNS),
        "conditions": Condition.objects.filter(code__in=known.conditions),
    }
    return render(request, "regions/comparison/upload.html", context)


@acts_as(*WHO)
@require_GET
def file(request: StaffRequest, pk: int) -> HttpResponse:
    return render_file(request, get_object_or_404(ConditionFile, pk=pk))


def render_file(request: StaffRequest, file: ConditionFile, form: DecisionForm | None = None) -> HttpResponse:
    """What it would change now, while it waits; afterwards, what it changed."""
    try:
        found = proposed(file) if file.waits else file.difference
        cannot = ""
    except Changed as changed:
        found, cannot = Difference({}, {}, 0), str(changed)
    context = {
        "file": file,
        "found": found,
        "cannot": cannot,
        "lines": found.lines(names_of_jobcentres(), names_of_conditions()),
        "form": form or DecisionForm(initial={"shown": found.digest}, needs_reason=False),
    }
    return render(request, "regions/comparison/file.html", context)


def names_of_jobcentres() -> dict[str, str]:
    return {one.code: one.short_name for one in Jobcentre.objects.all()}


def names_of_conditions() -> dict[str, str]:
    return {one.code: str(one) for one in Condition.objects.all()}


@acts_as(*WHO)
@require_POST
def count(request: StaffRequest, pk: int) -> HttpResponse:
    file = get_object_or_404(ConditionFile.objects.defer("content"), pk=pk)
    return deciding.count(
        request,
        file,
        needs_reason=False,
        again=lambda form: render_file(request, file, form),
        let_through=let_through,
        said=said_of,
    )


def said_of(found: Difference) -> str:
    brought = len(found.added) + len(found.changed)
    return ngettext(
        "Saved: %(count)s value. It counts from the next recomputation, tonight at the latest.",
        "Saved: %(count)s values. They count from the next recomputation, tonight at the latest.",
        brought,
    ) % {"count": brought}


@acts_as(*WHO)
@require_POST
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    file = get_object_or_404(ConditionFile.objects.defer("content"), pk=pk)
    return deciding.drop(
        request,
        file,
        again=lambda form: render_file(request, file, form),
        put_aside=put_aside,
        said=_("Put aside. The framework conditions stand as they were."),
    )


@acts_as(*WHO)
@require_GET
def evidence(request: StaffRequest, pk: int) -> HttpResponse:
    """What was brought, byte for byte."""
    file = get_object_or_404(ConditionFile, pk=pk)
    return handed_out(bytes(file.content), name=file.came_as)
