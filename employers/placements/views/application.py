"""The application form, alike for the employer by the signed link and for the caseworker on their behalf."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from employers.placements import applying, explaining
from employers.placements.application_form import ApplicationForm
from employers.placements.models import Placement, Rate
from jobcenter.accounts.models import Organisation, User
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.pages.refusing import say_refused


@dataclass(frozen=True)
class Outcome:
    """What became of the request: sent, saved for later, or the page once more."""

    is_sent: bool = False
    is_saved: bool = False
    is_refused: bool = False
    context: dict[str, Any] = field(default_factory=dict)

    @property
    def goes_on(self) -> bool:
        return self.is_sent or self.is_saved or self.is_refused


def handle(
    request: HttpRequest, placement: Placement, *, by: User | None, organisation: Organisation | None
) -> Outcome:
    """Send, save, or only work out what is typed; whatever is typed is kept with the draft."""
    if request.method != "POST":
        typed = placement.typed or applying.remembered(placement.workplace)
        form = ApplicationForm(initial=typed, placement=placement)
        return Outcome(context=shown(form, judged=looked_at(typed, placement)))
    form = ApplicationForm(request.POST, placement=placement)
    is_valid = form.is_valid()
    if has_cpr(form):
        return Outcome(context=shown(form, judged=form))
    keep_typed(placement, form)
    match request.POST.get("action"):
        case "send" if is_valid:
            try:
                applying.apply(
                    placement=placement, application=form.application(), by=by, organisation=organisation
                )
            except TransitionRefused as refusal:
                say_refused(request, refusal)
                return Outcome(is_refused=True)
            return Outcome(is_sent=True)
        case "send":
            return Outcome(context=shown(form, judged=form))
        case "save":
            return Outcome(is_saved=True)
        case _:
            # Only worked out: what is missing is not yet wrong.
            unjudged = ApplicationForm(initial=placement.typed, placement=placement)
            return Outcome(context=shown(unjudged, judged=form))


def arithmetic(request: HttpRequest, placement: Placement) -> HttpResponse:
    """The fragment that htmx puts beside the form while it is filled in."""
    form = ApplicationForm(request.POST, placement=placement)
    form.is_valid()
    return render(request, "employers/placements/arithmetic.html", worked_out(form))


def shown(form: ApplicationForm, *, judged: ApplicationForm | None) -> dict[str, Any]:
    return {"form": form, **worked_out(judged)}


def looked_at(typed: dict[str, Any], placement: Placement) -> ApplicationForm | None:
    """A form that has judged what was typed before, for its arithmetic only."""
    if not typed:
        return None
    form = ApplicationForm(typed, placement=placement)
    form.is_valid()
    return form


def worked_out(form: ApplicationForm | None) -> dict[str, Any]:
    """The sentences of what a form has found, and the rate that goes with it."""
    findings = form.findings if form else None
    cleaned = getattr(form, "cleaned_data", {}) if form else {}
    sector = cleaned.get("sector")
    rate = None
    if form and form.is_subsidy and sector and findings:
        rate = Rate.objects.filter(sector=sector, valid_from__lte=cleaned["starts_on"]).first()
    return {
        "sentences": explaining.sentences(findings) if findings else [],
        "is_warned": bool(findings and findings.unmet()),
        "rate": rate,
        "rate_is_old": bool(rate and rate.valid_to and rate.valid_to <= cleaned["starts_on"]),
    }


def has_cpr(form: ApplicationForm) -> bool:
    """Whether anything that looks like a CPR number was typed: then nothing is kept before it is gone."""
    return any(error.code == "cpr" for errors in form.errors.as_data().values() for error in errors)


def keep_typed(placement: Placement, form: ApplicationForm) -> None:
    """What is typed, as it was typed, so that the form can be gone on with another day.

    Without the one character a database cannot keep.
    """
    typed = {name: form.data.get(name, "")[:6000].replace("\0", "") for name in form.fields}
    placement.typed = {name: text for name, text in typed.items() if text}
    Placement.objects.filter(pk=placement.pk, state=Placement.State.DRAFT).update(typed=placement.typed)
