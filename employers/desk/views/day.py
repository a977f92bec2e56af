"""A caseworker's day on one page."""

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from employers.desk import columns
from employers.desk.day import day_of
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.pages import sheets


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_safe
def my_day(request: StaffRequest) -> HttpResponseBase:
    day = day_of(
        user=request.user, role=request.membership.role, jobcentre=request.jobcentre, now=timezone.localtime()
    )
    if sheet := sheets.asked(request, _("Follow-ups"), columns.FOLLOW_UPS, day.follow_ups):
        return sheet
    return render(request, "employers/desk/my_day.html", {"day": day, "jobcentre": request.jobcentre})
