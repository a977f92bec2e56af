"""Setting up one's own second factor, and a manager's page to reset a colleague's that is lost."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jobcenter.accounts.forms import ReasonForm
from jobcenter.accounts.models import Membership, Role, SecondFactorReset
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.accounts.second_factor import note_as_proven, reset

RESETS_SHOWN = 20


class SetUpView(ActivateTOTPView):
    """allauth's own page; the code that is given there counts as proof in the session."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        note_as_proven(self.request)
        return response


@acts_as(Role.MANAGER)
@require_safe
def second_factors(request: StaffRequest) -> HttpResponse:
    """The jobcentre's people, who of them has a second factor, and which were reset."""
    factors = Authenticator.objects.filter(user=OuterRef("user"), type=Authenticator.Type.TOTP)
    colleagues = (
        _colleagues(request)
        .annotate(factor_since=Subquery(factors.values("created_at")))
        .order_by("user__name", "pk")
    )
    resets = SecondFactorReset.objects.filter(organisation=request.membership.organisation)
    return render(
        request,
        "jobcenter/accounts/second_factors.html",
        {
            "organisation": request.membership.organisation,
            "colleagues": colleagues,
            "resets": resets.select_related("user", "by")[:RESETS_SHOWN],
        },
    )


@acts_as(Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def reset_second_factor(request: StaffRequest, pk: int) -> HttpResponse:
    """A colleague has lost the telephone. Say how one knows that it is they who ask."""
    colleague = get_object_or_404(_colleagues(request), pk=pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reset(
            colleague.user,
            by=request.user,
            organisation=colleague.organisation,
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, _("The second factor of %(name)s is reset.") % {"name": colleague.user})
        return redirect("accounts:second_factors")
    return render(
        request, "jobcenter/accounts/reset_second_factor.html", {"colleague": colleague.user, "form": form}
    )


def _colleagues(request: StaffRequest) -> Any:
    """Everybody of the organisation but oneself: nobody resets their own, they have the recovery codes."""
    return (
        Membership.objects.filter(organisation=request.membership.organisation, user__is_active=True)
        .exclude(user=request.user)
        .select_related("user", "organisation")
    )
