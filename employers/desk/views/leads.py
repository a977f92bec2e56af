"""The lead of a company (tovholder): whom it deals with in the jobcentre, agreed with it or named."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from employers.companies.following import company_or_404
from employers.companies.models import Company
from employers.contacts.leading import agree_on_lead, end_lead, leader_of
from employers.contacts.models import Lead
from employers.desk.staffing_forms import LeadForm
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def lead(request: StaffRequest, pk: int) -> HttpResponse:
    company = company_or_404(Company.objects.visible_to(request.jobcentre), pk)
    today = timezone.localdate()
    now = Lead.objects.of(company, request.jobcentre, on=today)
    form = LeadForm(request.POST or None, jobcentre=request.jobcentre)
    if form.is_valid():
        made = agree_on_lead(company=company, jobcentre=request.jobcentre, on=today, **form.cleaned_data)
        told = {"name": made.user, "company": company}
        messages.success(request, _("%(name)s is the lead of %(company)s from today.") % told)
        return redirect(company)
    return render(
        request,
        "employers/desk/lead.html",
        {
            "company": company,
            "form": form,
            "now": now,
            "leader": leader_of(company, jobcentre=request.jobcentre, on=today),
            "jobcentre": request.jobcentre,
        },
    )


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def no_lead(request: StaffRequest, pk: int) -> HttpResponse:
    company = company_or_404(Company.objects.visible_to(request.jobcentre), pk)
    end_lead(company=company, jobcentre=request.jobcentre, on=timezone.localdate())
    messages.success(request, _("%(company)s no longer has a lead in the jobcentre.") % {"company": company})
    return redirect(company)
