"""Changing a contact: editing, correcting, moving a plan, logging it and cancelling it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from employers.contacts import changing
from employers.contacts.changing import may_change
from employers.contacts.forms import CancelForm, ChangeForm, as_logged
from employers.contacts.models import Contact
from employers.contacts.views import where
from jobcenter.accounts.models import Reading, Role
from jobcenter.accounts.reading import seen
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.pages.meanwhile import ChangedMeanwhile, differences, opened_anew


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: StaffRequest, pk: int) -> HttpResponse:
    """Edit or correct it, move a plan, or say that it took place: the time decides which."""
    found = _own(request, pk)
    if not _may_change(request, found):
        raise Http404
    form = _form(request, found, typed=request.POST or None)
    if form.is_valid():
        try:
            kept = changing.change(contact=found, by=request.user, **form.changes())
        except ChangedMeanwhile as meanwhile:
            typed = opened_anew(request.POST, version=meanwhile.now.version)
            return _shown(request, meanwhile.now, _form(request, meanwhile.now, typed=typed), is_other=True)
        except ValidationError as problem:
            form.add_error(*where(problem))
        else:
            messages.success(request, _said(kept, was=found))
            return redirect(kept)
    return _shown(request, found, form)


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def cancel(request: StaffRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    form = CancelForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect(found)
    try:
        changing.cancel(
            contact=found,
            seen=form.cleaned_data["version"],
            by=request.user,
            because=form.cleaned_data["because"],
        )
    except ChangedMeanwhile as meanwhile:
        told = {"name": meanwhile.now.changed_by or meanwhile.now.by}
        messages.warning(
            request, _("%(name)s has changed it meanwhile, so it was not cancelled. Look at it first.") % told
        )
    else:
        messages.success(
            request, _("The contact with %(company)s is cancelled.") % {"company": found.company}
        )
    return redirect(found)


def _own(request: StaffRequest, pk: int) -> Contact:
    own = Contact.objects.filter(jobcentre=request.jobcentre)
    return get_object_or_404(
        own.select_related("company", "jobcentre", "by", "changed_by", "person", "workplace__municipality"),
        pk=pk,
    )


def _may_change(request: StaffRequest, found: Contact) -> bool:
    return may_change(found, user=request.user, role=request.membership.role, jobcentre=request.jobcentre)


def _form(request: StaffRequest, found: Contact, *, typed: QueryDict | None) -> ChangeForm:
    return ChangeForm(typed, contact=found, jobcentre=request.jobcentre, user=request.user, at=timezone.now())


def _shown(
    request: StaffRequest, found: Contact, form: ChangeForm, *, is_other: bool = False
) -> HttpResponse:
    seen(request, [found], where=Reading.Where.PAGE)
    kept = {name: value for name, value in as_logged(found).items() if name in form.fields}
    return render(
        request,
        "employers/contacts/change.html",
        {
            "contact": found,
            "company": found.company,
            "jobcentre": request.jobcentre,
            "form": form,
            "is_other": is_other,
            "differences": differences(form, kept=kept) if is_other else [],
            "asks_reason": bool("reason" in form.errors or form["reason"].value()),
            "sentences": [],
        },
    )


def _said(kept: Contact, *, was: Contact) -> str:
    told = {"company": kept.company}
    if kept.state == Contact.State.PLANNED:
        return _("The plan with %(company)s is saved.") % told
    if was.state == Contact.State.PLANNED:
        return _("The contact with %(company)s is logged.") % told
    return _("The contact with %(company)s is changed.") % told
