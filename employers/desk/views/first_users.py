"""Companies' first users: what is known of those who ask, and confirming or refusing them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from employers.access import asking
from employers.access.forms import RefuseForm
from employers.access.models import AccessRequest
from employers.companies.models import Person
from employers.companies.register import lookup
from employers.enquiries.models import Enquiry
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.accounts.workflow import TransitionRefused


@dataclass(frozen=True)
class Known:
    """What speaks for somebody being from the company, as far as we know.

    person: the company's person with their address. domain: what follows the @; shares_domain: whether
    people we know of the company have the same. sent: enquiries from their address about the company.
    """

    person: Person | None
    domain: str
    shares_domain: bool
    sent: list[Enquiry]


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_safe
def first_users(request: StaffRequest) -> HttpResponse:
    waiting = AccessRequest.objects.to_confirm(request.jobcentre).select_related("company")
    return render(
        request,
        "employers/desk/first_users.html",
        {"requests": waiting, "jobcentre": request.jobcentre},
    )


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def first_user(request: StaffRequest, pk: int) -> HttpResponse:
    """What is known, two ways to decide, and the person is told by mail."""
    waiting = AccessRequest.objects.to_confirm(request.jobcentre)
    found = get_object_or_404(waiting.select_related("company__organisation", "company__industry"), pk=pk)
    form = RefuseForm(request.POST if "refuse" in request.POST else None)
    if request.method == "POST" and ("confirm" in request.POST or form.is_valid()):
        _decide(request, found, form)
        return redirect("desk:first_users")
    return render(
        request,
        "employers/desk/first_user.html",
        {
            "asks": found,
            "company": found.company,
            "registered": lookup(found.cvr),
            "known": known_of(found),
            "form": form,
        },
    )


def known_of(asks: AccessRequest) -> Known:
    """At most three queries. What is known of the company's people is the jobcentre's to see."""
    company = asks.company
    assert company
    domain = asks.email.rpartition("@")[2]
    people = list(company.people.exclude(email=""))
    return Known(
        person=next((person for person in people if person.email.lower() == asks.email), None),
        domain=domain,
        shares_domain=any(person.email.lower().rpartition("@")[2] == domain for person in people),
        sent=list(
            Enquiry.objects.of_company(company)
            .unrestricted()
            .filter(person__email__iexact=asks.email, jobcentre=asks.jobcentre)
            .select_related("vacancy")[:5]
        ),
    )


def _decide(request: StaffRequest, found: AccessRequest, form: Any) -> None:
    told = {"person": found.name, "company": found.company}
    organisation = request.jobcentre.organisation
    try:
        if "confirm" in request.POST:
            asking.confirm(found, by=request.user, organisation=organisation)
            said = _("%(person)s now acts for %(company)s, and is told by mail.") % told
        else:
            reason = form.cleaned_data["reason"]
            asking.refuse(found, by=request.user, organisation=organisation, reason=reason)
            said = _("%(person)s does not act for %(company)s, and is told why by mail.") % told
    except TransitionRefused as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, said)
