"""How the company wants to be contacted; the second of two who save sees both texts."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from employers.contacts.forms import PreferencesForm, as_kept
from employers.contacts.models import Preferences
from employers.contacts.preferences import change, preferences_of
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.pages.meanwhile import ChangedMeanwhile, differences, in_words, opened_anew


@acts_as(Role.EMPLOYER)
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: StaffRequest) -> HttpResponse:
    """Every confirmed colleague may read them, an administrator change them."""
    if not request.membership.confirmed_at:
        raise PermissionDenied("The person is not confirmed yet.")
    if request.method == "POST" and not request.membership.is_administrator:
        raise PermissionDenied("Only an administrator of the company may.")
    now = preferences_of(request.company)
    form = PreferencesForm(request.POST or None, company=request.company, now=now)
    if form.is_valid():
        try:
            change(
                company=request.company,
                values=form.preferences(),
                seen=form.cleaned_data["version"] or 0,
                by=request.user,
            )
        except ChangedMeanwhile as meanwhile:
            typed = opened_anew(request.POST, version=meanwhile.now.version)
            anew = PreferencesForm(typed, company=request.company, now=meanwhile.now)
            return _shown(request, anew, meanwhile.now, other=True)
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            messages.success(request, _("Your preferences are saved, and every jobcentre sees them."))
            return redirect("desk:preferences")
    return _shown(request, form, now, other=False)


def _shown(request: StaffRequest, form: PreferencesForm, now: Preferences, *, other: bool) -> HttpResponse:
    return render(
        request,
        "employers/desk/preferences.html",
        {
            "company": request.company,
            "form": form,
            "now": now,
            "may_change": request.membership.is_administrator,
            "differences": differences(form, kept=as_kept(now)) if other else [],
            "is_other": other,
            "kept": [(form[name].label, in_words(form[name], value)) for name, value in as_kept(now).items()],
        },
    )
