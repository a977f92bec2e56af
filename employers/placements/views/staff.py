"""The caseworker's pages: the list, one placement, and every step that can be taken with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from employers.companies.following import company_or_404
from employers.companies.models import Company
from employers.placements import applying, conditions, deciding, ending, explaining, following_up
from employers.placements.columns import COLUMNS
from employers.placements.conditions import Findings, NoRule
from employers.placements.forms import (
    AskForm,
    BackForm,
    DecisionForm,
    EffectForm,
    EndForm,
    ExtensionForm,
    ListForm,
    NegotiationForm,
    StartForm,
    WithdrawalForm,
)
from employers.placements.models import Condition, Placement, PriorityAccess, State
from employers.placements.story import history, path
from employers.placements.views import application as pages
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.pages import sheets

ROWS_ON_A_PAGE = 25

Form = Any
Act = Callable[[StaffRequest, Placement, Form], Any]


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_safe
def placements(request: StaffRequest) -> HttpResponseBase:
    """The jobcentre's own, by default those that wait for a decision."""
    form = ListForm(request.GET)
    chosen = form.chosen(Placement.objects.visible_to(request.jobcentre), user=request.user)
    found = chosen.select_related("company", "workplace__municipality", "owner")
    if sheet := sheets.asked(request, _("Wage subsidy and work trials"), COLUMNS, found):
        return sheet
    page = Paginator(found, ROWS_ON_A_PAGE).get_page(request.GET.get("side"))
    return render(
        request,
        "employers/placements/placements.html",
        {"form": form, "page": page, "jobcentre": request.jobcentre, "today": timezone.localdate()},
    )


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: StaffRequest, company: int) -> HttpResponse:
    """Begin an application for a company: fill it in oneself, or mail the form to the employer."""
    found = company_or_404(Company.objects.visible_to(request.jobcentre), company)
    form = StartForm(request.POST or None, company=found, jobcentre=request.jobcentre)
    if request.method == "POST" and form.is_valid():
        placement = applying.begin(
            **form.cleaned_data,
            jobcentre=request.jobcentre,
            owner=request.user,
            by=request.user,
        )
        if request.POST.get("action") != "mail":
            return redirect("placements:fill", placement.pk)
        return send_form(request, placement)
    return render(
        request,
        "employers/placements/start.html",
        {"company": found, "form": form, "has_people": found.people.exists()},
    )


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: StaffRequest, pk: int) -> HttpResponse:
    """The application, filled in by a caseworker on the employer's behalf."""
    placement = _placement(request, pk)
    if placement.state != State.DRAFT:
        return redirect(placement)
    answer = pages.handle(request, placement, by=request.user, organisation=request.jobcentre.organisation)
    if answer.is_sent:
        messages.success(request, _("The application is sent. The representative has been asked."))
    if answer.is_saved:
        messages.success(request, _("What you have written is saved."))
    if answer.goes_on:
        return redirect(placement)
    return render(
        request,
        "employers/placements/fill.html",
        {
            "placement": placement,
            "arithmetic_url": reverse("placements:fill_arithmetic", args=[pk]),
            **answer.context,
        },
    )


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def fill_arithmetic(request: StaffRequest, pk: int) -> HttpResponse:
    placement = _placement(request, pk)
    if placement.state != State.DRAFT:
        return HttpResponse(status=204)
    return pages.arithmetic(request, placement)


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_safe
def placement(request: StaffRequest, pk: int) -> HttpResponse:
    return _shown(request, _placement(request, pk))


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def take(request: StaffRequest, pk: int, step: str) -> HttpResponse:
    """One step with a placement. What is wrong is shown on its page, with nothing typed lost."""
    if step not in STEPS:
        raise Http404
    found = _placement(request, pk)
    chosen = STEPS[step]
    form = chosen.form(found, request.POST, auto_id=ids_of(step))
    if not form.is_valid():
        return _shown(request, found, bound={step: form})
    try:
        chosen.act(request, found, form)
    except (TransitionRefused, NoRule) as refusal:
        form.add_error(None, refusal.messages)
        return _shown(request, _placement(request, pk), bound={step: form})
    messages.success(request, str(chosen.said))
    return redirect("placements:placement", pk)


