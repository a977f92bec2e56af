"""The jobcentre's enquiries: the queue, one enquiry, and what a caseworker does with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Exists
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from employers.desk import columns
from employers.desk.applying import KINDS, placements_of
from employers.desk.forms import (
    AnswerForm,
    CloseForm,
    ConfirmForm,
    HandlerForm,
    PublishForm,
    ReleaseForm,
    RemarkForm,
    SendBackForm,
)
from employers.desk.handing import handing
from employers.desk.history import history
from employers.desk.kept_views import offered, opens_with_default
from employers.desk.list_forms import QueueForm
from employers.desk.models.saved_view import Listed
from employers.desk.remarking import who_may_see
from employers.desk.urgency import urgency
from employers.enquiries.attaching import download
from employers.enquiries.conversing import conversation, reply
from employers.enquiries.models import Attachment, Enquiry, Escalation, State
from employers.vacancies.arrival import like_it
from employers.vacancies.models import Vacancy
from employers.vacancies.outlook import prospect_for
from employers.vacancies.pointing import wording_of
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.pages import sheets
from jobcenter.pages.refusing import say_refused

ENQUIRIES_ON_A_PAGE = 25


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_safe
@opens_with_default(Listed.QUEUE)
def queue(request: StaffRequest) -> HttpResponseBase:
    form = QueueForm(request.GET, jobcentre=request.jobcentre)
    of_jobcentre = Enquiry.objects.visible_to(request.jobcentre, user=request.user)
    found = (
        form.chosen(of_jobcentre, user=request.user)
        .select_related("company", "workplace__municipality", "vacancy", "owner")
        .annotate(is_escalated=Exists(Escalation.objects.late_told()))
    )
    if sheet := sheets.asked(request, _("Enquiries"), columns.QUEUE, found):
        return sheet
    page = Paginator(found, ENQUIRIES_ON_A_PAGE).get_page(request.GET.get("side"))
    now = timezone.localtime()
    rows = [
        {
            "enquiry": enquiry,
            "urgency": urgency(timezone.localtime(enquiry.due_at), now) if enquiry.is_waiting else None,
        }
        for enquiry in page.object_list
    ]
    return render(
        request,
        "employers/desk/queue.html",
        {
            "form": form,
            "page": page,
            "rows": rows,
            "jobcentre": request.jobcentre,
            "views": offered(request, Listed.QUEUE),
            "is_manager": request.membership.role == Role.MANAGER,
        },
    )


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_safe
def enquiry(request: StaffRequest, pk: int) -> HttpResponse:
    return shown(request, enquiry_of(request, pk))


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def start(request: StaffRequest, pk: int) -> HttpResponse:
    """Take it up: the employer can see that somebody is working on it."""
    found = enquiry_of(request, pk)
    try:
        found.start(by=request.user, organisation=request.jobcentre.organisation)
    except TransitionRefused as refusal:
        say_refused(request, refusal)
    else:
        messages.success(request, _("You have taken up the enquiry."))
    return redirect("desk:enquiry", pk=pk)


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    """Send the answer. Whoever comes second sees the first answer, and their own text is kept."""
    found = enquiry_of(request, pk)
    form = AnswerForm(request.POST, request.FILES)
    if not form.is_valid():
        return shown(request, found, answer=form)
    text = form.cleaned_data["text"]
    try:
        reply(
            found,
            text=text,
            files=form.cleaned_data["attachments"],
            by=request.user,
            organisation=request.jobcentre.organisation,
        )
    except TransitionRefused as refusal:
        say_refused(request, refusal)
        return shown(request, enquiry_of(request, pk), unsent=text)
    except ValidationError as fault:
        form.add_error("attachments", fault)
        return shown(request, enquiry_of(request, pk), answer=form)
    messages.success(request, _said_about_answer(found))
    return redirect("desk:enquiry", pk=pk)


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_safe
def file(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    """One of the enquiry's files, to save."""
    found = enquiry_of(request, pk)
    return download(get_object_or_404(Attachment.objects.open(), pk=number, message__enquiry=found))


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def close(request: StaffRequest, pk: int) -> HttpResponse:
    found = enquiry_of(request, pk)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return shown(request, found, close=form)
    try:
        found.close(
            by=request.user, organisation=request.jobcentre.organisation, comment=form.cleaned_data["comment"]
        )
    except TransitionRefused as refusal:
        say_refused(request, refusal)
    else:
        messages.success(request, _("The enquiry is closed."))
    return redirect("desk:enquiry", pk=pk)


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: StaffRequest, pk: int) -> HttpResponse:
    """The advertisement as seekers will see it, and one button that shows it to them."""
    found = get_object_or_404(
        Enquiry.objects.visible_to(request.jobcentre, user=request.user)
        .exclude(vacancy=None)
        .select_related("vacancy"),
        pk=pk,
    )
    today = timezone.localdate()
    vacancy = Vacancy.objects.select_related(
        "company", "workplace__municipality", "occupation", "jobcentre"
    ).get(enquiry=found)
    form = PublishForm(
        request.POST if request.method == "POST" else None, needs_a_reason=vacancy.needs_a_reason
    )
    if form.is_valid():
        return _published(request, found, reason=form.cleaned_data.get("reason", ""))
    # What a seeker would read if it were published now; nothing is saved.
    vacancy.published_at = vacancy.published_at or timezone.now()
    return render(
        request,
        "employers/desk/publish.html",
        {
            "enquiry": found,
            "vacancy": vacancy,
            "prospect": prospect_for(vacancy, on=today),
            "is_too_late": vacancy.apply_by < today,
            "form": form,
            "send_back": SendBackForm(),
            **to_think_of(vacancy),
        },
    )


