"""The enquiry's private page, which a signed link opens: receipt, state, and the end of the vacancy."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from employers.enquiries.attaching import download
from employers.enquiries.clock import working_days_between
from employers.enquiries.conversing import ask, conversation
from employers.enquiries.explaining import moves
from employers.enquiries.kinds import WORDS
from employers.enquiries.models import Attachment, Enquiry, State
from employers.enquiries.story import story
from employers.enquiries.writing import WriteForm
from employers.vacancies.models import Outcome
from jobcenter.accounts.scope import public
from jobcenter.accounts.workflow import TransitionRefused

OUTCOMES = {
    Outcome.FILLED_AS_WANTED: gettext_lazy("Somebody with the profile you were looking for got the job."),
    Outcome.FILLED_OTHER_PROFILE: gettext_lazy("You hired somebody with other skills than you asked for."),
    Outcome.NOT_FILLED: gettext_lazy("You looked in vain: nobody suitable could be found."),
    Outcome.WITHDRAWN: gettext_lazy("You no longer need anybody, or have put it off."),
}
"""What an employer may answer, and what each answer means."""


@public
@never_cache
@require_safe
def enquiry(request: HttpRequest, token: str) -> HttpResponse:
    found = behind(token)
    return _shown(request, found, WriteForm()) if found else no_such_link(request)


@public
@never_cache
@require_POST
def write(request: HttpRequest, token: str) -> HttpResponse:
    """The employer writes to the jobcentre. What was typed stays on the page when something is wrong."""
    found = behind(token)
    if not found:
        return no_such_link(request)
    form = WriteForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            ask(found, text=form.cleaned_data["text"], files=form.cleaned_data["attachments"])
        except TransitionRefused as refusal:
            form.add_error("text" if found.state != State.CLOSED else None, refusal)
        except ValidationError as fault:
            form.add_error("attachments", fault)
        else:
            messages.success(
                request, _("Your message is sent to %(owner)s.") % {"owner": found.owner.get_full_name()}
            )
            return redirect(f"{found.link}#samtale")
    return _shown(request, found, form)


@public
@never_cache
@require_safe
def file(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """One of the enquiry's files, to save."""
    found = behind(token)
    if not found:
        return no_such_link(request)
    return download(get_object_or_404(Attachment.objects.open(), pk=pk, message__enquiry=found))


def _shown(request: HttpRequest, found: Enquiry, form: WriteForm) -> HttpResponse:
    log = list(found.log.select_related("by").order_by("at", "pk"))
    token = found.token
    return render(
        request,
        "employers/enquiries/enquiry.html",
        {
            "enquiry": found,
            "token": token,
            "address": request.build_absolute_uri(found.link),
            "words": WORDS[found.kind],
            "promised_days": working_days_between(found.received_at, found.answer_due_at),
            "happenings": story(found, log),
            "conversation": conversation(found),
            "form": form,
            "is_late": found.is_waiting and found.due_at < timezone.now(),
            "moves": moves(found),
            "others": list(found.other_workplaces.select_related("workplace")),
        },
    )


@public
@never_cache
@require_http_methods(["GET", "POST"])
def close_vacancy(request: HttpRequest, token: str) -> HttpResponse:
    """A page with one button for each outcome; pressing one closes the vacancy and its enquiry."""
    found = behind(token)
    if not found or not found.vacancy:
        return no_such_link(request)
    outcome = request.POST.get("outcome")
    if request.method == "POST" and outcome in OUTCOMES:
        try:
            close(found, outcome)
            messages.success(
                request, _("Thank you. The vacancy is closed, and is no longer shown to anyone.")
            )
        except TransitionRefused:
            messages.warning(
                request, _("The vacancy was closed before, so nothing was changed. The outcome stands below.")
            )
        return redirect("enquiries:enquiry", token)
    return render(
        request,
        "employers/enquiries/close_vacancy.html",
        {
            "enquiry": found,
            "token": token,
            "outcomes": [(one.value, one.label, meaning) for one, meaning in OUTCOMES.items()],
            "is_closed": found.vacancy.closed_at is not None,
            "forgot": request.method == "POST",
        },
    )


@transaction.atomic
def close(enquiry: Enquiry, outcome: str) -> None:
    """The employer's own act: by nobody who is signed in, for the company. Raises TransitionRefused."""
    enquiry = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    company = enquiry.company.organisation
    assert enquiry.vacancy
    enquiry.vacancy.close(outcome=outcome, by=None, organisation=company)
    if enquiry.state != State.CLOSED:
        enquiry.close(by=None, organisation=company)


def no_such_link(request: HttpRequest) -> HttpResponse:
    return render(request, "employers/enquiries/no_such_link.html", status=404)


def behind(token: str) -> Enquiry | None:
    return (
        Enquiry.objects.by_link(token)
        .select_related(
            "company__organisation",
            "person",
            "owner",
            "jobcentre",
            "workplace__municipality",
            "vacancy__occupation",
            "confirmation",
            "release",
        )
        .first()
    )
