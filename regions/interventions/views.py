"""The board, an intervention and its steps, and what is printed of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.pages.downloads import ZIP, handed_out
from regions.interventions import agreeing, journal, material, opening, telling, waiting, wording
from regions.interventions.forms import AgreementForm, BeginForm, HelpForm, ReplyForm, StepForm
from regions.interventions.models import Agreement, Intervention, Meeting, Reply
from regions.interventions.path import path_of
from regions.interventions.scope import interventions_of
from regions.interventions.showing import Case
from regions.interventions.steps import WITH_PAGES_OF_THEIR_OWN, carry_out, subject_of
from regions.interventions.table import BY_CODE, NEW, Step
from regions.oversight.models import Flag, FlagQuerySet
from regions.oversight.scope import flags_of
from regions.oversight.way import State as FlagState

PER_PAGE = 25
BOTH = (Role.AREA_OFFICER, Role.MANAGER)


def confirmed_flags(request: StaffRequest) -> FlagQuerySet:
    """Those of the area that nothing has come of yet."""
    return (
        Flag.objects.visible_to_office(request.area_office)
        .filter(state=FlagState.CONFIRMED, led_to=None)
        .select_related("jobcentre", "measure", "target_group")
    )


@acts_as(*BOTH)
@require_GET
def board(request: StaffRequest) -> HttpResponse:
    """What happens next, the most urgent first, or only what is overdue; or those that are over."""
    is_officer = request.membership.role == Role.AREA_OFFICER
    asked = request.GET.get("state", "")
    state = asked if asked in ("overdue", "over") else "alive"
    over = state == "over"
    own = interventions_of(request)
    lines = waiting.board(own)
    overdue = [line for line in lines if line.is_overdue]
    shown = {"alive": lines, "overdue": overdue, "over": []}[state]
    ended = own.exclude(pk__in=[line.intervention.pk for line in lines]).with_parts().order_by("-ended_at")
    return render(
        request,
        "regions/interventions/board.html",
        {
            "is_officer": is_officer,
            "state": state,
            "lines": shown,
            "alive": len(lines),
            "page": Paginator(ended, PER_PAGE).get_page(request.GET.get("side")) if over else None,
            "overdue": len(overdue),
            "for_officer": sum(line.waits_for(Role.AREA_OFFICER) for line in lines),
            "for_manager": sum(line.waits_for(Role.MANAGER) for line in lines),
            "to_begin": confirmed_flags(request) if is_officer and state == "alive" else [],
        },
    )


@acts_as(*BOTH)
@require_GET
def intervention(request: StaffRequest, pk: int) -> HttpResponse:
    return page_of(request, get_object_or_404(interventions_of(request).with_parts(), pk=pk))


def page_of(request: StaffRequest, whole: Intervention, *, reply: ReplyForm | None = None) -> HttpResponse:
    is_manager = request.membership.role == Role.MANAGER
    case = Case(whole, role=request.membership.role)
    return render(
        request,
        "regions/interventions/intervention.html",
        {
            "intervention": whole,
            "case": case,
            "path": path_of(whole),
            "nexts": waiting.nexts(whole),
            "reply": (reply or ReplyForm()) if is_manager else None,
            "is_officer": not is_manager,
        },
    )


@acts_as(*BOTH)
@require_GET
def dialogue_material(request: StaffRequest, pk: int) -> HttpResponse:
    """What the next meeting is prepared from, for the screen and for paper."""
    whole = get_object_or_404(interventions_of(request).with_parts(), pk=pk)
    meeting = next((one for one in whole.meetings.all() if one.state == Meeting.State.PLANNED), None)
    return render(
        request,
        "regions/interventions/material.html",
        {
            "intervention": whole,
            "meeting": meeting,
            "agenda": (meeting.agenda if meeting else material.agenda(whole)).splitlines(),
            "subjects": material.read(whole, reader=getattr(request, "jobcentre", None)),
            "case": Case(whole, role=request.membership.role),
        },
    )


@acts_as(*BOTH)
@require_GET
def archive(request: StaffRequest, pk: int) -> HttpResponse:
    """The case as it goes to the journal."""
    whole = get_object_or_404(interventions_of(request).with_parts(), pk=pk)
    packed = journal.archive(Case(whole, role=request.membership.role))
    return handed_out(packed, name=f"indsats-{whole.pk}.zip", kind=ZIP)


@acts_as(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def ask_for_help(request: StaffRequest) -> HttpResponse:
    form = HelpForm(request.POST or None, jobcentre=request.jobcentre)
    if form.is_valid():
        asked = opening.ask_for_help(
            jobcentre=request.jobcentre,
            about=form.chosen,
            by=request.membership,
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, _("The area office has been told, and answers."))
        return redirect(asked)
    return render(request, "regions/interventions/ask_for_help.html", {"form": form})


@acts_as(*BOTH)
@require_GET
def of_flag(request: StaffRequest, flag: int) -> HttpResponse:
    """From a confirmed flag to what is done about it, or to where that begins."""
    confirmed = get_object_or_404(flags_of(request).filter(state=FlagState.CONFIRMED), pk=flag)
    if begun := interventions_of(request).filter(flags=confirmed).first():
        return redirect(begun)
    if request.membership.role == Role.AREA_OFFICER:
        return redirect("interventions:begin", flag=confirmed.pk)
    messages.info(request, _("Nothing has been begun about the flag yet. You can ask for help yourselves."))
    return redirect("interventions:board")


@acts_as(Role.AREA_OFFICER)
@require_http_methods(["GET", "POST"])
def begin(request: StaffRequest, flag: int) -> HttpResponse:
    """From a confirmed flag; others of the same jobcentre may be taken along."""
    chosen = get_object_or_404(confirmed_flags(request), pk=flag)
    form = BeginForm(
        request.POST or None,
        flags=confirmed_flags(request).filter(jobcentre=chosen.jobcentre),
        chosen=chosen,
    )
    if form.is_valid():
        try:
            begun = opening.begin(
                flags=list(form.cleaned_data["flags"]),
                by=request.membership,
                reason=form.cleaned_data["reason"],
            )
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The intervention has begun, and the jobcentre has been told."))
            return redirect(begun)
    return render(request, "regions/interventions/begin.html", {"form": form, "flag": chosen})


@acts_as(Role.MANAGER)
@require_POST
@transaction.atomic
def reply(request: StaffRequest, pk: int) -> HttpResponse:
    """The jobcentre's word, at any time and in any state."""
    whole = get_object_or_404(interventions_of(request).with_parts(), pk=pk)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return page_of(request, whole, reply=form)
    said = Reply.objects.create(
        intervention=whole,
        by=request.user,
        organisation=request.membership.organisation,
        text=form.cleaned_data["text"],
    )
    telling.replied(whole, text=said.text, number=said.pk)
    messages.success(request, _("It stands in the case, and the area office has been told."))
    return redirect(whole)


