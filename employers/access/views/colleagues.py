"""A company's own people: who they are, inviting, what each may do, leaving."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from employers.access import asking
from employers.access import colleagues as people
from employers.access.forms import InviteForm, RefuseForm, StandingForm
from employers.access.models import AccessRequest, Invitation, InvitationState
from employers.access.views.asking import no_such_link
from jobcenter.accounts.models import Membership, Role
from jobcenter.accounts.scope import StaffRequest, acts_as, public
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.pages.middleware import speak
from jobcenter.pages.views import gone


@acts_as(Role.EMPLOYER)
@require_http_methods(["GET", "HEAD", "POST"])
def colleagues(request: StaffRequest) -> HttpResponse:
    """Everybody who acts for the company; its administrators invite here."""
    _only_confirmed(request)
    form = InviteForm(request.POST or None)
    if request.method == "POST":
        _only_administrators(request)
        if form.is_valid() and _invited(request, form):
            return redirect("access:colleagues")
    return _shown(request, invite=form)


@acts_as(Role.EMPLOYER)
@require_POST
def revoke(request: StaffRequest, pk: int) -> HttpResponse:
    _only_administrators(request)
    own = Invitation.objects.filter(company=request.company).select_related("company__organisation")
    invitation = get_object_or_404(own, pk=pk)
    try:
        people.revoke(invitation, by=request.user, at=timezone.now())
    except TransitionRefused as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(
            request, _("The invitation to %(email)s is taken back.") % {"email": invitation.email}
        )
    return redirect("access:colleagues")


@acts_as(Role.EMPLOYER)
@require_http_methods(["GET", "HEAD", "POST"])
def colleague(request: StaffRequest, pk: int) -> HttpResponse:
    """What one colleague may do."""
    _only_administrators(request)
    membership = _colleague(request, pk)
    form = StandingForm(request.POST or None, now=membership.standing)
    if form.is_valid():
        try:
            people.change_standing(membership, to=form.cleaned_data["standing"])
        except people.LastAdministrator as refusal:
            form.add_error("standing", refusal.messages)
        else:
            messages.success(request, _("What %(person)s may do is saved.") % {"person": membership.user})
            return redirect("access:colleagues")
    return render(
        request,
        "employers/access/colleague.html",
        {"colleague": membership, "form": form, "company": request.company},
    )


@acts_as(Role.EMPLOYER)
@require_POST
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    _only_administrators(request)
    membership = _colleague(request, pk)
    name = str(membership.user)
    try:
        people.leave(membership)
    except people.LastAdministrator as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("%(person)s no longer acts for the company.") % {"person": name})
    return redirect("accounts:home" if membership.user_id == request.user.pk else "access:colleagues")


@acts_as(Role.EMPLOYER)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: StaffRequest) -> HttpResponse:
    """A page with one button: one no longer acts for the company."""
    refused = ""
    if request.method == "POST":
        try:
            people.leave(request.membership)
        except people.LastAdministrator as refusal:
            refused = " ".join(refusal.messages)
        else:
            messages.success(request, _("You no longer act for %(company)s.") % {"company": request.company})
            return redirect("enquiries:front")
    return render(request, "employers/access/leave.html", {"company": request.company, "refused": refused})


@acts_as(Role.EMPLOYER)
@require_POST
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    """An administrator confirms or refuses somebody who asks to act for the company."""
    _only_administrators(request)
    found = get_object_or_404(
        AccessRequest.objects.of_company(request.company).select_related("company__organisation"), pk=pk
    )
    organisation = request.membership.organisation
    try:
        if "confirm" in request.POST:
            asking.confirm(found, by=request.user, organisation=organisation)
            messages.success(request, _("%(person)s now acts for the company.") % {"person": found.name})
        else:
            form = RefuseForm(request.POST)
            if not form.is_valid():
                return _shown(request, invite=InviteForm(), refuse=form, refused=found)
            reason = form.cleaned_data["reason"]
            asking.refuse(found, by=request.user, organisation=organisation, reason=reason)
            messages.success(request, _("%(person)s is told that they do not.") % {"person": found.name})
    except TransitionRefused as refusal:
        messages.warning(request, " ".join(refusal.messages))
    return redirect("access:colleagues")


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """A page with one button: the invited person acts for the company from now on."""
    found = Invitation.objects.by_link(token).select_related("company__organisation", "invited_by").first()
    if not found:
        return no_such_link(request)
    speak(request, found.language)
    if found.state != InvitationState.SENT or found.has_run_out(at=timezone.now()):
        return _no_longer(request, found)
    if request.method == "POST":
        try:
            people.accept(found, at=timezone.now())
        except TransitionRefused:
            return _no_longer(request, found)
        messages.success(
            request,
            _("Welcome. You act for %(company)s from now on: sign in with %(email)s.")
            % {"company": found.company, "email": found.email},
        )
        return redirect("desk:my_company")
    return render(request, "employers/access/accept.html", {"invitation": found})


def _no_longer(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    if invitation.state == InvitationState.ACCEPTED:
        text = _("It has been accepted. Sign in with the address it was sent to.")
    elif invitation.state == InvitationState.REVOKED:
        text = _("It has been taken back. Ask your colleague, if you think it should not have been.")
    else:
        text = _("It worked for two weeks. Ask your colleague for a new one.")
    return gone(request, heading=_("The invitation no longer works"), text=text)


def _invited(request: StaffRequest, form: InviteForm) -> bool:
    try:
        invitation = people.invite(
            company=request.company,
            email=form.cleaned_data["email"],
            standing=form.cleaned_data["standing"],
            by=request.user,
            language=(get_language() or "da")[:2],
            at=timezone.now(),
        )
    except ValidationError as problem:
        form.add_error("email", problem)
        return False
    messages.success(request, _("The invitation is sent to %(email)s.") % {"email": invitation.email})
    return True


def _shown(request: StaffRequest, **forms: Any) -> HttpResponse:
    now = timezone.now()
    memberships = (
        Membership.objects.confirmed()
        .filter(organisation=request.membership.organisation_id)
        .select_related("user")
        .order_by("user__name", "pk")
    )
    invitations = Invitation.objects.open().filter(company=request.company).select_related("invited_by")
    return render(
        request,
        "employers/access/colleagues.html",
        {
            "company": request.company,
            "memberships": memberships,
            "me": request.membership,
            "invitations": [(one, one.has_run_out(at=now)) for one in invitations],
            "requests": AccessRequest.objects.of_company(request.company)
            if request.membership.is_administrator
            else [],
            "refuse": None,
            "refused": None,
            **forms,
        },
    )


def _colleague(request: StaffRequest, pk: int) -> Membership:
    own = Membership.objects.confirmed().filter(organisation=request.membership.organisation_id)
    return get_object_or_404(own.select_related("user"), pk=pk)


def _only_confirmed(request: StaffRequest) -> None:
    if not request.membership.confirmed_at:
        raise PermissionDenied("The person is not confirmed yet.")


def _only_administrators(request: StaffRequest) -> None:
    if not request.membership.is_administrator:
        raise PermissionDenied("Only an administrator of the company may.")
