"""Labour conflicts in the labour catchment: which there are, a new one, and the end of one."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from employers.companies.models import Company
from employers.desk.forms import ConflictEndForm, ConflictForm
from employers.vacancies.conflicts import end as end_conflict
from employers.vacancies.conflicts import register
from employers.vacancies.models import LabourConflict, LabourConflictQuerySet
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as

CONFLICTS_ON_A_PAGE = 25


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_safe
def conflicts(request: StaffRequest) -> HttpResponse:
    page = Paginator(_visible(request), CONFLICTS_ON_A_PAGE).get_page(request.GET.get("side"))
    today = timezone.localdate()
    return render(
        request,
        "employers/desk/conflicts.html",
        {
            "page": page,
            "today": today,
            "running": _visible(request).running(on=today).count(),
            "jobcentre": request.jobcentre,
        },
    )


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest, pk: int) -> HttpResponse:
    """Register a conflict at a company; what it covers is taken off at once."""
    company = get_object_or_404(Company.objects.visible_to(request.jobcentre), pk=pk)
    form = ConflictForm(request.POST if request.method == "POST" else None, company=company)
    if request.method == "POST" and form.is_valid():
        register(company=company, jobcentre=request.jobcentre, by=request.user, **form.cleaned_data)
        messages.success(
            request,
            _("The conflict is registered. Vacancies that it covers are not shown while it lasts."),
        )
        return redirect("desk:conflicts")
    return render(request, "employers/desk/new_conflict.html", {"company": company, "form": form})


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """Say which was its last day; what was taken off for it comes back when it is over."""
    conflict = get_object_or_404(_visible(request), pk=pk)
    form = ConflictEndForm(request.POST if request.method == "POST" else None, conflict=conflict)
    if request.method == "POST" and form.is_valid():
        end_conflict(conflict, last_day=form.cleaned_data["ends_on"])
        messages.success(request, _("The last day is noted."))
        return redirect("desk:conflicts")
    return render(request, "employers/desk/end_conflict.html", {"conflict": conflict, "form": form})


def _visible(request: StaffRequest) -> LabourConflictQuerySet:
    """Those of companies with a workplace in the labour catchment."""
    companies = Company.objects.visible_to(request.jobcentre)
    found = LabourConflict.objects.filter(company__in=companies)
    return found.select_related("company", "jobcentre", "registered_by").prefetch_related(
        "workplaces", "occupations"
    )
