"""The page that the mailed link opens: three questions, once, without signing in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from employers.surveys import answering
from employers.surveys.forms import NOT_NEEDED, AnswerForm
from employers.surveys.models import Survey
from employers.vacancies.models import Outcome
from jobcenter.accounts.scope import public
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.pages.middleware import speak
from jobcenter.pages.refusing import say_refused


@public
@never_cache
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """What was typed stays when something is missing. A link that is used up says what became of it."""
    survey = (
        Survey.objects.by_link(token)
        .select_related("vacancy__company", "vacancy__workplace__municipality", "vacancy__enquiry")
        .first()
    )
    if not survey:
        return render(request, "employers/surveys/no_such_link.html", status=404)
    speak(request, survey.vacancy.enquiry.language)
    form = AnswerForm(request.POST or None, left=max(1, survey.vacancy.positions_left))
    if request.method == "POST" and form.is_valid():
        try:
            answering.answer(survey, **form.cleaned_data, at=timezone.now())
            messages.success(request, _("Your answer is kept."))
        except TransitionRefused as refusal:
            say_refused(request, refusal)
        return redirect("surveys:answer", token)
    return render(
        request,
        "employers/surveys/answer.html",
        {
            "survey": survey,
            "vacancy": survey.vacancy,
            "form": form,
            "state": state_of(survey),
            "not_needed": NOT_NEEDED,
        },
    )


def state_of(survey: Survey) -> str:
    """What the page says: "answered", "told" in another way, "withdrawn", "over", or "open"."""
    if survey.answered_at:
        return "answered"
    if survey.vacancy.outcome != Outcome.UNKNOWN:
        return "told"
    if survey.withdrawn_at:
        return "withdrawn"
    return "over" if survey.is_over(on=timezone.localdate()) else "open"
