"""Logging a contact, and marking a follow-up as done. The log opens as a page, or in a dialog by htmx."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect, HttpResponseClientRefresh

from employers.companies.finding import find
from employers.companies.following import company_or_404
from employers.companies.models import Company, CompanyQuerySet
from employers.contacts.coordination import advise
from employers.contacts.forms import LogForm, PostponeForm, SearchForm
from employers.contacts.knowing import known_before
from employers.contacts.models import AlreadyDone, Contact, FollowUp, Purpose
from employers.contacts.recording import record
from employers.contacts.saying import day_in_full, sentence
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as

CHOICES_SHOWN = 12
SAID_IN_LOG = 3
"""The company's page says all of it."""


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_safe
def choose(request: StaffRequest) -> HttpResponse:
    """Which company? Those the person has just been in contact with, or those that match a search."""
    form = SearchForm(request.GET or None, in_dialog=bool(request.htmx))
    sought = form.cleaned_data["q"].strip() if form.is_valid() else ""
    visible = Company.objects.visible_to(request.jobcentre).prefetch_related("workplaces__municipality")
    if sought:
        companies = find(visible, sought, most=CHOICES_SHOWN + 1)
    else:
        companies = list(_lately_contacted(visible, request)[: CHOICES_SHOWN + 1])
    return render(
        request,
        _template(request, "choose"),
        {
            "form": form,
            "sought": sought,
            "companies": companies[:CHOICES_SHOWN],
            "has_more": len(companies) > CHOICES_SHOWN,
        },
    )


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def log(request: StaffRequest, company: int) -> HttpResponse:
    found = company_or_404(Company.objects.visible_to(request.jobcentre), company)
    form = LogForm(
        request.POST or None,
        company=found,
        jobcentre=request.jobcentre,
        user=request.user,
        in_dialog=bool(request.htmx),
    )
    if (purpose := request.GET.get("om", "")) in Purpose.values:
        form.initial["purposes"] = [purpose]
    if form.is_valid():
        try:
            contact = record(company=found, jobcentre=request.jobcentre, by=request.user, **form.contact())
        except ValidationError as problem:
            form.add_error(*where(problem))
            if request.htmx:
                form.take_focus()
        else:
            return _on(request, contact)
    return render(
        request,
        _template(request, "log"),
        {
            "form": form,
            "company": found,
            "jobcentre": request.jobcentre,
            **_advice(request, found, form),
        },
    )


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def advice(request: StaffRequest, company: int) -> HttpResponse:
    """The advice about what is filled in so far, into the log; nothing is saved.

    A POST, so that what is typed stands in no address.
    """
    found = company_or_404(Company.objects.visible_to(request.jobcentre), company)
    form = LogForm(request.POST, company=found, jobcentre=request.jobcentre, user=request.user)
    # The rest is not filled in yet, and nobody is told that it is missing.
    form.errors.clear()
    return render(request, "employers/contacts/advice.html", {"form": form, **_advice(request, found, form)})


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def done(request: StaffRequest, pk: int) -> HttpResponse:
    own = FollowUp.objects.visible_to(request.jobcentre).select_related("company")
    follow_up = get_object_or_404(own, pk=pk)
    try:
        follow_up.finish()
    except AlreadyDone:
        messages.info(
            request, _("The follow-up with %(company)s was done already.") % {"company": follow_up.company}
        )
    else:
        messages.success(request, _("Done: %(what)s") % {"what": follow_up.what})
    return redirect(_where_from(request) or reverse("desk:my_day"))


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def postpone(request: StaffRequest, pk: int) -> HttpResponse:
    """Another day for a follow-up; its reminder begins anew with it."""
    own = FollowUp.objects.visible_to(request.jobcentre).select_related("company", "owner")
    follow_up = get_object_or_404(own, pk=pk)
    form = PostponeForm(request.POST or None)
    back = _where_from(request) or reverse("desk:my_day")
    if form.is_valid():
        try:
            follow_up.postpone(until=form.cleaned_data["to"])
        except AlreadyDone:
            messages.info(
                request,
                _("The follow-up with %(company)s was done already.") % {"company": follow_up.company},
            )
        else:
            told = {"what": follow_up.what, "day": day_in_full(follow_up.due_on)}
            messages.success(request, _("Postponed to %(day)s: %(what)s") % told)
        return redirect(back)
    return render(
        request, "employers/contacts/postpone.html", {"follow_up": follow_up, "form": form, "back": back}
    )


