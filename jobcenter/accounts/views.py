"""Where a person begins, and in which role."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jobcenter.accounts.middleware import CHOSEN
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, signed_in
from jobcenter.notifications import choosing
from jobcenter.notifications.forms import ChoicesForm
from jobcenter.notifications.kinds import Audience, Kind, for_audiences
from jobcenter.notifications.models import Recipient

FIRST_PAGES: dict[str, str] = {
    Role.EMPLOYER: "desk:my_company",
    Role.CASEWORKER: "desk:my_day",
    Role.MANAGER: "dashboard:my_jobcentre",
    Role.AREA_OFFICER: "dashboard:area",
    Role.NATIONAL: "dashboard:country",
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


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: StaffRequest) -> HttpResponse:
    """What the person is told by e-mail, and how: the kinds of their roles, and those they had."""
    email = request.user.email
    recipient = Recipient.objects.of(email).first() or Recipient(email=email)
    kinds = _kinds_for(request, recipient)
    form = ChoicesForm(request.POST or None, kinds=kinds, now=choosing.ways(recipient, kinds))
    if form.is_valid():
        choosing.choose(email=email, choices=form.chosen(), language=request.LANGUAGE_CODE)
        messages.success(request, _("Your choices are saved."))
        return redirect("accounts:notices")
    acts = request.membership
    base = "jobcenter/pages/base_staff.html" if _is_staff(request) else "jobcenter/pages/base_public.html"
    return render(
        request,
        "jobcenter/accounts/notices.html",
        {
            "base": base,
            "recipient": recipient,
            "form": form,
            "company": acts.organisation if acts and acts.role == Role.EMPLOYER else None,
            "is_confirmed": bool(acts and acts.confirmed_at),
        },
    )


def _kinds_for(request: StaffRequest, recipient: Recipient) -> list[Kind]:
    audiences = {
        Audience.EMPLOYER if membership.role == Role.EMPLOYER else Audience.STAFF
        for membership in request.memberships
    }
    of_roles = for_audiences(*audiences)
    had = choosing.kinds_of(recipient) if recipient.pk else []
    return [*of_roles, *(kind for kind in had if kind not in of_roles)]


def _is_staff(request: StaffRequest) -> bool:
    return bool(request.membership) and request.membership.role != Role.EMPLOYER
