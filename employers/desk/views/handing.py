"""Whose an enquiry is: giving it to a colleague, moving the responsibility, asking partners, helping them."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from employers.desk.handing_forms import OFFER, AskForm, GiveForm, HelpForm, MoveForm
from employers.desk.views.enquiries import enquiry_of
from employers.enquiries import asking, moving
from employers.enquiries.models import Enquiry, HelpAnswer
from employers.vacancies.outlook import Prospect, prospect_for
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.pages.refusing import say_refused

REQUESTS_ON_A_PAGE = 25


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def give(request: StaffRequest, pk: int) -> HttpResponse:
    found = enquiry_of(request, pk)
    form = GiveForm(request.POST, enquiry=found)
    if not form.is_valid():
        messages.warning(request, " ".join(str(sentence) for sentence in form.errors["to"]))
        return redirect("desk:enquiry", pk=pk)
    colleague = form.cleaned_data["to"]
    try:
        moving.give(found, to=colleague, by=request.user, at=timezone.now())
    except TransitionRefused as refusal:
        say_refused(request, refusal)
        return redirect("desk:enquiry", pk=pk)
    messages.success(
        request, _("%(name)s owns %(reference)s now.") % {"name": colleague, "reference": found.reference}
    )
    return _where_it_can_be_seen(request, pk)


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: StaffRequest, pk: int) -> HttpResponse:
    """A page of its own, because it tells the employer."""
    found = enquiry_of(request, pk)
    form = MoveForm(request.POST or None, enquiry=found)
    if form.is_valid():
        try:
            moved = moving.move_responsibility(
                found,
                to=form.cleaned_data["to"],
                by=request.user,
                reason=form.cleaned_data["reason"],
                at=timezone.now(),
            )
        except TransitionRefused as refusal:
            form.add_error(None, refusal)
        else:
            told = {"jobcentre": moved.jobcentre, "owner": moved.owner}
            messages.success(
                request,
                _("%(jobcentre)s is responsible now, and %(owner)s owns it. The employer has been told.")
                % told,
            )
            return redirect("desk:queue")
    return render(request, "employers/desk/move.html", {"enquiry": found, "form": form})


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask partners about it: within an agreement, or those of the enquiry's other workplaces."""
    found = enquiry_of(request, pk)
    form = AskForm(request.POST or None, enquiry=found)
    if form.is_valid():
        try:
            asking.ask(
                found,
                agreement=form.agreement,
                question=form.cleaned_data["question"],
                by=request.user,
                at=timezone.now(),
            )
        except TransitionRefused as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The partners have been asked. You are told when they answer."))
            return redirect("desk:enquiry", pk=pk)
    return render(request, "employers/desk/ask.html", {"enquiry": found, "form": form})


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_safe
def helps(request: StaffRequest) -> HttpResponse:
    """What other jobcentres have asked this one."""
    asked = asking.asked_of(request.jobcentre).select_related(
        "request__enquiry__company",
        "request__enquiry__workplace__municipality",
        "request__enquiry__vacancy",
        "request__enquiry__jobcentre",
        "by",
    )
    page = Paginator(asked, REQUESTS_ON_A_PAGE).get_page(request.GET.get("side"))
    return render(request, "employers/desk/helps.html", {"page": page, "jobcentre": request.jobcentre})


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_safe
def partners_queue(request: StaffRequest) -> HttpResponse:
    """What waits at the partners, as far as agreements let this jobcentre read it."""
    queue = asking.partners_queue(request.jobcentre, on=timezone.localdate()).select_related(
        "company", "workplace__municipality", "vacancy", "jobcentre"
    )
    page = Paginator(queue, REQUESTS_ON_A_PAGE).get_page(request.GET.get("side"))
    return render(
        request, "employers/desk/partners_queue.html", {"page": page, "jobcentre": request.jobcentre}
    )


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def partners_enquiry(request: StaffRequest, pk: int) -> HttpResponse:
    """One enquiry of the partners' queue: the bare facts, and an offer of help."""
    queue = asking.partners_queue(request.jobcentre, on=timezone.localdate()).select_related(
        "company__industry",
        "workplace__municipality",
        "vacancy__occupation",
        "vacancy__workplace__municipality",
        "jobcentre",
        "owner",
    )
    found = get_object_or_404(queue, pk=pk)
    form = HelpForm(request.POST if request.method == "POST" else None, is_offer=True)
    if form.is_valid():
        try:
            answer = asking.volunteer(
                found,
                jobcentre=request.jobcentre,
                text=form.cleaned_data["text"],
                by=request.user,
                at=timezone.now(),
            )
        except TransitionRefused as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("%(jobcentre)s has your answer.") % {"jobcentre": found.jobcentre})
            return redirect("desk:help", pk=answer.pk)
    return render(
        request,
        "employers/desk/partners_enquiry.html",
        {
            "enquiry": found,
            "prospect": _prospect(found),
            "form": form,
            "agreement": asking.agreement_to_read(
                found, jobcentre=request.jobcentre, on=timezone.localdate()
            ),
        },
    )


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def help(request: StaffRequest, pk: int) -> HttpResponse:  # noqa: A001
    """One request, and the partner's answer: an offer, or that it cannot this time."""
    answer = get_object_or_404(
        asking.asked_of(request.jobcentre).select_related(
            "request__asked_by",
            "request__agreement",
            "request__enquiry__company__industry",
            "request__enquiry__workplace__municipality",
            "request__enquiry__vacancy__occupation",
            "request__enquiry__vacancy__workplace__municipality",
            "request__enquiry__jobcentre",
            "request__enquiry__owner",
            "by",
        ),
        pk=pk,
    )
    is_offer = request.POST.get("action") == OFFER
    form = HelpForm(request.POST if request.method == "POST" else None, is_offer=is_offer)
    if form.is_valid():
        act = asking.offer if is_offer else asking.decline
        try:
            act(answer, text=form.cleaned_data["text"], by=request.user, at=timezone.now())
        except TransitionRefused as refusal:
            say_refused(request, refusal)
        else:
            messages.success(
                request, _("%(jobcentre)s has your answer.") % {"jobcentre": answer.request.enquiry.jobcentre}
            )
        return redirect("desk:help", pk=pk)
    return render(
        request,
        "employers/desk/help.html",
        {
            "answer": answer,
            "enquiry": answer.request.enquiry,
            "prospect": _prospect(answer.request.enquiry),
            "form": form,
            "may_answer": answer.state == HelpAnswer.State.ASKED and answer.request.enquiry.state != "closed",
        },
    )


def _prospect(enquiry: Enquiry) -> Prospect | None:
    """What is published of the work, for whoever considers to help find people for it."""
    return prospect_for(enquiry.vacancy, on=timezone.localdate()) if enquiry.vacancy else None


def _where_it_can_be_seen(request: StaffRequest, pk: int) -> HttpResponse:
    """The enquiry's page, as long as whoever gave it away may still see it."""
    try:
        enquiry_of(request, pk)
    except Http404:
        return redirect("desk:queue")
    return redirect("desk:enquiry", pk=pk)