@acts_as(*BOTH)
@require_POST
def action_done(request: StaffRequest, pk: int) -> HttpResponse:
    """Either side says that something agreed has been done."""
    whole = get_object_or_404(interventions_of(request).with_parts(), pk=pk)
    agreed = next((one for one in whole.agreements.all() if one.in_force()), None)
    if agreed is None:
        raise Http404
    try:
        agreeing.say_done(agreed, what=request.POST.get("what", ""), by=request.membership)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("It stands in the case that it is done."))
    return redirect(whole)


@acts_as(*BOTH)
@require_http_methods(["GET", "POST"])
def step(request: StaffRequest, pk: int, code: str, part: int | None = None) -> HttpResponse:
    """Any step of the table that is the person's own: its form, and the act."""
    whole = get_object_or_404(interventions_of(request).with_parts(), pk=pk)
    asked = step_named(code, role=request.membership.role)
    thing = subject_of(asked, whole, part)
    if thing is None:
        raise Http404
    if asked.start not in (NEW, thing.state):
        messages.warning(
            request,
            _("This was already changed to “%(state)s”, so the step was not taken.")
            % {"state": thing.get_state_display()},
        )
        return redirect(whole)
    form = StepForm(request.POST if request.method == "POST" else None, step=asked, thing=thing)
    if form.is_valid():
        try:
            carry_out(asked, thing, by=request.membership, said=form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("It is in the history, and the other side has been told."))
            return redirect(whole)
    context: dict[str, Any] = {
        "intervention": whole,
        "form": form,
        "step": asked,
        "name": wording.NAMES[code],
        "hint": wording.HINTS.get(code, ""),
        "case": Case(whole, role=request.membership.role),
        "thing": thing,
    }
    return render(request, "regions/interventions/step.html", context)


def step_named(code: str, *, role: str) -> Step:
    """Raises Http404 for a step that there is not, that has its own page, or that is another role's."""
    found = BY_CODE.get(code)
    if not found or code in WITH_PAGES_OF_THEIR_OWN or role not in found.by:
        raise Http404
    return found


@acts_as(Role.AREA_OFFICER)
@require_http_methods(["GET", "POST"])
def agreement(request: StaffRequest, pk: int) -> HttpResponse:
    """Draft it, or write the draft anew: its purpose, targets and actions."""
    whole = get_object_or_404(interventions_of(request).with_parts(), pk=pk)
    drafted = whole.agreements.filter(state=Agreement.State.DRAFT).first()
    if not whole.is_open or (not drafted and whole.agreements.exclude(state="dropped").exists()):
        messages.warning(request, _("Only a draft can be changed, by the area office."))
        return redirect(whole)
    form = AgreementForm(request.POST if request.method == "POST" else None, whole=whole, drafted=drafted)
    if form.is_valid():
        try:
            form.save(by=request.membership)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The draft is saved. The jobcentre sees it when you put it forward."))
            if "more" in request.POST:
                return redirect("interventions:agreement", pk=whole.pk)
            return redirect(whole)
    return render(
        request,
        "regions/interventions/agreement_form.html",
        {"intervention": whole, "purpose": form, "targets": form.targets, "actions": form.actions},
    )
