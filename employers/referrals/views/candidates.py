"""The caseworker's pages of candidates: the jobcentre's own, and those that fit a vacancy."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from employers.referrals import referring
from employers.referrals.columns import CANDIDATES
from employers.referrals.forms import CandidateForm, ReferForm, SeveralForm, initial_of
from employers.referrals.models import Candidate
from employers.referrals.proposing import propose
from employers.referrals.views.fates import tell_fates
from employers.vacancies.models import Vacancy
from employers.vacancies.models.vacancy import RUNNING
from jobcenter.accounts.models import Reading, Role
from jobcenter.accounts.reading import seen
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.classifications.models import Occupation
from jobcenter.pages import sheets
from jobcenter.pages.refusing import say_refused

ROWS_ON_A_PAGE = 25
Where = Reading.Where


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_safe
def candidates(request: StaffRequest) -> HttpResponseBase:
    """The jobcentre's own who seek work now; in an occupation, where the address names one."""
    found = (
        Candidate.objects.visible_to(request.jobcentre)
        .active()
        .select_related("occupation", "municipality", "owner", "jobcentre")
    )
    occupation = Occupation.objects.filter(code=request.GET.get("stilling", "")).first()
    if occupation:
        found = found.filter(occupation__code__startswith=occupation.code)
    if sheet := sheets.asked(request, _("Candidates"), CANDIDATES, found):
        seen(request, found, where=Where.FILE)
        return sheet
    page = Paginator(found, ROWS_ON_A_PAGE).get_page(request.GET.get("side"))
    seen(request, page, where=Where.LIST)
    return render(
        request,
        "employers/referrals/candidates.html",
        {
            "page": page,
            "occupation": occupation,
            "jobcentre": request.jobcentre,
            "today": timezone.localdate(),
        },
    )


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    today = timezone.localdate()
    home = request.jobcentre.municipalities(on=today).first()
    form = CandidateForm(
        request.POST or None,
        initial={"municipality": home, "from_day": today, "fewest_hours": 30, "most_hours": 37},
    )
    if request.method == "POST" and form.is_valid():
        made = referring.keep(form.values(), by=request.user, jobcentre=request.jobcentre)
        messages.success(
            request, _("The candidate is kept as %(reference)s.") % {"reference": made.reference}
        )
        return redirect(made)
    return render(request, "employers/referrals/candidate_form.html", {"form": form, "candidate": None})


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_safe
def candidate(request: StaffRequest, pk: int) -> HttpResponse:
    found = _candidate(request, pk)
    return render(
        request,
        "employers/referrals/candidate.html",
        {
            "candidate": found,
            "is_shown": found.is_shown_outside(on=timezone.localdate()),
            "referrals": found.referrals.select_related("vacancy__company", "vacancys_jobcentre"),
        },
    )


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: StaffRequest, pk: int) -> HttpResponse:
    """Change what is said; the second of two who save at once sees what the first has written."""
    found = _candidate(request, pk)
    form = CandidateForm(request.POST or None, initial=initial_of(found))
    now = None
    if request.method == "POST" and form.is_valid():
        try:
            found.change(
                form.values(),
                seen=form.cleaned_data["version"] or 0,
                by=request.user,
                organisation=request.jobcentre.organisation,
            )
        except TransitionRefused as refusal:
            form.add_error(None, refusal)
            now = found
        else:
            messages.success(request, _("It is saved."))
            return redirect(found)
    return render(
        request, "employers/referrals/candidate_form.html", {"form": form, "candidate": found, "now": now}
    )


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    found = _candidate(request, pk)
    try:
        referring.withdraw(found, by=request.user, organisation=request.jobcentre.organisation)
    except TransitionRefused as refusal:
        say_refused(request, refusal)
    else:
        messages.success(request, _("The candidate is withdrawn, and is shown to nobody from now on."))
    return redirect(found)


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def matches(request: StaffRequest, pk: int) -> HttpResponse:
    """The candidates that fit a vacancy: one's own, and for one's own vacancy those of the catchment.

    Several can be put forward at once; what becomes of each is told.
    """
    today = timezone.localdate()
    vacancy = _vacancy(request, pk)
    form = SeveralForm(
        request.POST or None,
        company=vacancy.company,
        offered=Candidate.objects.offered_to(
            jobcentre=request.jobcentre,
            responsible=vacancy.jobcentre,
            on=today,
            industry=vacancy.company.industry,
        ),
    )
    if request.method == "POST" and form.is_valid():
        fates = referring.refer_several(
            vacancy=vacancy, by=request.user, jobcentre=request.jobcentre, **form.cleaned_data
        )
        tell_fates(request, fates)
        return redirect("referrals:matches", pk)
    proposals = propose(vacancy=vacancy, jobcentre=request.jobcentre, on=today)
    seen(request, (one.candidate for one in proposals), where=Where.MATCHING)
    return render(
        request,
        "employers/referrals/matches.html",
        {
            "vacancy": vacancy,
            "conflict": vacancy.conflict(on=today),
            "proposals": proposals,
            "is_ours": vacancy.jobcentre_id == request.jobcentre.pk,
            "form": form,
            "today": today,
        },
    )


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def refer(request: StaffRequest, pk: int, candidate: int) -> HttpResponse:
    """Put one candidate forward for one vacancy, with a deadline."""
    today = timezone.localdate()
    vacancy = _vacancy(request, pk)
    offered = Candidate.objects.offered_to(
        jobcentre=request.jobcentre,
        responsible=vacancy.jobcentre,
        on=today,
        industry=vacancy.company.industry,
    )
    found = get_object_or_404(
        offered.select_related("occupation", "municipality", "jobcentre", "owner"), pk=candidate
    )
    seen(request, [found], where=Where.PAGE)
    form = ReferForm(request.POST or None, company=vacancy.company)
    if request.method == "POST" and form.is_valid():
        try:
            referring.refer(
                vacancy=vacancy,
                candidate=found,
                by=request.user,
                jobcentre=request.jobcentre,
                **form.cleaned_data,
            )
        except TransitionRefused as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request,
                _("The employer has been asked.")
                if found.jobcentre_id == request.jobcentre.pk
                else _("%(jobcentre)s has been asked.") % {"jobcentre": found.jobcentre},
            )
            return redirect("referrals:matches", pk)
    return render(
        request,
        "employers/referrals/refer.html",
        {
            "vacancy": vacancy,
            "candidate": found,
            "form": form,
            "is_own": found.jobcentre_id == request.jobcentre.pk,
            "is_shown": found.is_shown_outside(on=today),
        },
    )


def _candidate(request: StaffRequest, pk: int) -> Candidate:
    found = get_object_or_404(
        Candidate.objects.visible_to(request.jobcentre).select_related(
            "occupation", "municipality", "owner", "jobcentre"
        ),
        pk=pk,
    )
    seen(request, [found], where=Where.PAGE)
    return found


def _vacancy(request: StaffRequest, pk: int) -> Vacancy:
    return get_object_or_404(
        Vacancy.objects.visible_to(request.jobcentre)
        .filter(state__in=RUNNING)
        .select_related("company", "workplace__municipality", "occupation", "jobcentre"),
        pk=pk,
    )
