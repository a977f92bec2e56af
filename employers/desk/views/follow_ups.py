"""The jobcentre's follow-ups in a list of their own, where several can be dealt with at once."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from employers.contacts.models import FollowUp
from employers.desk import columns
from employers.desk.kept_views import offered, opens_with_default
from employers.desk.list_forms import FollowUpsForm
from employers.desk.models.saved_view import Listed
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.pages import sheets

ROWS_ON_A_PAGE = 25


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_safe
@opens_with_default(Listed.FOLLOW_UPS)
def follow_ups(request: StaffRequest) -> HttpResponseBase:
    today = timezone.localdate()
    form = FollowUpsForm(request.GET, jobcentre=request.jobcentre)
    of_jobcentre = FollowUp.objects.visible_to(request.jobcentre)
    found = form.chosen(of_jobcentre, user=request.user, today=today).select_related("company", "owner")
    if sheet := sheets.asked(request, _("Follow-ups"), columns.FOLLOW_UPS, found):
        return sheet
    page = Paginator(found, ROWS_ON_A_PAGE).get_page(request.GET.get("side"))
    return render(
        request,
        "employers/desk/follow_ups.html",
        {
            "form": form,
            "page": page,
            "today": today,
            "jobcentre": request.jobcentre,
            "views": offered(request, Listed.FOLLOW_UPS),
        },
    )
