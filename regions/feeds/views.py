"""Deliveries of figures: what has come, delivering a file, and seeing what it changes before it is saved."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.runtime.csvlines import Unreadable
from regions.feeds.forms import UploadForm
from regions.feeds.known import known_to
from regions.feeds.models import Draft, Import
from regions.feeds.reading import COLUMNS, Reading, read
from regions.feeds.receiving import Origin, compare, receive
from regions.feeds.telling import tell
from regions.measures.models import Measure, TargetGroup

PER_PAGE = 25
MOST_PROBLEMS = 100


@acts_as(Role.AREA_OFFICER)
@require_GET
def deliveries(request: StaffRequest) -> HttpResponse:
    reports = Import.objects.select_related("delivery__by").order_by("-delivery__received_at", "-pk")
    page = Paginator(reports, PER_PAGE).get_page(request.GET.get("side"))
    return render(request, "regions/feeds/deliveries.html", {"page": page})


@acts_as(Role.AREA_OFFICER)
@require_http_methods(["GET", "POST"])
def upload(request: StaffRequest) -> HttpResponse:
    """Take a file: a good one waits as a draft until its deliverer has seen what it changes."""
    known = known_to(area=request.area, today=timezone.localdate())
    if request.method == "GET":
        form = UploadForm(known=known)
    else:
        form = UploadForm(request.POST, request.FILES, known=known)
        if form.is_valid():
            Draft.objects.update_or_create(
                membership=request.membership,
                defaults={
                    "source": form.cleaned_data["source"],
                    "data_date": form.cleaned_data["data_date"],
                    "file_name": form.cleaned_data["file"].name,
                    "content": form.content,
                    "digest": form.digest,
                    "created_at": timezone.now(),
                },
            )
            return redirect("feeds:check")
    problems = form.reading.problems
    context = {
        "form": form,
        "problems": problems[:MOST_PROBLEMS],
        "problems_left_out": max(len(problems) - MOST_PROBLEMS, 0),
        "columns": list(COLUMNS),
        "measures": Measure.objects.all(),
        "groups": TargetGroup.objects.all(),
    }
    return render(request, "regions/feeds/upload.html", context)


@acts_as(Role.AREA_OFFICER)
@require_http_methods(["GET", "POST"])
def check(request: StaffRequest) -> HttpResponse:
    """What the draft changes; a POST saves it, all or nothing."""
    if request.method == "POST":
        return save(request)
    draft = Draft.objects.filter(membership=request.membership).first()
    if not draft:
        return redirect("feeds:upload")
    reading = read_again(draft, request)
    if reading is None:
        return redirect("feeds:upload")
    found = compare(reading.figures)
    context = {"draft": draft, "reading": reading, "found": found, "told": tell(found)}
    return render(request, "regions/feeds/check.html", context)


@transaction.atomic
def save(request: StaffRequest) -> HttpResponse:
    """Take the draft in. The draft goes with it, so a second press of the button finds nothing to save."""
    draft = Draft.objects.select_for_update().filter(membership=request.membership).first()
    if not draft:
        messages.info(request, _("There is nothing more to save: the file was saved already."))
        return redirect("feeds:deliveries")
    if request.POST.get("digest") != draft.digest:
        messages.warning(request, _("You have chosen another file since. This is what that one changes."))
        return redirect("feeds:check")
    reading = read_again(draft, request)
    if reading is None:
        return redirect("feeds:upload")
    report = receive(
        reading.figures,
        missing=reading.missing,
        origin=Origin(
            source=draft.source,
            data_date=draft.data_date,
            file_name=draft.file_name,
            digest=draft.digest,
            by=request.user,
        ),
    )
    draft.delete()
    if report:
        messages.success(request, said_of(report))
    else:
        messages.info(
            request, _("Somebody else has delivered the same figures meanwhile: nothing was left to save.")
        )
    return redirect("feeds:deliveries")


def read_again(draft: Draft, request: StaffRequest) -> Reading | None:
    """The figures of a draft, held against what is known now; None, and a message, when they do not fit."""
    known = known_to(area=request.area, today=timezone.localdate())
    try:
        reading = read(bytes(draft.content), known=known)
    except Unreadable:
        reading = None
    if reading is None or reading.problems:
        messages.error(
            request, _("Measures or places have changed since you chose the file. Choose it again.")
        )
        return None
    return reading


def said_of(report: Import) -> str:
    added = ngettext("%(count)s new figure", "%(count)s new figures", report.added) % {"count": report.added}
    changed = ngettext("%(count)s changed", "%(count)s changed", report.changed) % {"count": report.changed}
    return _("Saved: %(added)s, %(changed)s. Recompute to see them in the comparisons.") % {
        "added": added,
        "changed": changed,
    }
