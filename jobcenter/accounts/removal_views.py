"""What the nights have removed: for managers and for those who answer for the whole country."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.retention.kinds import kinds
from jobcenter.retention.models import Run

NIGHTS_ON_A_PAGE = 14


@acts_as(Role.MANAGER, Role.NATIONAL)
@require_safe
def removals(request: StaffRequest) -> HttpResponse:
    """Numbers of rows, by night and kind, with the rule they went by. No row can be recognised."""
    names = {kind.code: kind.name for kind in kinds()}
    nights = Paginator(Run.objects.prefetch_related("removed"), NIGHTS_ON_A_PAGE)
    page = nights.get_page(request.GET.get("side"))
    return render(
        request,
        "jobcenter/accounts/removals.html",
        {
            "page": page,
            "nights": [
                {
                    "run": run,
                    "removed": [
                        {"name": names.get(one.kind, one.kind), "number": one.number, "days": one.days}
                        for one in run.removed.all()
                        if one.number
                    ],
                }
                for run in page
            ],
        },
    )
