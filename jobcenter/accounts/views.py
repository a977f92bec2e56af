"""Where a person begins, and in which role."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from jobcenter.accounts.middleware import CHOSEN
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, signed_in

FIRST_PAGES: dict[str, str] = {
    Role.EMPLOYER: "desk:my_company",
    Role.CASEWORKER: "desk:my_day",
    Role.MANAGER: "dashboard:my_jobcentre",
    Role.AREA_OFFICER: "dashboard:area",
    Role.NATIONAL: "dashboard:measures",
}
"""The page each role begins on."""


@signed_in
@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """Send each person to the first page of the role they act in."""
    if request.membership:
        return redirect(FIRST_PAGES[request.membership.role])
    if request.user.is_staff:
        return redirect("admin:index")
    return redirect("enquiries:front")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: StaffRequest) -> HttpResponse:
    """Act for another of one's own organisations from now on, in this session."""
    if request.method == "POST":
        chosen = request.POST.get("membership", "")
        for membership in request.memberships:
            if str(membership.pk) == chosen:
                request.session[CHOSEN] = membership.pk
                return redirect("accounts:home")
        raise Http404("The person has no such membership.")
    if len(request.memberships) < 2:
        return redirect("accounts:home")
    return render(
        request,
        "jobcenter/accounts/choose.html",
        {"memberships": request.memberships, "chosen": request.membership},
    )
