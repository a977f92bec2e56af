"""What signed links open: the employer's application, the representative's answer, and what came of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from employers.placements import applying, conditions, explaining, following_up
from employers.placements.forms import AnswerForm, EffectForm
from employers.placements.models import Duration, Effect, Exemption, Placement, Rate, RuleVersion, State
from employers.placements.story import happenings
from employers.placements.views import application as pages
from jobcenter.accounts.scope import public
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.pages.middleware import speak
from jobcenter.pages.refusing import say_refused

WITH = ("company__organisation", "person", "owner", "jobcentre__organisation", "workplace", "occupation")


@public
@never_cache
@require_http_methods(["GET", "POST"])
def application(request: HttpRequest, token: str) -> HttpResponse:
    """The form while it is being filled in; then where the application stands."""
    placement = _behind(request, token)
    if not placement:
        return no_such_link(request)
    if placement.state != State.DRAFT:
        return _standing(request, placement, token)
    answer = pages.handle(request, placement, by=None, organisation=placement.company.organisation)
    if answer.is_sent:
        messages.success(request, _("Your application is sent. The receipt is on its way by mail."))
    elif answer.is_saved:
        messages.success(request, _("What you have written is saved. Go on from the link in your mail."))
    if answer.goes_on:
        return redirect("placements:application", token)
    return render(
        request,
        "employers/placements/application.html",
        {
            "placement": placement,
            "arithmetic_url": reverse("placements:arithmetic", args=[token]),
            **answer.context,
        },
    )


@public
@never_cache
@require_POST
def arithmetic(request: HttpRequest, token: str) -> HttpResponse:
    """The conditions worked out for what is typed; nothing is saved.

    A page asks a moment after the last key. When the application was sent meanwhile there is nothing to show.
    """
    placement = _behind(request, token)
    if not placement:
        return no_such_link(request)
    if placement.state != State.DRAFT:
        return HttpResponse(status=204)
    return pages.arithmetic(request, placement)


@public
@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The representative's page: one button to confirm, one to object."""
    placement = Placement.objects.by_representatives_link(token).select_related(*WITH).first()
    if not placement:
        return no_such_link(request)
    speak(request, placement.language)
    answer = request.POST.get("answer", "")
    form = AnswerForm(request.POST or None, answer=answer)
    if request.method == "POST" and answer in Placement.Answer.values and form.is_valid():
        try:
            applying.hear(placement=placement, answer=answer, text=form.cleaned_data["text"])
        except TransitionRefused as refusal:
            say_refused(request, refusal)
        else:
            messages.success(request, _("Thank you. The jobcentre has your answer."))
        return redirect("placements:confirm", token)
    is_open = placement.state == State.APPLIED
    findings = conditions.look(conditions.case_of(placement)) if is_open else None
    return render(
        request,
        "employers/placements/confirm.html",
        {
            "placement": placement,
            "is_open": is_open,
            "sentences": explaining.sentences(findings) if findings else [],
            "form": form,
            "forgot": request.method == "POST" and answer not in Placement.Answer.values,
        },
    )


@public
@never_cache
@require_http_methods(["GET", "POST"])
def effect(request: HttpRequest, token: str) -> HttpResponse:
    """What came of it, said by the employer."""
    found = (
        Effect.objects.by_link(token)
        .select_related(
            "placement__company", "placement__workplace", "placement__owner", "placement__jobcentre"
        )
        .first()
    )
    if not found:
        return no_such_link(request)
    speak(request, found.placement.language)
    form = EffectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            following_up.answer(effect=found, **form.cleaned_data, by=None)
        except TransitionRefused as refusal:
            say_refused(request, refusal)
        return redirect("placements:effect", token)
    return render(
        request,
        "employers/placements/effect.html",
        {"effect": found, "placement": found.placement, "form": form},
    )


@public
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """The law the conditions are counted by, as it is dated here, with what is still to be verified."""
    today = timezone.localdate()
    return render(
        request,
        "employers/placements/rules.html",
        {
            "today": today,
            "versions": RuleVersion.objects.order_by("-valid_from"),
            "durations": [
                {"duration": one, "length": explaining.length_in_words(one)}
                for one in Duration.objects.valid(today).order_by("-kind", "group", "sector")
            ],
            "rates": Rate.objects.order_by("sector", "-valid_from"),
            "exemptions": Exemption.objects.valid(today).order_by("condition", "code"),
        },
    )


def no_such_link(request: HttpRequest) -> HttpResponse:
    return render(request, "employers/placements/no_such_link.html", status=404)


def _standing(request: HttpRequest, placement: Placement, token: str) -> HttpResponse:
    if request.method == "POST":
        messages.warning(request, _("The application was sent before, so nothing was changed."))
        return redirect("placements:application", token)
    context: dict[str, Any] = {
        "placement": placement,
        "happenings": happenings(placement),
        "address": request.build_absolute_uri(request.path),
        "decision": placement.log.filter(to_state__in=[State.GRANTED, State.REFUSED])
        .exclude(from_state__in=["extended", "conflict", "negotiated"])
        .select_related("by")
        .first(),
        "effects": placement.effects.all(),
    }
    return render(request, "employers/placements/standing.html", context)


def _behind(request: HttpRequest, token: str) -> Placement | None:
    """What the employer's link opens, in the language they applied in."""
    placement: Placement | None = Placement.objects.by_employers_link(token).select_related(*WITH).first()
    if placement:
        speak(request, placement.language)
    return placement
