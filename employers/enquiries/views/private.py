"""The enquiry's private page, which a signed link opens: receipt, state, and the end of the vacancy."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from employers.enquiries.attaching import download
from employers.enquiries.clock import working_days_between
from employers.enquiries.conversing import ask, conversation
from employers.enquiries.explaining import moves
from employers.enquiries.kinds import WORDS
from employers.enquiries.models import Attachment, Enquiry, State
from employers.enquiries.story import story
from employers.enquiries.vacancy_life import take
from employers.enquiries.writing import WriteForm
from employers.referrals.models import Referral
from employers.vacancies.models import HeldFor, Outcome, Vacancy
from employers.vacancies.outlook import prospect_for
from employers.vacancies.pointing import wording_of
from employers.vacancies.steps import ANSWERS, FOUND_THROUGH, STEPS, CloseForm, may_be_changed, possible
from jobcenter.accounts.models import Reading
from jobcenter.accounts.reading import seen
from jobcenter.accounts.scope import public
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.pages.middleware import speak


@public
@never_cache
@require_safe
def enquiry(request: HttpRequest, token: str) -> HttpResponse:
    found = behind(request, token)
    return _shown(request, found, WriteForm()) if found else no_such_link(request)


@public
@never_cache
@require_POST
def write(request: HttpRequest, token: str) -> HttpResponse:
    """The employer writes to the jobcentre. What was typed stays on the page when something is wrong."""
    found = behind(request, token)
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
    found = behind(request, token)
    if not found:
        return no_such_link(request)
    return download(get_object_or_404(Attachment.objects.open(), pk=pk, message__enquiry=found))


def _shown(request: HttpRequest, found: Enquiry, form: WriteForm) -> HttpResponse:
    log = list(found.log.select_related("by").order_by("at", "pk"))
    token = found.token
    about = _about(found.vacancy) if found.vacancy else {}
    shown = (one.candidate for one in about.get("referrals", ()) if one.is_open_to_employer)
    seen(request, shown, where=Reading.Where.LINK, organisation=found.company.organisation)
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
            **about,
        },
    )


@public
@never_cache
@require_http_methods(["GET", "POST"])
def close_vacancy(request: HttpRequest, token: str) -> HttpResponse:
    """A page with one button for each outcome; pressing one closes the vacancy and its enquiry.

    When the vacancy has closed by itself, the same buttons tell what came of it.
    """
    found = behind(request, token)
    if not found or not found.vacancy:
        return no_such_link(request)
    step = STEPS["udfald" if found.vacancy.outcome == Outcome.UNKNOWN else "luk"]
    form = CloseForm(request.POST, vacancy=found.vacancy)
    if request.method == "POST" and form.is_valid():
        try:
            take(step, found, form, by=None, organisation=found.company.organisation)
            messages.success(request, str(step.done))
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
            "outcomes": [(one.value, one.label, meaning) for one, meaning in ANSWERS.items()],
            "found_through": FOUND_THROUGH,
            "chosen": request.POST.get("found_through", ""),
            "is_closed": found.vacancy.closed_at is not None and step.slug == "luk",
            "is_late": step.slug == "udfald",
            "forgot": request.method == "POST",
        },
    )


def _about(vacancy: Vacancy) -> dict[str, Any]:
    """What can be done with the vacancy now, what was said of it, and how far it is filled."""
    returned = vacancy.log.filter(to_state=Vacancy.State.RETURNED).exclude(comment="")
    return {
        "vacancy": vacancy,
        "prospect": prospect_for(vacancy, on=timezone.localdate()),
        "life": [step for step in possible(vacancy) if step.slug not in ("luk", "udfald")],
        "may_be_changed": may_be_changed(vacancy),
        "wording": wording_of(title=vacancy.title, text=vacancy.text)
        if vacancy.held_for == HeldFor.WORDS
        else None,
        "asked_to": returned.last() if vacancy.state == Vacancy.State.RETURNED else None,
        "fillings": list(vacancy.fillings.all()),
        "referrals": list(
            Referral.objects.shown_to_employer(vacancy.company)
            .filter(vacancy=vacancy)
            .select_related("candidate__occupation", "candidate__jobcentre")
        ),
        "conflict": vacancy.conflict() if vacancy.held_for == HeldFor.CONFLICT else None,
    }


def no_such_link(request: HttpRequest) -> HttpResponse:
    return render(request, "employers/enquiries/no_such_link.html", status=404)


def behind(request: HttpRequest, token: str) -> Enquiry | None:
    """What the link opens, in the language it was written in."""
    found: Enquiry | None = (
        Enquiry.objects.by_link(token)
        .select_related(
            "company__organisation",
            "person",
            "owner",
            "jobcentre",
            "workplace__municipality",
            "vacancy__occupation",
            "vacancy__workplace__municipality",
            "confirmation",
            "release",
        )
        .first()
    )
    if found:
        speak(request, found.language)
    return found
