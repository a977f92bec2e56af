"""Agreements with other jobcentres: drafted, read as a document, accepted or refused, changed and ended.

Everybody in a partner may read one; its managers take the steps. What belongs to others is a 404.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from employers.desk.agreement_forms import AgreementForm, ReadForm, ReasonForm
from employers.desk.agreement_words import differences, document
from employers.enquiries.asking import answered_within
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.centres import agreeing
from jobcenter.centres.models import Acceptance, Agreement
from jobcenter.pages.refusing import say_refused

OVER_ON_A_PAGE = 25
State = Agreement.State


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_safe
def agreements(request: StaffRequest) -> HttpResponse:
    """What waits for us, what waits for others, what is in force, and what is over."""
    today = timezone.localdate()
    mine = (
        Agreement.objects.of(request.jobcentre)
        .with_what_was_accepted_by(request.jobcentre)
        .select_related("drafter")
        .prefetch_related("partners__jobcentre")
    )
    over = mine.over(today)
    alive = list(mine.exclude(pk__in=over.values("pk")))
    return render(
        request,
        "employers/desk/agreements.html",
        {
            "for_us": [one for one in alive if _waits_for_us(one, request)],
            "for_others": [one for one in alive if not _is_binding(one) and not _waits_for_us(one, request)],
            "in_force": [one for one in alive if _is_binding(one)],
            "page": Paginator(over, OVER_ON_A_PAGE).get_page(request.GET.get("side")),
            "jobcentre": request.jobcentre,
            "is_manager": request.membership.role == Role.MANAGER,
        },
    )


@acts_as(Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def new_agreement(request: StaffRequest) -> HttpResponse:
    form = AgreementForm(request.POST or None, jobcentre=request.jobcentre)
    if form.is_valid():
        made = agreeing.draft(form.proposal, jobcentre=request.jobcentre, by=request.user)
        messages.success(
            request, _("“%(name)s” is put forward. The partners have been told.") % {"name": made}
        )
        return redirect(made)
    return render(
        request,
        "employers/desk/agreement_form.html",
        {"form": form, "agreement": None, "jobcentre": request.jobcentre},
    )


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_safe
def agreement(request: StaffRequest, pk: int) -> HttpResponse:
    """The agreement as a document, who has accepted it, and what has become of it."""
    return _document(request, _found(request, pk), ReasonForm())


@acts_as(Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: StaffRequest, pk: int) -> HttpResponse:
    """A new wording of a draft: whoever has accepted must accept again."""
    found = _found(request, pk)
    if found.drafter_id != request.jobcentre.pk or found.state not in (State.DRAFT, State.REFUSED):
        messages.warning(request, _("This text can no longer be changed."))
        return redirect(found)
    form = AgreementForm(request.POST or None, jobcentre=request.jobcentre, agreement=found)
    if form.is_valid():
        try:
            changed = agreeing.change(
                found,
                form.proposal,
                seen=form.cleaned_data["version"] or 0,
                jobcentre=request.jobcentre,
                by=request.user,
            )
        except TransitionRefused as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request, _("“%(name)s” is put forward. The partners have been told.") % {"name": changed}
            )
            return redirect(changed)
    return render(
        request,
        "employers/desk/agreement_form.html",
        {
            "form": form,
            "agreement": found,
            "jobcentre": request.jobcentre,
            "theirs": document(found.terms) if form.non_field_errors() else [],
        },
    )


@acts_as(Role.MANAGER)
@require_POST
def accept(request: StaffRequest, pk: int) -> HttpResponse:
    """Accept the wording that was on the page; if it has been changed since, it must be read again."""
    found = _found(request, pk)
    try:
        accepted = agreeing.accept(found, seen=_read(request), jobcentre=request.jobcentre, by=request.user)
    except TransitionRefused as refusal:
        say_refused(request, refusal)
    else:
        messages.success(
            request,
            _("All have accepted. The agreement is in force from its first day.")
            if accepted.state == State.ACCEPTED
            else _("%(jobcentre)s has accepted. The others have not all done so yet.")
            % {"jobcentre": request.jobcentre},
        )
    return redirect(found)


@acts_as(Role.MANAGER)
@require_POST
def refuse(request: StaffRequest, pk: int) -> HttpResponse:
    found, form = _found(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _document(request, found, form)
    try:
        agreeing.refuse(
            found,
            seen=_read(request),
            reason=form.cleaned_data["reason"],
            jobcentre=request.jobcentre,
            by=request.user,
        )
    except TransitionRefused as refusal:
        form.add_error(None, refusal)
        return _document(request, _found(request, pk), form)
    messages.success(request, _("The draft is refused. The partners have been told why."))
    return redirect(found)


@acts_as(Role.MANAGER)
@require_POST
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    try:
        agreeing.withdraw(found, jobcentre=request.jobcentre, by=request.user)
    except TransitionRefused as refusal:
        say_refused(request, refusal)
    else:
        messages.success(request, _("The draft is withdrawn. The partners have been told."))
    return redirect(found)


@acts_as(Role.MANAGER)
@require_POST
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """Any partner may end it, with the notice it says. What was asked within it can still be answered."""
    found, form = _found(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _document(request, found, form)
    try:
        agreeing.end(
            found,
            reason=form.cleaned_data["reason"],
            on=timezone.localdate(),
            jobcentre=request.jobcentre,
            by=request.user,
        )
    except TransitionRefused as refusal:
        form.add_error(None, refusal)
        return _document(request, _found(request, pk), form)
    messages.success(request, _("The agreement is ended. The partners have been told why."))
    return redirect(found)


def _found(request: StaffRequest, pk: int) -> Agreement:
    mine = (
        Agreement.objects.of(request.jobcentre)
        .with_what_was_accepted_by(request.jobcentre)
        .select_related("drafter", "drafted_by")
        .with_scope()
    )
    return get_object_or_404(mine, pk=pk)


def _read(request: StaffRequest) -> int:
    """The version that stood on the page; 0, which is none, when it is not said."""
    form = ReadForm(request.POST)
    return form.cleaned_data["version"] if form.is_valid() else 0


def _is_binding(agreement: Agreement) -> bool:
    return agreement.state in (State.ACCEPTED, State.ENDED)


def _waits_for_us(agreement: Any, request: StaffRequest) -> bool:
    """To accept or refuse; or, where somebody has refused it, to change what we have drafted."""
    if agreement.state == State.REFUSED:
        return bool(agreement.drafter_id == request.jobcentre.pk)
    return agreement.state == State.DRAFT and not agreement.is_accepted_by_us


def _document(request: StaffRequest, found: Any, form: ReasonForm) -> HttpResponse:
    """The whole page; `form`: the reason, typed or not yet."""
    today = timezone.localdate()
    is_manager = request.membership.role == Role.MANAGER
    is_drafter = found.drafter_id == request.jobcentre.pk
    accepted = {
        one.jobcentre_id: one
        for one in Acceptance.objects.filter(
            wording__agreement=found, wording__number=found.version
        ).select_related("by")
    }
    before = (
        Acceptance.objects.filter(wording__agreement=found, jobcentre=request.jobcentre)
        .exclude(wording__number__gte=found.version)
        .select_related("wording")
        .last()
    )
    is_open = found.state in (State.DRAFT, State.REFUSED)
    return render(
        request,
        "employers/desk/agreement.html",
        {
            "agreement": found,
            "parts": document(found.terms),
            "partners": [
                {
                    "jobcentre": one.jobcentre,
                    "is_lead": one.is_lead,
                    "accepted": accepted.get(one.jobcentre_id),
                }
                for one in found.sorted_partners()
            ],
            "changes": differences(before.wording.terms, found.terms)
            if before and is_open and not found.is_accepted_by_us
            else [],
            "steps": found.log.select_related("by", "organisation").order_by("at", "pk"),
            "form": form,
            "answered": answered_within(found, at=timezone.now()),
            "is_manager": is_manager,
            "may_accept": is_manager and found.state == State.DRAFT and not found.is_accepted_by_us,
            "may_change": is_manager and is_drafter and is_open,
            "may_end": is_manager and found.state == State.ACCEPTED,
            "last_day": agreeing.last_day_with_notice(found, on=today),
            "jobcentre": request.jobcentre,
        },
    )