@dataclass(frozen=True)
class StepOfWork:
    """A form, what is done when it is valid, and what is said then."""

    form: Callable[..., forms.Form]
    act: Act
    said: str | Promise


def _decide(request: StaffRequest, found: Placement, form: Form) -> None:
    said = form.cleaned_data
    who = {"by": request.user, "organisation": request.jobcentre.organisation}
    if said["decision"] == DecisionForm.REFUSE:
        deciding.refuse(placement=found, reason=said["reason"], **who)
    else:
        deciding.grant(
            placement=found,
            reason=said["reason"],
            vitas=said["vitas"],
            group=said["group"],
            exemptions=form.cited,
            **who,
        )


def _plain(form_class: type[forms.Form]) -> Callable[..., forms.Form]:
    return lambda found, data=None, **named: form_class(data, **named)


def _decision_form(found: Placement, data: Any = None, **named: Any) -> forms.Form:
    return DecisionForm(data, placement=found, **named)


def _ask_form(found: Placement, data: Any = None, **named: Any) -> forms.Form:
    said = {"name": found.representative_name, "email": found.representative_email}
    return AskForm(data, initial=said, **named)


def ids_of(step: str) -> str:
    """Each form on the page has ids of its own."""
    return f"{step}-%s"


def _who(request: StaffRequest) -> dict[str, Any]:
    return {"by": request.user, "organisation": request.jobcentre.organisation}


def _answer_effect(weeks: int) -> Act:
    def act(request: StaffRequest, found: Placement, form: Form) -> None:
        effect = get_object_or_404(found.effects, weeks=weeks)
        following_up.answer(effect=effect, **form.cleaned_data, by=request.user)

    return act


STEPS: Mapping[str, StepOfWork] = {
    "afgoer": StepOfWork(
        _decision_form, _decide, gettext_lazy("It is decided, and the employer has been told.")
    ),
    "send-tilbage": StepOfWork(
        _plain(BackForm),
        lambda request, found, form: applying.send_back(
            placement=found, **form.cleaned_data, **_who(request)
        ),
        gettext_lazy("The employer has been asked to put it right."),
    ),
    "spoerg": StepOfWork(
        _ask_form,
        lambda request, found, form: applying.ask(placement=found, **form.cleaned_data),
        gettext_lazy("The representative has been asked. Links sent before no longer work."),
    ),
    "forhandl": StepOfWork(
        _plain(NegotiationForm),
        lambda request, found, form: deciding.negotiate(
            placement=found, **form.cleaned_data, **_who(request)
        ),
        gettext_lazy("The negotiation is kept."),
    ),
    "forlaeng": StepOfWork(
        _plain(ExtensionForm),
        lambda request, found, form: deciding.extend(
            placement=found,
            to=form.cleaned_data["ends_on"],
            reason=form.cleaned_data["reason"],
            **_who(request),
        ),
        gettext_lazy("It is extended, and the employer has been told."),
    ),
    "afslut": StepOfWork(
        _plain(EndForm),
        lambda request, found, form: ending.end(
            placement=found,
            on=form.cleaned_data["ended_on"],
            ending=form.cleaned_data["ending"],
            reason=form.cleaned_data["reason"],
            **_who(request),
        ),
        gettext_lazy("It has ended. We ask what came of it after 2 and 13 weeks."),
    ),
    "traek-tilbage": StepOfWork(
        _plain(WithdrawalForm),
        lambda request, found, form: deciding.withdraw(placement=found, **form.cleaned_data, **_who(request)),
        gettext_lazy("It is withdrawn."),
    ),
    "efter-2-uger": StepOfWork(_plain(EffectForm), _answer_effect(2), gettext_lazy("The answer is kept.")),
    "efter-13-uger": StepOfWork(_plain(EffectForm), _answer_effect(13), gettext_lazy("The answer is kept.")),
}


