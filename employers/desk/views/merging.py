"""Two companies, or two contact persons, that are one: finding them, making them one, and undoing it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from employers.companies.finding import find
from employers.companies.merging import Either, MergeRefused, look, merge, moved_in, undo
from employers.companies.models import Company, CompanyQuerySet, Merge, Person
from employers.companies.resembling import MOST_SHOWN, people_like
from employers.contacts.models import Contact, FollowUp
from employers.desk.merging_forms import DoublesForm, MergeForm
from employers.enquiries.models import Enquiry
from employers.placements.models import Placement
from employers.vacancies.models import Vacancy
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.pages.refusing import say_refused

ROWS_ON_A_PAGE = 25

COUNTED = (
    "companies.Workplace.company",
    "companies.Person.company",
    "contacts.Contact.company",
    "contacts.Contact.person",
    "contacts.FollowUp.company",
    "contacts.Lead.company",
    "enquiries.Enquiry.company",
    "enquiries.Enquiry.person",
    "vacancies.Vacancy.company",
    "placements.Placement.company",
    "placements.Placement.person",
)
"""What is told of what moves. All else moves, too; some of it only others may know of."""


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_safe
def doubles(request: StaffRequest, pk: int) -> HttpResponse:
    """Which other company may be this one? Those of a like name, or those sought for."""
    company = get_object_or_404(_ours(request), pk=pk)
    form = DoublesForm(request.GET or None)
    sought = (form.cleaned_data["q"].strip() if form.is_valid() else "") or company.name
    found = find(_ours(request).exclude(pk=pk), sought, most=MOST_SHOWN)
    rows = [{"name": one.name, "note": _places(one), "pair": _pair(company, one)} for one in found]
    return render(
        request, "employers/desk/merging/doubles.html", {"company": company, "form": form, "rows": rows}
    )


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def companies(request: StaffRequest, pk: int, other: int) -> HttpResponse:
    """Look at what merging the other into this company does; then do it."""
    stays = get_object_or_404(_ours(request), pk=pk)
    goes = get_object_or_404(_ours(request), pk=other)
    return _merging(request, stays, goes, company=stays)


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_safe
def double_people(request: StaffRequest, pk: int, person: int) -> HttpResponse:
    """Who else in the company may be this person? Those like them first, then the others."""
    company = get_object_or_404(_ours(request), pk=pk)
    this = get_object_or_404(company.people, pk=person)
    alike = people_like(company, name=this.name, email=this.email, phone=this.phone, but=this)
    rest = company.people.exclude(pk__in=[this.pk, *(one.pk for one in alike)])
    rows = [
        {"name": one.name, "note": _reached_by(one), "pair": (this, one)} for one in [*alike, *rest][:MANY]
    ]
    return render(
        request,
        "employers/desk/merging/doubles.html",
        {"company": company, "person": this, "form": None, "rows": rows},
    )


MANY = 50


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: StaffRequest, pk: int, person: int, other: int) -> HttpResponse:
    """Look at what merging the other into this person does; then do it."""
    company = get_object_or_404(_ours(request), pk=pk)
    stays = get_object_or_404(company.people, pk=person)
    goes = get_object_or_404(company.people, pk=other)
    return _merging(request, stays, goes, company=company)


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_safe
def merges(request: StaffRequest) -> HttpResponse:
    """What the jobcentre has merged, the latest first."""
    found = Merge.objects.visible_to(request.jobcentre).select_related("by", "undone_by")
    page = Paginator(found, ROWS_ON_A_PAGE).get_page(request.GET.get("side"))
    return render(
        request, "employers/desk/merging/merges.html", {"page": page, "jobcentre": request.jobcentre}
    )


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def one_merge(request: StaffRequest, pk: int) -> HttpResponse:
    """What was merged, by whom and why, and what moved; a POST undoes it."""
    found = Merge.objects.visible_to(request.jobcentre).select_related("by", "undone_by", "company")
    done = get_object_or_404(found, pk=pk)
    if request.method == "POST":
        try:
            said = undo(done, by=request.user)
        except MergeRefused as refusal:
            say_refused(request, refusal)
        else:
            messages.success(request, _("The merge is undone: %(gone)s is back.") % {"gone": done.gone_name})
            for sentence in said:
                messages.info(request, sentence)
        return redirect(done)
    moved = _counted(moved_in(done.kept["moved"]), request)
    return render(request, "employers/desk/merging/merge.html", {"merge": done, "moved": moved})


def _merging(request: StaffRequest, stays: Either, goes: Either, *, company: Company) -> HttpResponse:
    seen = look(stays, goes)
    form = MergeForm(request.POST or None, differences=seen.differences)
    if form.is_valid() and not seen.refusals:
        try:
            done = merge(
                stays,
                goes,
                chosen=form.chosen(),
                by=request.user,
                jobcentre=request.jobcentre,
                why=form.cleaned_data["why"],
            )
        except MergeRefused as refusal:
            say_refused(request, refusal)
        else:
            messages.success(request, _("They are one now. You can undo it here."))
            return redirect(done)
    organisation = stays.organisation if isinstance(stays, Company) else None
    return render(
        request,
        "employers/desk/merging/preview.html",
        {
            "company": company,
            "stays": _card(stays),
            "goes": _card(goes),
            "is_company": isinstance(stays, Company),
            "form": form,
            "refusals": seen.refusals,
            "filled": [one for one in seen.differences if not one.must_choose and one.theirs],
            "notes": seen.notes,
            "moved": _counted(seen.moved, request),
            "users": organisation.memberships.count() if organisation else 0,
        },
    )


def _ours(request: StaffRequest) -> CompanyQuerySet:
    """Companies of the jobcentre's own municipalities: whoever answers for them may merge them."""
    return (
        Company.objects.of(request.jobcentre)
        .select_related("industry", "organisation")
        .prefetch_related("workplaces")
    )


def _pair(company: Company, other: Company) -> tuple[Company, Company]:
    """Which stays: the one in the register, of two such the one in force; else the one one came from."""
    rank = [(one.from_register, not one.has_ceased) for one in (company, other)]
    return (other, company) if rank[1] > rank[0] else (company, other)


def _card(one: Either) -> dict[str, Any]:
    if isinstance(one, Company):
        return {"row": one, "name": one.name, "note": _places(one), "is_known": one.from_register}
    return {"row": one, "name": one.name, "note": _reached_by(one), "is_known": False}


def _places(company: Company) -> str:
    return " · ".join([company.number, *(str(one) for one in company.workplaces.all())])


def _reached_by(person: Person) -> str:
    return " · ".join(part for part in (person.email, person.phone) if part)


def _counted(moved: Mapping[str, list[int]], request: StaffRequest) -> list[tuple[str, int]]:
    """Name and number of each kind of thing that moves, as far as the reader may see them."""
    rows: dict[Any, set[int]] = {}
    for label in COUNTED:
        rows.setdefault(apps.get_model(label.rpartition(".")[0]), set()).update(moved.get(label, []))
    counts = []
    for model, pks in rows.items():
        if number := _readable(model._base_manager.filter(pk__in=pks), request).count():
            counts.append((capfirst(str(model._meta.verbose_name_plural)), number))
    return counts


def _readable(rows: QuerySet[Any], request: StaffRequest) -> QuerySet[Any]:
    """Of enquiries all that are not confidential; of what is a jobcentre's own only the reader's."""
    if rows.model is Enquiry:
        return Enquiry.objects.open_to(request.user).filter(pk__in=rows)
    if rows.model in (FollowUp, Vacancy, Placement, Contact):
        return rows.model.objects.visible_to(request.jobcentre).filter(pk__in=rows)
    return rows
