"""A company or a person typed in by a caseworker, and what is known already while they type."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from employers.companies.adoption import adopt_company, adopt_workplace
from employers.companies.countries import HOME
from employers.companies.following import company_or_404, locked
from employers.companies.models import Company, Person, Workplace
from employers.companies.register import RegisterAway, lookup
from employers.companies.resembling import companies_like, people_like
from employers.desk.merging_forms import CompanyForm, PersonForm
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_safe
def companies(request: StaffRequest) -> HttpResponse:
    """Companies like what is typed so far, into the form."""
    known = companies_like(
        name=request.GET.get("name", "")[:200],
        number=request.GET.get("number", "")[:40],
        reader=request.jobcentre,
    )
    return render(request, "employers/desk/knowing/companies.html", {"known": known})


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_safe
def people(request: StaffRequest, pk: int) -> HttpResponse:
    """People of the company like what is typed so far, into the form."""
    company = company_or_404(Company.objects.visible_to(request.jobcentre), pk)
    asked = {name: request.GET.get(name, "")[:200] for name in ("name", "new_person", "email", "phone")}
    # The quick log of a contact has another name for the field.
    name = asked["name"] or asked["new_person"]
    known = people_like(company, name=name, email=asked["email"], phone=asked["phone"])
    return render(request, "employers/desk/knowing/people.html", {"known": known, "company": company})


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def new_company(request: StaffRequest) -> HttpResponse:
    """A company typed in. One that is like it is shown first, and only “none of those” goes on.

    One with the same number is never made again.
    """
    form = CompanyForm(request.POST or None)
    known = []
    if form.is_valid():
        values = form.cleaned_data
        known = companies_like(name=values["name"], number=values["number"], reader=request.jobcentre)
        if any(one.by_number for one in known):
            form.add_error("number", _("There is a company with this number already"))
        elif not known or values["anyway"]:
            made = _made(form)
            messages.success(request, _("%(company)s is kept.") % {"company": made})
            return redirect(made)
    return render(request, "employers/desk/knowing/company.html", {"form": form, "known": known})


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def new_person(request: StaffRequest, pk: int) -> HttpResponse:
    """Somebody typed in. Whoever is like them is shown first; an address is one person's."""
    company = company_or_404(Company.objects.visible_to(request.jobcentre), pk)
    form = PersonForm(request.POST or None, company=company.pk)
    known: list[Person] = []
    if form.is_valid():
        values: dict[str, Any] = {name: form.cleaned_data[name] for name in ("name", "email", "phone")}
        with transaction.atomic():
            company = locked(company)
            known = people_like(company, **values)
            if values["email"] and any(one.email.lower() == values["email"].lower() for one in known):
                form.add_error("email", _("Somebody in the company has this address already"))
            elif not known or form.cleaned_data["anyway"]:
                company.people.create(**values)
                messages.success(request, _("%(name)s is kept.") % {"name": values["name"]})
                return redirect("desk:company_part", company.pk, "personer")
    return render(
        request, "employers/desk/knowing/person.html", {"form": form, "company": company, "known": known}
    )


@transaction.atomic
def _made(form: CompanyForm) -> Company:
    """As the register has it where it knows the number; else as it was typed."""
    values = form.cleaned_data
    is_danish = values["country"] == HOME
    try:
        registered = lookup(values["number"]) if is_danish else None
    except RegisterAway:
        registered = None
    if registered:
        company = adopt_company(registered)
        for place in registered.workplaces:
            adopt_workplace(company, place)
    else:
        company = Company.objects.create(
            name=values["name"],
            country=values["country"],
            cvr=values["number"] if is_danish else None,
            foreign_number="" if is_danish else values["number"],
        )
    if not company.workplaces.filter(postcode=values["postcode"]).exists():
        Workplace.objects.create(
            company=company,
            address=values["address"],
            postcode=values["postcode"],
            municipality=form.municipality,
        )
    return company
