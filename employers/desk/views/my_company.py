"""An employer's own pages: what they have asked, their vacancies, and who has contacted them about what."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Min, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from employers.access.models import AccessRequest
from employers.companies.models import Company
from employers.contacts.models import Contact, FollowUp
from employers.contacts.preferences import preferences_of, wishes
from employers.desk import timeline
from employers.desk.forms import WhoForm
from employers.enquiries.models import Enquiry, EnquiryQuerySet
from employers.placements.models import Placement
from employers.referrals.models import Referral, State
from employers.vacancies.models import Vacancy, VacancyQuerySet
from jobcenter.accounts.models import Membership, Role
from jobcenter.accounts.scope import StaffRequest, acts_as

ROWS_ON_A_PAGE = 10
CONTACTS_SHOWN = 3
CONTACTS_ON_A_PAGE = 20


@acts_as(Role.EMPLOYER)
@require_safe
def my_company(request: StaffRequest) -> HttpResponse:
    """Everything, once the membership is confirmed; before that only what this person has sent."""
    company = request.company
    is_confirmed = request.membership.confirmed_at is not None
    known = Enquiry.objects.visible_to_employer(company, user=request.user)
    enquiries = known.select_related("jobcentre", "owner", "vacancy")
    # One that came by import or was planted has no enquiry with a private page to handle it on.
    vacancies = (
        Vacancy.objects.filter(company=company)
        .select_related("workplace__municipality", "enquiry")
        .annotate(has_enquiry=Q(enquiry__isnull=False))
    )
    placements = Placement.objects.filter(company=company).select_related("owner", "jobcentre")
    if not is_confirmed:
        enquiries = enquiries.filter(person__email__iexact=request.user.email)
        vacancies = vacancies.filter(enquiry__in=enquiries)
        placements = placements.filter(person__email__iexact=request.user.email)
    return render(
        request,
        "employers/desk/my_company.html",
        {
            "company": company,
            "is_confirmed": is_confirmed,
            "waits_since": None if is_confirmed else _waits_since(request),
            "now": _now(enquiries, vacancies),
            "enquiries": Paginator(enquiries, ROWS_ON_A_PAGE).get_page(request.GET.get("henvendelser")),
            "vacancies": Paginator(vacancies.order_by("-created_at", "-pk"), ROWS_ON_A_PAGE).get_page(
                request.GET.get("stillinger")
            ),
            "placements": Paginator(placements.order_by("-created_at", "-pk"), ROWS_ON_A_PAGE).get_page(
                request.GET.get("forloeb")
            ),
            **(_about_the_company(request) if is_confirmed else {}),
        },
    )


@acts_as(Role.EMPLOYER)
@require_safe
def who_contacted_us(request: StaffRequest) -> HttpResponse:
    """Every contact: when, from which jobcentre, by whom and about what; and what they plan. No notes."""
    if not request.membership.confirmed_at:
        raise PermissionDenied("The person is not confirmed yet.")
    company = request.company
    contacts = Contact.objects.about(company).held()
    form = WhoForm(request.GET, company=company)
    page = Paginator(form.chosen(contacts, at=timezone.now()), CONTACTS_ON_A_PAGE).get_page(
        request.GET.get("side")
    )
    return render(
        request,
        "employers/desk/who_contacted_us.html",
        {
            "company": company,
            "form": form,
            "is_narrowed": form.is_narrowed,
            "page": page,
            "entries": [timeline.of_contact(one, reader=None) for one in page.object_list],
            "planned": _planned(company),
        },
    )


def _now(enquiries: EnquiryQuerySet, vacancies: VacancyQuerySet) -> dict[str, Any]:
    """What goes on: enquiries that wait, and the vacancies people can apply for. Three queries."""
    waiting = enquiries.waiting()
    first = waiting.first()
    return {
        "waiting": waiting.count(),
        "next_answer": first.due_at if first else None,
        "public": vacancies.public().count(),
        "first_deadline": vacancies.public().order_by("apply_by").values_list("apply_by", flat=True).first(),
    }


def _about_the_company(request: StaffRequest) -> dict[str, Any]:
    """What only those see who are confirmed to act for the company."""
    company, now = request.company, timezone.now()
    people = Membership.objects.confirmed().filter(organisation=request.membership.organisation_id)
    newest = Contact.objects.about(company).held()[:CONTACTS_SHOWN]
    put_forward = Referral.objects.shown_to_employer(company)
    return {
        "put_forward": put_forward.count(),
        "to_answer": put_forward.to_answer().aggregate(
            number=Count("pk"), first=Min("deadline", filter=Q(state=State.SENT))
        ),
        "wishes": wishes(preferences_of(company), at=now),
        "people": people.count(),
        "asking": AccessRequest.objects.of_company(company).count()
        if request.membership.is_administrator
        else 0,
        "entries": [timeline.of_contact(one, reader=None) for one in newest],
        "contacts_in_all": Contact.objects.held().filter(company=company).count(),
        "next_planned": next(iter(_planned(company)), None),
    }


def _planned(company: Company) -> list[timeline.Plan]:
    """What jobcentres mean to do next with the company, contacts and next steps, the first first."""
    steps = (
        FollowUp.objects.open()
        .filter(company=company, due_on__gte=timezone.localdate())
        .select_related("contact", "jobcentre", "owner")
        .order_by("due_on", "pk")[:CONTACTS_ON_A_PAGE]
    )
    contacts = Contact.objects.about(company).ahead(at=timezone.now())[:CONTACTS_ON_A_PAGE]
    plans = [*map(timeline.of_plan, steps), *map(timeline.of_planned, contacts)]
    return sorted(plans, key=lambda plan: plan.on)[:CONTACTS_ON_A_PAGE]


def _waits_since(request: StaffRequest) -> Any:
    waiting = AccessRequest.objects.of_company(request.company).filter(user=request.user)
    return waiting.values_list("proven_at", flat=True).first()