def _advice(request: StaffRequest, company: Company, form: LogForm) -> dict[str, Any]:
    """What is known before the contact, as sentences, and whether to ask for a reason."""
    asked = form.asked()
    counsel = advise(known_before(company, jobcentre=request.jobcentre, at=asked.at), asked)
    is_out = form["direction"].value() != Contact.Direction.IN
    return {
        "sentences": [sentence(ground) for ground in counsel.grounds[:SAID_IN_LOG]] if counsel.advice else [],
        "asks_reason": bool(
            (form.is_bound and is_out and counsel.needs_reason)
            or "reason" in form.errors
            or form["reason"].value()
        ),
    }


def where(problem: ValidationError) -> tuple[str | None, str | list[str]]:
    """The field an error belongs to, or the form as a whole, and what is said."""
    told = getattr(problem, "error_dict", {})
    if because := told.get("because"):
        return "because", [sentence for one in because for sentence in one.messages]
    if asked := told.get("reason"):
        sentences = [sentence for one in asked for sentence in one.messages]
        return "reason", " ".join([*sentences, _("Write why you did all the same.")])
    return None, problem.messages


def _where_from(request: StaffRequest) -> str | None:
    """The page of ours that the button was pressed on."""
    address = request.POST.get("next", "") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours else None


def _lately_contacted(visible: CompanyQuerySet, request: StaffRequest) -> CompanyQuerySet:
    mine = Contact.objects.held().filter(by=request.user, jobcentre=request.jobcentre)
    lately = mine.values("company").annotate(last=Max("happened_at")).order_by("-last")
    pks = list(lately.values_list("company", flat=True)[:CHOICES_SHOWN])
    return visible.filter(pk__in=pks)


def _on(request: StaffRequest, contact: Contact) -> HttpResponse:
    """Back to where it was logged; or, where that was pressed, to what is opened from it."""
    said = _said_about(contact)
    if request.POST.get("then") == "open" and contact.state == Contact.State.HELD:
        messages.success(request, said)
        address = reverse("desk:open_from", args=[contact.pk])
        return HttpResponseClientRedirect(address) if request.htmx else redirect(address)
    messages.success(request, with_way_on(contact, said=said))
    return HttpResponseClientRefresh() if request.htmx else redirect(contact.company)


def with_way_on(contact: Contact, *, said: str) -> str:
    """What is said after logging, and the way to open something for the company at once."""
    if contact.state != Contact.State.HELD:
        return said
    address = reverse("desk:open_from", args=[contact.pk])
    return format_html(
        '{} <a href="{}">{}</a>', said, address, _("Open an enquiry, vacancy or placement for them")
    )


def _said_about(contact: Contact) -> str:
    if contact.state == Contact.State.PLANNED:
        return _("The contact with %(company)s is planned.") % {"company": contact.company}
    next_step = contact.follow_ups.first()
    if next_step is None:
        return _("The contact with %(company)s is logged.") % {"company": contact.company}
    return _("The contact with %(company)s is logged. Next step: %(what)s.") % {
        "company": contact.company,
        "what": next_step.what,
    }


def _template(request: StaffRequest, name: str) -> str:
    """The whole page, or only what goes into the dialog."""
    return f"employers/contacts/{name}_dialog.html" if request.htmx else f"employers/contacts/{name}.html"
