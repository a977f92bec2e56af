"""A vacancy through its whole life, as the caseworker handles it for the employer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from employers.desk.forms import PublishForm, SendBackForm, VerifyForm
from employers.desk.views.enquiries import to_think_of
from employers.enquiries import vacancy_life
from employers.enquiries.models import Enquiry
from employers.referrals.models import OPEN, Referral
from employers.vacancies.models import Vacancy, Verification
from employers.vacancies.outlook import prospect_for
from employers.vacancies.steps import STEPS, possible
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.pages.refusing import say_refused


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_safe
def vacancy(request: StaffRequest, pk: int) -> HttpResponse:
    return _shown(request, _enquiry(request, pk))


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def step(request: StaffRequest, pk: int, slug: str) -> HttpResponse:
    """A step of its life, taken for the employer. What is wrong stands on the page of the vacancy."""
    found = _enquiry(request, pk)
    if slug not in STEPS:
        raise Http404
    taken = STEPS[slug]
    form = taken.form(request.POST, vacancy=vacancy_life.vacancy_of(found), prefix=slug)
    if not form.is_valid():
        return _shown(request, found, bound={slug: form})
    try:
        vacancy_life.take(taken, found, form, by=request.user, organisation=request.jobcentre.organisation)
    except TransitionRefused as refusal:
        say_refused(request, refusal)
    else:
        messages.success(request, str(taken.done))
    return redirect("desk:vacancy", pk=pk)


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def send_back(request: StaffRequest, pk: int) -> HttpResponse:
    """Let the employer change it: they are mailed what."""
    found = _enquiry(request, pk)
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return _publish_page(request, found, send_back=form)
    try:
        vacancy_life.send_back(
            found,
            reason=form.cleaned_data["reason"],
            by=request.user,
            organisation=request.jobcentre.organisation,
        )
    except TransitionRefused as refusal:
        say_refused(request, refusal)
    else:
        messages.success(request, _("The vacancy is sent back, and the employer is told what to change."))
    return redirect("desk:enquiry", pk=pk)


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def verify(request: StaffRequest, pk: int) -> HttpResponse:
    """From now on the sender publishes the company's vacancies without us."""
    found = _enquiry(request, pk)
    form = VerifyForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, verify=form)
    if not found.is_confirmed:
        messages.warning(request, _("The sender has not yet confirmed their e-mail address."))
        return redirect("desk:vacancy", pk=pk)
    try:
        with transaction.atomic():
            Verification.objects.create(
                company=found.company,
                person=found.person,
                jobcentre=request.jobcentre,
                by=request.user,
                how=form.cleaned_data["how"],
            )
    except IntegrityError as error:
        if "verification_once_for_a_person" not in str(error):
            raise
        messages.warning(request, _("This person is verified already."))
    else:
        messages.success(
            request, _("What %(person)s sends is published at once from now on.") % {"person": found.person}
        )
    return redirect("desk:vacancy", pk=pk)


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def end_verification(request: StaffRequest, pk: int) -> HttpResponse:
    """From now on a caseworker looks at what the sender sends. A second time changes nothing."""
    found = _enquiry(request, pk)
    with transaction.atomic():
        Verification.objects.in_force().filter(person=found.person_id).update(
            ended_at=timezone.now(), ended_by=request.user
        )
    messages.success(
        request, _("A caseworker looks at what %(person)s sends from now on.") % {"person": found.person}
    )
    return redirect("desk:vacancy", pk=pk)


def _enquiry(request: StaffRequest, pk: int) -> Enquiry:
    of_jobcentre = Enquiry.objects.visible_to(request.jobcentre, user=request.user).exclude(vacancy=None)
    return get_object_or_404(
        of_jobcentre.select_related(
            *("company", "person", "confirmation", "owner", "jobcentre"),
            *(
                "vacancy__occupation",
                "vacancy__workplace__municipality",
                "vacancy__company",
                "vacancy__jobcentre",
            ),
        ),
        pk=pk,
    )


def _shown(
    request: StaffRequest, found: Enquiry, *, bound: dict[str, Any] | None = None, verify: Any = None
) -> HttpResponse:
    """The page of the vacancy. `bound`: the forms that were posted, by their step."""
    vacancy, bound = vacancy_life.vacancy_of(found), bound or {}
    steps = [
        (step, bound.get(step.slug) or step.form(vacancy=vacancy, prefix=step.slug))
        for step in possible(vacancy)
    ]
    referrals = list(
        Referral.objects.visible_to(request.jobcentre)
        .filter(vacancy=vacancy)
        .select_related("candidate", "candidates_jobcentre", "referred_by")
    )
    return render(
        request,
        "employers/desk/vacancy.html",
        {
            "enquiry": found,
            "vacancy": vacancy,
            "referrals": [
                {
                    "referral": one,
                    "reference": one.reference_shown_to(request.jobcentre),
                    "state": one.state_shown_to(request.jobcentre),
                }
                for one in referrals
            ],
            "open_referrals": len([one for one in referrals if one.state in OPEN]),
            "prospect": prospect_for(vacancy, on=timezone.localdate()),
            "steps": steps,
            "faulty": next(iter(bound.values()), verify),
            "fillings": list(vacancy.fillings.select_related("by", "organisation")),
            "verification": Verification.objects.in_force()
            .filter(person=found.person_id)
            .select_related("by", "jobcentre")
            .first(),
            "verify": verify or VerifyForm(),
            **to_think_of(vacancy),
        },
    )


def _publish_page(request: StaffRequest, found: Enquiry, *, send_back: SendBackForm) -> HttpResponse:
    vacancy: Vacancy = vacancy_life.vacancy_of(found)
    vacancy.published_at = vacancy.published_at or timezone.now()
    return render(
        request,
        "employers/desk/publish.html",
        {
            "enquiry": found,
            "vacancy": vacancy,
            "prospect": prospect_for(vacancy, on=timezone.localdate()),
            "is_too_late": vacancy.apply_by < timezone.localdate(),
            "form": PublishForm(needs_a_reason=vacancy.needs_a_reason),
            "send_back": send_back,
            **to_think_of(vacancy),
        },
    )
