"""The officer's inbox, a flag with its evidence, the decision, and the jobcentre's answer."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.pages import sheets
from jobcenter.pages.downloads import ZIP, handed_out
from regions.comparison import profile, replying
from regions.oversight import deciding, journal, record, stating, telling
from regions.oversight.columns import COLUMNS
from regions.oversight.evidence import Evidence
from regions.oversight.forms import AnswerForm, DecisionForm
from regions.oversight.inbox import Chosen, Compared
from regions.oversight.law import laws_of
from regions.oversight.models import Flag, FlagQuerySet, HearingFile, Requirement, RuleParameters
from regions.oversight.path import steps
from regions.oversight.scope import flags_of, jobcentres_of

PER_PAGE = 25
MOST_BESIDE = 10
"""So many other results of the jobcentre stand beside a flag; all are on the jobcentre's own page."""
LONGEST_NUMBER = 5
"""More digits than a version has."""

READERS = (Role.AREA_OFFICER, Role.MANAGER, Role.NATIONAL)
"""Who may read of flags: each in their own scope (`flags_of`)."""


def readable(request: StaffRequest) -> FlagQuerySet:
    """The flags of one's scope, with what their pages tell."""
    return flags_of(request).select_related("jobcentre", "measure", "target_group", "officer", "rule")


@acts_as(*READERS)
@require_GET
def flags(request: StaffRequest) -> HttpResponseBase:
    """Those that wait for somebody, the late first; or all of them; or the results with too few data."""
    nothing_waits = request.membership.role == Role.NATIONAL
    today = timezone.localdate()
    chosen = Chosen.of(request.GET, state="all" if nothing_waits else "")
    shown = chosen.flags(readable(request), by=request.user, on=today)
    if file := sheets.asked(request, _("Flags"), COLUMNS, shown):
        return file
    compared = Compared.read(jobcentres_of(request), on=today)
    rows = compared.too_few if chosen.state == "too_few" else shown
    return render(
        request,
        "regions/oversight/flags.html",
        {
            "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("side")),
            "chosen": chosen,
            "nothing_waits": nothing_waits,
            "is_officer": request.membership.role == Role.AREA_OFFICER,
            "compared": compared,
            "record": record.read(),
        },
    )


@acts_as(*READERS)
@require_GET
def rule(request: StaffRequest) -> HttpResponse:
    """The rule in words: the version in force, or the one a flag was raised by; and how it has held."""
    today = timezone.localdate()
    versions = RuleParameters.objects.order_by("-version")
    asked = request.GET.get("version", "")
    shown = (
        get_object_or_404(versions, version=int(asked))
        if asked.isascii() and asked.isdecimal() and len(asked) < LONGEST_NUMBER
        else get_object_or_404(versions.valid(today))
    )
    return render(
        request,
        "regions/oversight/rule.html",
        {
            "rule": shown,
            "is_in_force": shown in versions.valid(today),
            "thresholds": stating.thresholds(shown),
            "versions": versions,
            "requirements": Requirement.objects.valid(today).select_related("measure", "target_group"),
            "record": record.read(),
        },
    )


@acts_as(*READERS)
@require_GET
def flag(request: StaffRequest, pk: int) -> HttpResponse:
    return page_of(request, get_object_or_404(readable(request), pk=pk))


def page_of(
    request: StaffRequest,
    shown: Flag,
    *,
    decision: DecisionForm | None = None,
    answer: AnswerForm | None = None,
) -> HttpResponse:
    """The flag's page; a form only for the one whose turn it is."""
    role = request.membership.role
    may_decide = role == Role.AREA_OFFICER and bool(deciding.possible(shown))
    may_answer = role == Role.MANAGER and shown.may_be_answered
    evidence = Evidence.from_json(shown.evidence)
    latest = profile.latest_of(shown.jobcentre)
    subject = (shown.measure_id, shown.target_group_id)
    others = profile.foremost(one for one in latest if (one.measure, one.target_group) != subject)
    beside = profile.read(others[:MOST_BESIDE])
    context: dict[str, Any] = {
        "flag": shown,
        "evidence": evidence,
        "reasons": telling.reasons(evidence),
        "path": steps(shown),
        "reply": replying.latest(
            jobcentre=shown.jobcentre,
            measure=shown.measure,
            target_group=shown.target_group,
            period=shown.period,
        ),
        "decision": (decision or DecisionForm(flag=shown)) if may_decide else None,
        "asks_for_hearing": deciding.Decision.HEARING in deciding.possible(shown),
        "data_check": shown.data_check,
        "files": shown.files_of_answer,
        "answer": (answer or AnswerForm()) if may_answer else None,
        "log": shown.log.select_related("by", "organisation").order_by("-at", "-pk"),
        "other_results": beside,
        "laws": laws_of(result.comparison for result in beside.values()),
        "all_results": len(latest),
    }
    return render(request, "regions/oversight/flag.html", context)


@acts_as(*READERS)
@require_GET
def archive(request: StaffRequest, pk: int) -> HttpResponse:
    """The case as it goes to the journal."""
    shown = get_object_or_404(readable(request), pk=pk)
    return handed_out(journal.archive(shown), name=f"flag-{shown.pk}.zip", kind=ZIP)


@acts_as(*READERS)
@require_GET
def file(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    """A file that came with an answer, to save."""
    found = get_object_or_404(HearingFile, pk=number, flag=get_object_or_404(readable(request), pk=pk))
    return handed_out(bytes(found.content), name=found.name)


@acts_as(Role.AREA_OFFICER)
@require_POST
@transaction.atomic
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    """A named person decides, with a reason."""
    shown = get_object_or_404(readable(request).select_for_update(of=("self",)), pk=pk)
    if not deciding.possible(shown):
        messages.error(
            request,
            _("Somebody else has decided this already: it is %(state)s. Your decision was not saved.")
            % {"state": shown.get_state_display()},
        )
        return redirect(shown)
    form = DecisionForm(request.POST, flag=shown)
    if form.is_valid():
        try:
            deciding.decide(
                flag=shown,
                decision=form.cleaned_data["decision"],
                reason=form.cleaned_data["reason"],
                due_on=form.cleaned_data["due_on"],
                findings=form.findings,
                by=request.user,
                organisation=request.membership.organisation,
            )
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("Your decision is in the history."))
            return redirect(shown)
    return page_of(request, shown, decision=form)


@acts_as(Role.MANAGER)
@require_POST
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    """The jobcentre's answer to a hearing: given once."""
    shown = get_object_or_404(readable(request), pk=pk)
    form = AnswerForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            deciding.answer(
                flag=shown,
                text=form.cleaned_data["answer"],
                files=form.cleaned_data["attachments"],
                by=request.user,
                organisation=request.membership.organisation,
            )
        except TransitionRefused as refused:
            messages.error(request, " ".join(refused.messages))
            return redirect(shown)
        except ValidationError as refused:
            form.add_error("attachments", refused)
        else:
            messages.success(request, _("Your answer is sent to the area office."))
            return redirect(shown)
    return page_of(request, shown, answer=form)
