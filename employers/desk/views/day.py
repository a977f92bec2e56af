"""A caseworker's day on one page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from employers.desk.day import day_of
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_safe
def my_day(request: StaffRequest) -> HttpResponse:
    day = day_of(
        user=request.user, role=request.membership.role, jobcentre=request.jobcentre, now=timezone.localtime()
    )
    return render(request, "employers/desk/my_day.html", {"day": day, "jobcentre": request.jobcentre})
