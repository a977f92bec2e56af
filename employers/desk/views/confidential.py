"""Vouching for a sender, and who may see a confidential enquiry."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from employers.desk.forms import ConfirmForm, HandlerForm, ReleaseForm
from employers.desk.views.enquiries import enquiry_of, shown
from employers.enquiries import confiding, confirming
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.pages.refusing import say_refused


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """Somebody has spoken with the company, and confirms the sender for them."""
    found = enquiry_of(request, pk)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return shown(request, found, confirm=form)
    try:
        confirming.confirm_on_behalf(
            found,
            by=request.user,
            organisation=request.jobcentre.organisation,
            reason=form.cleaned_data["reason"],
        )
    except TransitionRefused as refusal:
        say_refused(request, refusal)
    else:
        messages.success(request, _("The sender is confirmed."))
    return redirect("desk:enquiry", pk=pk)


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def add_handler(request: StaffRequest, pk: int) -> HttpResponse:
    found = enquiry_of(request, pk)
    form = HandlerForm(request.POST, enquiry=found)
    if not form.is_valid():
        return shown(request, found, handler=form)
    colleague = form.cleaned_data["user"]
    try:
        confiding.add_handler(found, user=colleague, by=request.user)
    except TransitionRefused as refusal:
        say_refused(request, refusal)
    else:
        messages.success(request, _("%(name)s can now see and answer it.") % {"name": colleague})
    return redirect("desk:enquiry", pk=pk)


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def release(request: StaffRequest, pk: int) -> HttpResponse:
    found = enquiry_of(request, pk)
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        return shown(request, found, release=form)
    try:
        confiding.release(
            found,
            by=request.user,
            organisation=request.jobcentre.organisation,
            reason=form.cleaned_data["reason"],
        )
    except TransitionRefused as refusal:
        say_refused(request, refusal)
    else:
        messages.success(request, _("The enquiry is released: it is now seen like any other."))
    return redirect("desk:enquiry", pk=pk)
