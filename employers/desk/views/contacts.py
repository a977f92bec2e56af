"""A contact's own page: what was said, what it led to, what has been changed; and opening more from it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from employers.contacts.changing import may_change
from employers.contacts.forms import CancelForm
from employers.contacts.history import steps_of
from employers.contacts.models import Contact
from employers.desk import opening
from employers.desk.opening_form import OpenForm
from jobcenter.accounts.models import Reading, Role
from jobcenter.accounts.reading import seen
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.pages.health import health_words


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_safe
def contact(request: StaffRequest, pk: int) -> HttpResponse:
    """For the jobcentre that logged it: others read on the company's page that there was one."""
    found = _own(request, pk)
    now = timezone.now()
    seen(request, [found], where=Reading.Where.PAGE)
    return render(
        request,
        "employers/desk/contact.html",
        {
            "contact": found,
            "company": found.company,
            "may_change": may_change(
                found, user=request.user, role=request.membership.role, jobcentre=request.jobcentre
            ),
            "is_corrected": found.state == Contact.State.HELD and found.is_corrected_from <= now,
            "is_overdue": found.state == Contact.State.PLANNED and found.happened_at <= now,
            "health_words": health_words(found.note),
            "led_to": opening.led_to(found, reader=request.user),
            "follow_ups": found.follow_ups.filter(jobcentre=request.jobcentre).select_related(
                "owner", "company", "reset_by__by", "reset_by__jobcentre"
            ),
            "overrides": found.overrides.select_related("hold__jobcentre"),
            "steps": steps_of(found),
            "today": timezone.localdate(),
            "cancel_form": CancelForm(initial={"version": found.version}),
        },
    )


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def open_from(request: StaffRequest, pk: int) -> HttpResponse:
    """In the company's stead: prefilled, with the same receipt and clock as if it had written itself."""
    found = _own(request, pk)
    if found.state != Contact.State.HELD:
        messages.info(request, _("Log the contact first: it has not taken place yet."))
        return redirect(found)
    form = OpenForm(request.POST or None, contact=found, on=timezone.localdate())
    if form.is_valid():
        values = form.cleaned_data
        about = {"kind": values["what"], "workplace": values["workplace"], "person": values["person"]}
        if form.is_application:
            placement = opening.begin_application(found, **about, by=request.user)
            return redirect("placements:fill", placement.pk)
        draft = opening.begin_enquiry(found, **about, by=request.user)
        return redirect("enquiries:draft", draft.pk)
    return render(
        request, "employers/desk/open_from.html", {"contact": found, "company": found.company, "form": form}
    )


def _own(request: StaffRequest, pk: int) -> Contact:
    own = Contact.objects.filter(jobcentre=request.jobcentre)
    return get_object_or_404(
        own.select_related("company", "jobcentre", "by", "changed_by", "person", "workplace__municipality"),
        pk=pk,
    )