def to_think_of(vacancy: Vacancy) -> dict[str, Any]:
    """What a caseworker weighs before a vacancy is shown: its words, others like it, and conflicts."""
    return {
        "waits": vacancy.state in (Vacancy.State.SUBMITTED, Vacancy.State.HELD)
        and vacancy.held_for != Vacancy.HeldFor.CONFLICT,
        "wording": wording_of(title=vacancy.title, text=vacancy.text) if vacancy.needs_a_reason else None,
        "duplicates": like_it(vacancy),
        "conflict": vacancy.conflict(),
    }


def _published(request: StaffRequest, found: Enquiry, *, reason: str) -> HttpResponse:
    vacancy = Vacancy.objects.get(enquiry=found)
    try:
        vacancy.publish(by=request.user, organisation=request.jobcentre.organisation, reason=reason)
    except TransitionRefused as refusal:
        say_refused(request, refusal)
    else:
        messages.success(request, _("“%(title)s” is published.") % {"title": vacancy.title})
    return redirect("desk:enquiry", pk=found.pk)


def enquiry_of(request: StaffRequest, pk: int) -> Enquiry:
    return get_object_or_404(
        Enquiry.objects.visible_to(request.jobcentre, user=request.user).select_related(
            *("company", "jobcentre", "owner", "person", "workplace__municipality", "vacancy__occupation"),
            "vacancy__workplace__municipality",
            *("release", "confirmation"),
        ),
        pk=pk,
    )


def shown(request: StaffRequest, found: Enquiry, *, unsent: str = "", **bound: forms.Form) -> HttpResponse:
    """The enquiry's page. `bound`: the forms that were posted, by name; the others are empty."""
    now = timezone.localtime()
    vacancy = found.vacancy
    context: dict[str, Any] = {
        "enquiry": found,
        "prospect": prospect_for(vacancy, on=now.date()) if vacancy else None,
        "jobcentre": request.jobcentre,
        "answer": AnswerForm(),
        "close": CloseForm(),
        "confirm": ConfirmForm(),
        "release": ReleaseForm(),
        "handler": HandlerForm(enquiry=found),
        "remark": RemarkForm(),
        **bound,
        "unsent": unsent,
        "urgency": urgency(timezone.localtime(found.due_at), now) if found.is_waiting else None,
        "may": found.TRANSITIONS[State(found.state)],
        "steps": history(found),
        "leads_to_placement": found.kind in KINDS,
        "placements": placements_of(found) if found.kind in KINDS else [],
        "conversation": conversation(found),
        "remarks": found.remarks.visible_to(request.jobcentre).select_related("by"),
        "colleagues": who_may_see(found).exclude(pk=request.user.pk),
        "handlers": list(found.handlers.select_related("user", "added_by")) if found.is_confidential else [],
        **handing(found),
    }
    return render(request, "employers/desk/enquiry.html", context)


def _said_about_answer(answered: Enquiry) -> str:
    told = {"person": answered.person.name, "email": answered.person.email}
    if not answered.person.email:
        return _("The answer stands on the private page of %(person)s.") % told
    return _("The answer is on its way to %(person)s, %(email)s.") % told
