"""How the company wants to be contacted; the second of two who save sees both texts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from employers.contacts.forms import PreferencesForm, as_kept
from employers.contacts.models import Preferences
from employers.contacts.preferences import ChangedMeanwhile, change, preferences_of
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.pages.templatetags.ei import day_with_year


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
            return _shown(request, _opened_anew(request, meanwhile.now), meanwhile.now, other=True)
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            messages.success(request, _("Your preferences are saved, and every jobcentre sees them."))
            return redirect("desk:preferences")
    return _shown(request, form, now, other=False)


def _opened_anew(request: StaffRequest, now: Preferences) -> PreferencesForm:
    """What was typed, ready to be saved over the newest version."""
    typed = request.POST.copy()
    typed["version"] = str(now.version)
    return PreferencesForm(typed, company=request.company, now=now)


def _shown(request: StaffRequest, form: PreferencesForm, now: Preferences, *, other: bool) -> HttpResponse:
    return render(
        request,
        "employers/desk/preferences.html",
        {
            "company": request.company,
            "form": form,
            "now": now,
            "may_change": request.membership.is_administrator,
            "differing": _differing(form, now) if other else [],
            "is_other": other,
            "kept": [(form[name].label, _words(form, name, value)) for name, value in as_kept(now).items()],
        },
    )


def _differing(form: PreferencesForm, now: Preferences) -> list[tuple[str, str, str]]:
    """Field by field: its name, what the other saved, and what was typed here."""
    kept, rows = as_kept(now), []
    for name, value in kept.items():
        bound = form[name]
        typed = form.cleaned_data.get(name) if form.is_valid() else bound.data
        theirs, ours = _words(form, name, value), _words(form, name, typed)
        if theirs != ours:
            rows.append((str(bound.label), theirs, ours))
    return rows


def _words(form: PreferencesForm, name: str, value: Any) -> str:
    """A value as people read it."""
    if name == "paused_until":
        return str(day_with_year(value)) if value else _("no pause")
    choices = {str(key): str(label) for key, label in form.fields[name].choices}  # type: ignore[attr-defined]
    if isinstance(value, list):
        return ", ".join(choices.get(str(one), str(one)) for one in value) or str(_("none"))
    return choices.get(str(value or ""), "")
