"""Reserving a company for a purpose and some days, and letting go of it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from employers.companies.following import company_or_404
from employers.companies.models import Company
from employers.contacts import holding
from employers.contacts.forms import HoldForm
from employers.contacts.models import Hold, HoldLimit, Purpose
from employers.contacts.saying import day_in_full
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: StaffRequest, company: int) -> HttpResponse:
    found = company_or_404(Company.objects.visible_to(request.jobcentre), company)
    limit = HoldLimit.objects.of(timezone.localdate())
    if limit is None:
        messages.warning(request, _("No rule for holds is in force today."))
        return redirect(found)
    purpose = request.GET.get("om", "")
    form = HoldForm(
        request.POST or None,
        company=found,
        jobcentre=request.jobcentre,
        limit=limit,
        purpose=purpose if purpose in Purpose.values else "",
    )
    if form.is_valid():
        try:
            hold = holding.take(
                jobcentre=request.jobcentre, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except holding.HeldAlready as first:
            form.add_error(None, _already(first.hold, request))
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            told = {"company": found, "day": day_in_full(hold.free_on), "purpose": hold.get_purpose_display()}
            messages.success(
                request, _("You have reserved %(company)s for %(purpose)s until %(day)s.") % told
            )
            return redirect(found)
    return render(
        request,
        "employers/contacts/hold.html",
        {"form": form, "company": found, "limit": limit, "jobcentre": request.jobcentre},
    )


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def release(request: StaffRequest, pk: int) -> HttpResponse:
    """By anybody of the jobcentre that holds."""
    own = Hold.objects.filter(jobcentre=request.jobcentre).select_related("workplace__company")
    hold = get_object_or_404(own, pk=pk)
    company = hold.workplace.company
    if hold.release(by=request.user, at=timezone.now()):
        messages.success(request, _("%(company)s is no longer reserved.") % {"company": company})
    else:
        messages.info(request, _("The reservation of %(company)s had ended already.") % {"company": company})
    return redirect(company)


def _already(hold: Hold, request: StaffRequest) -> str:
    day = day_in_full(hold.free_on)
    if hold.jobcentre_id == request.jobcentre.pk:
        return _("%(name)s of your jobcentre has reserved them for this until %(day)s already.") % {
            "name": hold.by,
            "day": day,
        }
    return _("%(name)s, %(jobcentre)s, was first: they have reserved them for this until %(day)s.") % {
        "name": hold.by,
        "jobcentre": hold.jobcentre,
        "day": day,
    }
