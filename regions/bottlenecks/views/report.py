"""A report as a whole: accepting the rest of its lines, publishing it, correcting a published one, and giving
a correction up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.pages import sheets
from jobcenter.pages.refusing import say_refused
from regions.bottlenecks.forms import AcceptTheRestForm, CorrectForm, GiveUpForm, PublishForm
from regions.bottlenecks.models import Report, Rule, still_to_review
from regions.bottlenecks.reports import correcting, files, publishing, reviewing
from regions.bottlenecks.reports.comparing import what_changed
from regions.bottlenecks.reports.correcting import Basis
from regions.bottlenecks.views.lines import READERS


@acts_as(*READERS)
@require_GET
def report(request: StaffRequest, pk: int) -> HttpResponseBase:
    issues = Report.objects.knowing_replaced().select_related("area", "corrects")
    shown = get_object_or_404(issues, pk=pk)
    if sheets.ASKED in request.GET and (file := file_of(request, shown)):
        return file
    return page_of(request, shown)


def file_of(request: StaffRequest, shown: Report) -> HttpResponseBase | None:
    """The lines with what was proposed and remarked."""
    lines = list(shown.lines.select_related("occupation").order_by("occupation__sort_key"))
    rules, name = files.rules_of([shown]), files.name_of(shown)
    columns = files.staff_columns(rules)
    return sheets.asked(request, name, columns, lines, cube=lambda: files.cube(name, lines, rules))


def page_of(request: StaffRequest, shown: Report, **sent: Any) -> HttpResponse:
    """The page of a report. sent: a form that was sent and is not valid, by the name the page gives it."""
    is_own = getattr(request, "area", None) == shown.area
    lines = list(shown.lines.select_related("occupation", "accepted_by").order_by("occupation__sort_key"))
    reviewed = sum(line.is_reviewed for line in lines)
    left, is_reviewable = len(lines) - reviewed, is_own and shown.is_draft
    replaced_by = shown.replaced_by if shown.is_published else None
    correction = Report.objects.filter(corrects=shown).first()
    forms = {
        "form": PublishForm() if is_reviewable and not left else None,
        "rest_form": AcceptTheRestForm() if is_reviewable and left else None,
        "correct_form": CorrectForm() if is_own and shown.is_published and not correction else None,
        "give_up_form": GiveUpForm() if is_reviewable and shown.corrects else None,
        **sent,
    }
    context = {
        "report": shown,
        "replaced_by": replaced_by,
        "correction": correction,
        "meant_to_correct": correcting.meant_to_correct(shown),
        "rule": Rule.objects.valid(shown.ends_on).get(),
        "changed": what_changed(shown),
        "lines": lines,
        "reviewed": reviewed,
        "is_reviewable": is_reviewable,
        "still_to_review": still_to_review(left) if is_reviewable and left else "",
        **forms,
        "forms": [form for form in forms.values() if form],
        "log": correcting.steps_of(shown),
        "reviews": reviewing.reviews(shown),
    }
    return render(request, "regions/bottlenecks/report.html", context)


@acts_as(Role.AREA_OFFICER)
@require_POST
def publish(request: StaffRequest, pk: int) -> HttpResponse:
    """Publish the area's own report, with a reason; then it never changes."""
    shown = own_report(request, pk)
    form = PublishForm(request.POST)
    if not form.is_valid():
        return page_of(request, shown, form=form)
    try:
        publishing.publish(
            report=shown,
            by=request.user,
            organisation=request.membership.organisation,
            reason=form.cleaned_data["reason"],
        )
    except ValidationError as refused:
        say_refused(request, refused)
    else:
        messages.success(
            request, _("The report is published. Caseworkers and employers now see its outlook.")
        )
    return redirect("bottlenecks:report", pk=pk)


@acts_as(Role.AREA_OFFICER)
@require_POST
def accept_the_rest(request: StaffRequest, pk: int) -> HttpResponse:
    """Accept every line of the own draft that nobody has said anything of, with one reason."""
    shown = own_report(request, pk)
    form = AcceptTheRestForm(request.POST)
    if not form.is_valid():
        return page_of(request, shown, rest_form=form)
    try:
        accepted = reviewing.accept_the_rest(
            report=shown,
            by=request.user,
            organisation=request.membership.organisation,
            reason=form.cleaned_data["accepting"],
        )
    except ValidationError as refused:
        say_refused(request, refused)
    else:
        said = ngettext("%(number)s line is accepted.", "%(number)s lines are accepted.", accepted)
        messages.success(request, said % {"number": accepted})
    return redirect("bottlenecks:report", pk=pk)


@acts_as(Role.AREA_OFFICER)
@require_POST
def correct(request: StaffRequest, pk: int) -> HttpResponse:
    """Begin the next issue of the area's own published report, with what was wrong."""
    shown = own_report(request, pk)
    form = CorrectForm(request.POST)
    if not form.is_valid():
        return page_of(request, shown, correct_form=form)
    try:
        shown = correcting.begin(
            report=shown,
            by=request.user,
            organisation=request.membership.organisation,
            reason=form.cleaned_data["correction"],
            basis=Basis(form.cleaned_data["basis"]),
        )
    except ValidationError as refused:
        say_refused(request, refused)
    else:
        messages.success(request, _("The correction is drafted. Review its lines, and publish it."))
    return redirect(shown)


@acts_as(Role.AREA_OFFICER)
@require_POST
def give_up(request: StaffRequest, pk: int) -> HttpResponse:
    """Give up the own area's correction that is still a draft, with a reason."""
    shown = own_report(request, pk)
    form = GiveUpForm(request.POST)
    if not form.is_valid():
        return page_of(request, shown, give_up_form=form)
    try:
        shown.give_up(
            by=request.user,
            organisation=request.membership.organisation,
            reason=form.cleaned_data["giving_up"],
        )
    except ValidationError as refused:
        say_refused(request, refused)
    else:
        messages.success(request, _("The correction is given up. The issue it was of stands as it is."))
    return redirect("bottlenecks:report", pk=pk)


def own_report(request: StaffRequest, pk: int) -> Report:
    """Raises Http404 for another area's."""
    return get_object_or_404(Report.objects.select_related("area", "corrects"), pk=pk, area=request.area)
