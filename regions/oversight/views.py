"""The officer's inbox, a flag with its evidence, the decision, and the jobcentre's answer."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from regions.oversight import hearing, telling
from regions.oversight.evidence import Evidence
from regions.oversight.forms import AnswerForm, DecisionForm
from regions.oversight.models import Flag, FlagQuerySet
from regions.oversight.path import steps

PER_PAGE = 25


def flags_of(request: StaffRequest) -> FlagQuerySet:
    """An officer's area, or a manager's own jobcentre."""
    if request.membership.role == Role.AREA_OFFICER:
        flags = Flag.objects.visible_to_area(request.area)
    else:
        flags = Flag.objects.visible_to_jobcentre(request.jobcentre)
    return flags.select_related("jobcentre", "measure", "target_group", "rule")


@acts_as(Role.AREA_OFFICER, Role.MANAGER)
@require_GET
def flags(request: StaffRequest) -> HttpResponse:
    """Open flags first, the serious before those to watch."""
    shown = flags_of(request)
    state = request.GET.get("state", "open")
    if state == "open":
        shown = shown.open()
    page = Paginator(shown.order_by("severity", "-raised_at", "-pk"), PER_PAGE).get_page(request.GET.get("side"))
    return render(request, "regions/oversight/flags.html", {"page": page, "state": state})


@acts_as(Role.AREA_OFFICER, Role.MANAGER)
@require_GET
def flag(request: StaffRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(flags_of(request), pk=pk)
    return render(request, "regions/oversight/flag.html", flag_context(request, shown))


def flag_context(
    request: StaffRequest, shown: Flag, *, decision: DecisionForm | None = None, answer: AnswerForm | None = None
) -> dict[str, Any]:
    """What the page shows; a form only for the one whose turn it is."""
    is_officer = request.membership.role == Role.AREA_OFFICER
    may_decide = is_officer and shown.state not in (Flag.State.DISMISSED, Flag.State.CONFIRMED)
    may_answer = not is_officer and shown.state == Flag.State.HEARING and not shown.heard_at
    evidence = Evidence.from_json(shown.evidence)
    return {
        "flag": shown,
        "evidence": evidence,
        "reasons": telling.reasons(evidence),
        "periods_chart": telling.periods_chart(evidence),
        "path": steps(shown),
        "decision": (decision or DecisionForm()) if may_decide else None,
        "answer": (answer or AnswerForm()) if may_answer else None,
        "log": shown.log.select_related("by", "organisation").order_by("-at", "-pk"),
    }


@acts_as(Role.AREA_OFFICER)
@require_POST
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    """A named person decides, with a reason."""
    shown = get_object_or_404(flags_of(request), pk=pk)
    form = DecisionForm(request.POST)
    if form.is_valid():
        try:
            hearing.decide(flag=shown, form=form, by=request.user, organisation=request.membership.organisation)
        except ValidationError as refused:
            shown = get_object_or_404(flags_of(request), pk=pk)
            form.add_error(None, refused)
        else:
            messages.success(request, _("Your decision is in the history."))
            return redirect(shown)
    return render(request, "regions/oversight/flag.html", flag_context(request, shown, decision=form), status=422)


@acts_as(Role.MANAGER)
@require_POST
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    """The jobcentre's answer to a hearing: given once."""
    shown = get_object_or_404(flags_of(request), pk=pk)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            shown.answer(
                form.cleaned_data["answer"], by=request.user, organisation=request.membership.organisation
            )
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("Your answer is sent to the area office."))
            return redirect(shown)
    return render(request, "regions/oversight/flag.html", flag_context(request, shown, answer=form), status=422)
