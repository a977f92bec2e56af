"""The search across rooms: a page, and the same hits under the field while somebody is typing."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from employers.desk.forms import GlobalSearchForm
from employers.desk.searching import SHORTEST, Group, search, search_in_area
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.centres.models import Jobcentre


@acts_as(Role.CASEWORKER, Role.MANAGER, Role.AREA_OFFICER, Role.NATIONAL)
@require_safe
def find(request: StaffRequest) -> HttpResponse:
    form = GlobalSearchForm(request.GET)
    typed = form.cleaned_data["q"] if form.is_valid() else ""
    found = {
        "form": form,
        "typed": typed,
        "groups": _found(request, typed),
        "is_short": len(typed) < SHORTEST,
    }
    return render(request, f"employers/desk/{'search_found' if request.htmx else 'search'}.html", found)


def _found(request: StaffRequest, typed: str) -> list[Group]:
    """What this person may open; nobody reaches farther than their own organisation does."""
    match request.membership.role:
        case Role.AREA_OFFICER:
            return search_in_area(
                typed, among=Jobcentre.objects.in_area(request.area, on=timezone.localdate())
            )
        case Role.NATIONAL:
            return search_in_area(typed, among=Jobcentre.objects.all())
        case _:
            return search(typed, jobcentre=request.jobcentre, user=request.user)
