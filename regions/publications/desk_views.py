"""Where an issue is made: what is published and drafted, the check of a draft, and its publication."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from regions.publications import checking, correcting, freezing, publishing
from regions.publications.forms import DrawUpForm, PublishForm
from regions.publications.models import Publication
from regions.publications.reading import comparisons_of
from regions.publications.views import page_of

READERS = (Role.AREA_OFFICER, Role.NATIONAL)
"""Who reads drafts: they are about every area. Drawn up and published they are by the national authority."""


@acts_as(*READERS)
@require_http_methods(["GET", "POST"])
def issues(request: StaffRequest) -> HttpResponse:
    """Every issue and draft; the national authority draws a quarter up from here."""
    form = DrawUpForm(request.POST or None) if is_publisher(request) else None
    if request.method == "POST" and form is None:
        raise PermissionDenied
    if form and form.is_valid():
        draft = freezing.draw_up(
            quarter=form.quarter, on=timezone.localdate(), correction=form.cleaned_data["correction"]
        )
        messages.success(request, _("The draft is drawn up. Check it, and publish it with a reason."))
        return redirect("publications:check", pk=draft.pk)
    shown = Publication.objects.select_related("corrects").prefetch_related("log__by", "log__organisation")
    return render(request, "regions/publications/issues.html", {"issues": shown, "form": form})


def is_publisher(request: StaffRequest) -> bool:
    return request.membership.role == Role.NATIONAL


@acts_as(*READERS)
@require_GET
def check(request: StaffRequest, pk: int) -> HttpResponse:
    return check_of(request, get_object_or_404(Publication.objects.select_related("corrects"), pk=pk))


def check_of(request: StaffRequest, shown: Publication, form: PublishForm | None = None) -> HttpResponse:
    differences = correcting.differences(shown)
    return render(
        request,
        "regions/publications/check.html",
        {
            "publication": shown,
            "comparisons": comparisons_of(shown),
            "check": checking.check(shown),
            "differences": [one for one in differences if one.is_of_figures],
            "only_expected": sum(not one.is_of_figures for one in differences),
            "form": (form or PublishForm()) if shown.is_draft and is_publisher(request) else None,
            "log": shown.log.select_related("by", "organisation").order_by("-at", "-pk"),
        },
    )


@acts_as(*READERS)
@require_GET
def preview(request: StaffRequest, pk: int) -> HttpResponseBase:
    """A draft as everybody would read it."""
    return page_of(request, get_object_or_404(Publication, pk=pk, state="draft"))


@acts_as(Role.NATIONAL)
@require_POST
def draw_up_again(request: StaffRequest, pk: int) -> HttpResponse:
    draft = get_object_or_404(Publication, pk=pk, state="draft")
    freezing.draw_up(quarter=draft.quarter, on=timezone.localdate())
    messages.success(request, _("The draft is drawn up anew from today's results."))
    return redirect("publications:check", pk=pk)


@acts_as(Role.NATIONAL)
@require_POST
def publish(request: StaffRequest, pk: int) -> HttpResponse:
    """Publish a draft with a reason; then it never changes."""
    shown = get_object_or_404(Publication.objects.select_related("corrects"), pk=pk)
    form = PublishForm(request.POST)
    if not form.is_valid():
        return check_of(request, shown, form)
    try:
        published = publishing.publish(
            publication=shown,
            by=request.user,
            organisation=request.membership.organisation,
            reason=form.cleaned_data["reason"],
        )
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("publications:check", pk=pk)
    messages.success(
        request,
        _("Issue %(number)s is published. Anyone can read it now.") % {"number": published.number},
    )
    return redirect("publications:check", pk=pk)
