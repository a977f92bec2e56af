"""The jobcentre's referrals in three heaps: those that wait for a yes or no, with the employer, and ended."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from employers.referrals import referring
from employers.referrals.columns import referrals_as_seen_by
from employers.referrals.figures import counts
from employers.referrals.forms import CitizensAnswerForm, DeclineForm, ReferralsForm, Which
from employers.referrals.models import Referral, State
from employers.referrals.views.fates import tell_fates
from jobcenter.accounts.models import Reading, Role
from jobcenter.accounts.reading import seen
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.centres.models import Jobcentre
from jobcenter.pages import sheets
from jobcenter.pages.refusing import say_refused

ROWS_ON_A_PAGE = 25

WITH = (
    "vacancy__company",
    "vacancy__workplace__municipality",
    "candidate__occupation",
    "candidate__jobcentre",
    "candidates_jobcentre",
    "vacancys_jobcentre",
    "referred_by",
    "citizens_answer__by",
)


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_safe
def referrals(request: StaffRequest) -> HttpResponseBase:
    found = ReferralsForm(request.GET, jobcentre=request.jobcentre).chosen().select_related(*WITH)
    if sheet := sheets.asked(request, _("Referrals"), referrals_as_seen_by(request.jobcentre), found):
        seen(request, (one.candidate for one in found), where=Reading.Where.FILE)
        return sheet
    return _shown(request, request.GET)


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def accept_several(request: StaffRequest) -> HttpResponse:
    """Say yes to those that are ticked; what became of each is told."""
    ticked = [int(pk) for pk in request.POST.getlist("referrals") if pk.isdecimal()]
    found = Referral.objects.to_decide(request.jobcentre).filter(pk__in=ticked).select_related(*WITH)
    if not ticked:
        messages.warning(request, _("Nobody was chosen."))
    tell_fates(
        request,
        referring.accept_several(found, by=request.user, organisation=request.jobcentre.organisation),
    )
    return redirect("referrals:referrals")


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def take(request: StaffRequest, pk: int, step: str) -> HttpResponse:
    """Accept, decline, or answer to "did not come": the candidate's own jobcentre only."""
    if step not in ("accepter", "afslaa", "svar"):
        raise Http404
    found = get_object_or_404(
        Referral.objects.filter(candidates_jobcentre=request.jobcentre).select_related(*WITH, "person"), pk=pk
    )
    heap = {"vis": Which.ENDED if step == "svar" else Which.WAITING}
    forms: dict[str, Any] = {"afslaa": DeclineForm, "svar": CitizensAnswerForm}
    form: Any = forms[step](request.POST, prefix=str(pk)) if step in forms else None
    if form and not form.is_valid():
        asked = QueryDict(urlencode({**heap, "q": found.candidate.reference}))
        return _shown(request, asked, bound=form, of=found.pk)
    who = {"by": request.user, "organisation": request.jobcentre.organisation}
    try:
        match step:
            case "accepter":
                referring.accept(found, **who)
                messages.success(request, _("It is accepted, and the employer has been asked."))
            case "afslaa":
                referring.decline(found, reason=form.cleaned_data["reason"], **who)
                messages.success(request, _("It is declined, and whoever asked has been told."))
            case _:
                referring.add_citizens_answer(found, text=form.cleaned_data["text"], by=request.user)
                messages.success(request, _("The answer is kept. Only your jobcentre sees it."))
    except TransitionRefused as refusal:
        say_refused(request, refusal)
    return redirect(reverse("referrals:referrals", query=heap))


def _shown(request: StaffRequest, asked: Any, *, bound: Any = None, of: int | None = None) -> HttpResponse:
    ours = request.jobcentre
    today = timezone.localdate()
    chosen = ReferralsForm(asked, jobcentre=ours)
    page = Paginator(chosen.chosen().select_related(*WITH), ROWS_ON_A_PAGE).get_page(asked.get("side"))
    rows = [_row(one, request, bound if one.pk == of else None) for one in page]
    numbers = chosen.counts()
    told = counts(first=date(today.year, 1, 1), last=today, of=Jobcentre.objects.filter(pk=ours.pk))
    shown = (one for one in page if one.candidates_jobcentre_id == ours.pk or not one.is_hidden)
    seen(request, (one.candidate for one in shown), where=Reading.Where.LIST)
    return render(
        request,
        "employers/referrals/referrals.html",
        {
            "rows": rows,
            "page": page,
            "chosen": chosen,
            "heaps": [(one, numbers[one.name]) for one in Which],
            "may_accept": sum(row["decline"] is not None for row in rows) > 1,
            "jobcentre": ours,
            "form": bound,
            "hired": told.of_jobcentre[ours.pk],
            "across": told.across[ours.pk],
        },
    )


def _row(referral: Referral, request: StaffRequest, bound: Any) -> dict[str, Any]:
    key = str(referral.pk)
    is_own = referral.candidates_jobcentre_id == request.jobcentre.pk
    said = getattr(referral, "citizens_answer", None) if is_own else None
    may_answer = is_own and referral.state == State.DID_NOT_COME and said is None
    may_decide = is_own and referral.state == State.PROPOSED
    return {
        "referral": referral,
        "is_own": is_own,
        "is_hidden": not is_own and referral.is_hidden,
        "state": referral.state_shown_to(request.jobcentre),
        "reason": referral.reason_shown_to(request.jobcentre),
        "said": said,
        "form": (bound or CitizensAnswerForm(prefix=key)) if may_answer else None,
        "decline": (bound or DeclineForm(prefix=key)) if may_decide else None,
    }
