"""What the employer does with their vacancy by the private link: one page with one button for each step."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from employers.enquiries import vacancy_life
from employers.enquiries.models import Step as FormStep
from employers.enquiries.views.private import behind, no_such_link
from employers.vacancies.forms import VacancyForm
from employers.vacancies.models import State, Vacancy
from employers.vacancies.pointing import wording_of
from employers.vacancies.steps import STEPS, may_be_changed
from jobcenter.accounts.scope import public
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.pages.refusing import say_refused

BY_ITSELF = ("luk", "udfald")
"""Closing has a page of its own, with one button for each answer."""


@public
@never_cache
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, token: str, slug: str) -> HttpResponse:
    """Pause, show again, give longer, or tell how many are filled."""
    found = behind(request, token)
    taken = STEPS.get(slug)
    if not found or not found.vacancy or not taken or slug in BY_ITSELF:
        return no_such_link(request)
    form = taken.form(request.POST if request.method == "POST" else None, vacancy=found.vacancy)
    if request.method == "POST" and form.is_valid():
        try:
            vacancy_life.take(taken, found, form, by=None, organisation=found.company.organisation)
            messages.success(request, str(taken.done))
        except TransitionRefused as refusal:
            say_refused(request, refusal)
        return redirect("enquiries:enquiry", token)
    return render(
        request,
        "employers/enquiries/vacancy_step.html",
        {
            "enquiry": found,
            "vacancy": found.vacancy,
            "token": token,
            "step": taken,
            "form": form,
            "fits": taken.fits(found.vacancy),
        },
    )


@public
@never_cache
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, token: str) -> HttpResponse:
    """Write it otherwise, before it is published: what was held or sent back, or still waits."""
    found = behind(request, token)
    if not found or not found.vacancy:
        return no_such_link(request)
    vacancy = found.vacancy
    if not may_be_changed(vacancy):
        messages.warning(
            request, _("The vacancy can no longer be changed. You can copy it to a new one instead.")
        )
        return redirect("enquiries:enquiry", token)
    is_posted = request.method == "POST"
    form = VacancyForm(request.POST if is_posted else None, initial=None if is_posted else as_typed(vacancy))
    if is_posted and request.POST.get("action") != "look" and form.is_valid():
        fields = {name: value for name, value in form.cleaned_data.items() if name != "code"}
        try:
            say_what_became(request, vacancy_life.change(found, **fields))
        except TransitionRefused as refusal:
            say_refused(request, refusal)
        return redirect("enquiries:enquiry", token)
    if is_posted and request.POST.get("action") == "look":
        form = VacancyForm(initial=request.POST.dict())
    form.work_in = found.workplace.municipality
    written = form.data if form.is_bound else form.initial
    return render(
        request,
        "employers/enquiries/change_vacancy.html",
        {
            "enquiry": found,
            "token": token,
            "form": form,
            "wording": wording_of(title=str(written.get("title", "")), text=str(written.get("text", ""))),
            "asked_to": last_request(vacancy),
        },
    )


@public
@never_cache
@require_POST
@transaction.atomic
def copy(request: HttpRequest, token: str) -> HttpResponse:
    """A new draft with everything but the days; the step that asks for them is shown."""
    found = behind(request, token)
    if not found or not found.vacancy:
        return no_such_link(request)
    draft = vacancy_life.copied(found)
    draft.save()
    messages.success(request, _("This is a copy. Write the new days, and change what is otherwise."))
    return redirect("enquiries:step", draft.pk, FormStep.NEED)


def as_typed(vacancy: Vacancy) -> dict[str, object]:
    """The vacancy as the form has it."""
    return {
        "title": vacancy.title,
        "occupation": f"{vacancy.occupation.title} ({vacancy.occupation.code})",
        "code": vacancy.occupation.code,
        "terms": vacancy.terms,
        "positions": vacancy.positions,
        "hours": vacancy.hours,
        "starts_on": vacancy.starts_on,
        "ends_on": vacancy.ends_on,
        "apply_by": vacancy.apply_by,
        "text": vacancy.text,
    }


def last_request(vacancy: Vacancy) -> str:
    """What the caseworker asked to have changed, while it is sent back; else nothing."""
    if vacancy.state != State.RETURNED:
        return ""
    row = vacancy.log.filter(to_state=State.RETURNED).exclude(comment="").last()
    return row.comment if row else ""


def say_what_became(request: HttpRequest, vacancy: Vacancy) -> None:
    if vacancy.state == State.PUBLISHED:
        messages.success(request, _("The vacancy is changed and published."))
    elif vacancy.state == State.HELD:
        messages.warning(
            request,
            _("The change is saved. There are still words in it that a caseworker must look at first."),
        )
    else:
        messages.success(request, _("The change is saved. A caseworker looks at the vacancy."))