def send_form(request: StaffRequest, placement: Placement) -> HttpResponse:
    """Mail the form to the employer; a contact person without an address gets none."""
    if placement.person.email:
        applying.mail_form(placement)
        messages.success(
            request, _("The form is on its way to %(email)s.") % {"email": placement.person.email}
        )
    else:
        messages.warning(
            request,
            _("%(name)s has no e-mail address: fill the form in for them.") % {"name": placement.person},
        )
    return redirect(placement)


def _placement(request: StaffRequest, pk: int) -> Placement:
    return get_object_or_404(
        Placement.objects.visible_to(request.jobcentre)
        .select_related(
            "company__organisation",
            "workplace__municipality",
            "person",
            "owner",
            "jobcentre__organisation",
            "occupation",
            "conflict",
            "rule",
            "ratio_exemption",
            "increase_exemption",
            "duration_exemption",
            "representative_exemption",
        )
        .prefetch_related("effects", "reminders", "extensions"),
        pk=pk,
    )


def _shown(
    request: StaffRequest, found: Placement, *, bound: Mapping[str, forms.Form] | None = None
) -> HttpResponse:
    shown = dict(bound or {})
    for step in _possible(found):
        shown.setdefault(step, STEPS[step].form(found, auto_id=ids_of(step)))
    findings = _findings(found)
    priority = PriorityAccess.objects.filter(placement=found).select_related("negotiated_by").first()
    context = {
        "placement": found,
        "path": path(found),
        "sentences": explaining.sentences(findings) if findings else [],
        "unmet": findings.unmet() if findings else [],
        "exemptions": _cited(found),
        "priority": priority,
        "asks_for_priority": deciding.asks_for_priority(kind=found.kind, sector=found.sector),
        "conflicts": deciding.conflicts_at(found) if found.state in (State.APPLIED, State.GRANTED) else [],
        "history": history(found),
        "forms": [form for form in shown.values() if form.is_bound],
        "decision": shown.get("afgoer"),
        "back": shown.get("send-tilbage"),
        "ask": shown.get("spoerg"),
        "negotiation": shown.get("forhandl") if priority and priority.waits else None,
        "extension": shown.get("forlaeng"),
        "end": shown.get("afslut"),
        "withdrawal": shown.get("traek-tilbage"),
        "effects": [
            {"effect": effect, "form": shown.get(f"efter-{effect.weeks}-uger")}
            for effect in found.effects.all()
        ],
        "today": timezone.localdate(),
    }
    return render(request, "employers/placements/placement.html", context)


def _possible(found: Placement) -> list[str]:
    """The steps whose forms are shown in the state it is in."""
    has_begun = found.starts_on is not None and found.starts_on <= timezone.localdate()
    match found.state:
        case State.DRAFT:
            return ["traek-tilbage"]
        case State.APPLIED:
            return ["afgoer", "send-tilbage", "spoerg", "forhandl", "traek-tilbage"]
        case State.GRANTED:
            return ["forlaeng", "afslut" if has_begun else "traek-tilbage"]
        case State.ENDED:
            open_effects = [effect for effect in found.effects.all() if not effect.outcome]
            return [f"efter-{effect.weeks}-uger" for effect in open_effects]
    return []


def _findings(found: Placement) -> Findings | None:
    """The arithmetic as it is now; once decided, that of the decision is shown instead."""
    if found.state != State.APPLIED:
        return None
    try:
        return conditions.look(conditions.case_of(found))
    except NoRule:
        return None


def _cited(found: Placement) -> list[Any]:
    return [
        exemption
        for condition in Condition
        if (exemption := getattr(found, f"{condition}_exemption")) is not None
    ]
