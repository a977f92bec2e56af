"""An employer's own page of all who were put forward for its vacancies, answered there in one click."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from employers.referrals import referring
from employers.referrals.forms import OfVacancyForm, WhyForm
from employers.referrals.letters import SAYS, SLUGS
from employers.referrals.models import TRANSITIONS, Referral, ReferralQuerySet, State
from jobcenter.accounts.models import Reading, Role
from jobcenter.accounts.reading import seen
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.pages.refusing import say_refused

ROWS_ON_A_PAGE = 20

WITH = (
    "vacancy",
    "candidate__occupation",
    "candidate__municipality",
    "candidate__owner",
    "candidate__jobcentre",
    "candidates_jobcentre",
)


@acts_as(Role.EMPLOYER)
@require_safe
def put_forward(request: StaffRequest) -> HttpResponse:
    """Those that wait for an answer, and what became of the others, for all of the company's vacancies."""
    return _shown(request)


@acts_as(Role.EMPLOYER)
@require_POST
def answer_own(request: StaffRequest, pk: int, slug: str) -> HttpResponse:
    """One answer. The second of two colleagues who answer at once is told that it was answered."""
    if slug not in SLUGS:
        raise Http404
    found = get_object_or_404(_of_company(request).select_related(*WITH), pk=pk)
    form = WhyForm(request.POST, prefix=str(pk)) if SLUGS[slug] == State.NOT_SUITABLE else None
    if form and not form.is_valid():
        return _shown(request, bound=form, of=pk)
    try:
        referring.answer(
            found, answer=SLUGS[slug], reason=form.cleaned_data["reason"] if form else "", by=request.user
        )
    except TransitionRefused as refusal:
        say_refused(request, refusal)
    else:
        messages.success(request, _("Thank you. The jobcentre has your answer."))
    return redirect("referrals:put_forward")


def _of_company(request: StaffRequest) -> ReferralQuerySet:
    """Whoever is not confirmed yet sees nobody: candidates are for those who act for the company."""
    if not request.membership.confirmed_at:
        raise PermissionDenied("The person is not confirmed yet.")
    return Referral.objects.shown_to_employer(request.company)


def _shown(request: StaffRequest, *, bound: WhyForm | None = None, of: int | None = None) -> HttpResponse:
    everybody = _of_company(request)
    chosen = OfVacancyForm(request.GET, company=request.company)
    ended = chosen.chosen(everybody).ended().select_related(*WITH).order_by("-ended_at", "-pk")
    waiting = list(everybody.to_answer().select_related(*WITH))
    page = Paginator(ended, ROWS_ON_A_PAGE).get_page(request.GET.get("side"))
    shown = (*waiting, *(one for one in page if not one.is_hidden))
    seen(request, (one.candidate for one in shown), where=Reading.Where.LIST)
    return render(
        request,
        "employers/referrals/put_forward.html",
        {
            "company": request.company,
            "waiting": [
                _card(one, bound if one.pk == of else WhyForm(prefix=str(one.pk))) for one in waiting
            ],
            "page": page,
            "chosen": chosen,
            "form": bound,
        },
    )


def _card(referral: Referral, form: WhyForm | None) -> dict[str, Any]:
    """A candidate with the answers that can be given now; "not suitable" asks for its reason."""
    can_be_given = TRANSITIONS[State(referral.state)]
    return {
        "referral": referral,
        "form": form,
        "answers": [
            (slug, SAYS[slug])
            for slug, state in SLUGS.items()
            if state in can_be_given and state != State.NOT_SUITABLE
        ],
    }
