"""What the employer's mailed link opens: the candidate, and one button for each answer. No GET answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from employers.referrals import referring
from employers.referrals.forms import WhyForm
from employers.referrals.letters import SAYS, SLUGS
from employers.referrals.models import TRANSITIONS, Referral, State
from jobcenter.accounts.models import Reading
from jobcenter.accounts.reading import seen
from jobcenter.accounts.scope import public
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.pages.middleware import speak
from jobcenter.pages.refusing import say_refused

WITH = (
    "vacancy__company__organisation",
    "vacancy__workplace",
    "candidate__occupation",
    "candidate__municipality",
    "candidate__owner",
    "candidate__jobcentre",
    "candidates_jobcentre",
    "person",
)


@public
@never_cache
@require_safe
def referral(request: HttpRequest, token: str) -> HttpResponse:
    """The candidate and the answers one may give, each with a page of its own."""
    found = _behind(request, token)
    if not found:
        return no_such_link(request)
    return render(request, "employers/referrals/employer.html", _said(found, token))


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str, slug: str) -> HttpResponse:
    """One answer with its button; a scanner that follows the link in the mail answers nothing."""
    found = _behind(request, token)
    if not found or slug not in SLUGS:
        return no_such_link(request)
    said = SLUGS[slug]
    form = WhyForm(request.POST or None) if said == State.NOT_SUITABLE else None
    if said not in TRANSITIONS[State(found.state)] or not found.is_open_to_employer:
        if request.method == "POST":
            messages.warning(request, _("It was answered before, or nothing can come of it any more."))
        return redirect("referrals:employer", token)
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            referring.answer(found, answer=said, reason=form.cleaned_data["reason"] if form else "")
        except TransitionRefused as refusal:
            say_refused(request, refusal)
        else:
            messages.success(request, _("Thank you. The jobcentre has your answer."))
        return redirect("referrals:employer", token)
    return render(
        request,
        "employers/referrals/answer.html",
        {**_said(found, token), "form": form, "said": said, "label": SAYS[slug], "slug": slug},
    )


def no_such_link(request: HttpRequest) -> HttpResponse:
    return render(request, "employers/referrals/no_such_link.html", status=404)


def _said(found: Referral, token: str) -> dict[str, object]:
    return {
        "referral": found,
        "vacancy": found.vacancy,
        "token": token,
        "answers": [
            (slug, SAYS[slug]) for slug, state in SLUGS.items() if state in TRANSITIONS[State(found.state)]
        ],
    }


def _behind(request: HttpRequest, token: str) -> Referral | None:
    """What the link opens, in the language the vacancy was sent in."""
    found = Referral.objects.by_link(token).select_related(*WITH).first()
    if found:
        speak(request, found.vacancy.language)
        shown = [found.candidate] if found.is_open_to_employer else []
        to = found.vacancy.company.organisation
        seen(request, shown, where=Reading.Where.LINK, organisation=to)
    return found
