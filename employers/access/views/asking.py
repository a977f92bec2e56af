"""Asking to act for a company, and the link that proves the address."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from employers.access.asking import LinkRanOut
from employers.access.asking import ask as keep
from employers.access.asking import prove as proven
from employers.access.forms import AskForm
from employers.access.models import AccessRequest
from employers.companies.register import lookup
from jobcenter.accounts.scope import public
from jobcenter.pages.middleware import speak
from jobcenter.pages.views import gone


@public
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The answer is the same whatever number and address were typed: a mail is on its way."""
    form = AskForm(request.POST or None)
    if form.is_valid():
        keep(form.asked(), jobcentre=form.jobcentre, language=(get_language() or "da")[:2])
        return render(request, "employers/access/asked.html", {"email": form.cleaned_data["email"]})
    return render(request, "employers/access/ask.html", {"form": form})


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest, token: str) -> HttpResponse:
    """A page with one button: pressing it says that the address is theirs, and that they asked."""
    found = AccessRequest.objects.by_link(token).select_related("jobcentre", "company").first()
    if not found:
        return no_such_link(request)
    speak(request, found.language)
    if found.is_stale(at=timezone.now()):
        return ran_out(request)
    if request.method == "POST":
        try:
            company = proven(found, registered=lookup(found.cvr), at=timezone.now())
        except LinkRanOut:
            return ran_out(request)
        messages.success(
            request,
            _("Thank you. You can now sign in for %(company)s with %(email)s.")
            % {"company": company, "email": found.email},
        )
        return redirect("desk:my_company")
    return render(request, "employers/access/prove.html", {"asked": found})


def no_such_link(request: HttpRequest) -> HttpResponse:
    return render(request, "employers/access/no_such_link.html", status=404)


def ran_out(request: HttpRequest) -> HttpResponse:
    return gone(
        request,
        heading=_("The link has run out"),
        text=_("It worked for three days. Ask for access again, and you get a new one."),
    )
