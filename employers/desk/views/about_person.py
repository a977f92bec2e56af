"""What the portal holds about a contact person, for the person who asks; and the erasure of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from employers.companies.erasing import ErasureRefused, Found, erase, find, refusals
from employers.companies.models import Company, Person
from employers.contacts.models import Contact
from employers.vacancies.fields import Line
from jobcenter.accounts.models import Reading, Role
from jobcenter.accounts.reading import seen
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.pages.fields import TOO_LONG
from jobcenter.pages.privacy import without_cpr
from jobcenter.pages.refusing import say_refused
from jobcenter.pages.sheets import ASKED


class ErasureForm(forms.Form):
    """Why, without saying who: the reason is kept when the person is not."""

    reason = Line(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Is kept. Write it without the person's name and e-mail."),
        max_length=300,
        validators=[without_cpr],
        error_messages={
            "required": gettext_lazy("Write why the person is erased"),
            "max_length": TOO_LONG,
        },
    )


@acts_as(Role.MANAGER)
@require_safe
def about_person(request: StaffRequest, pk: int, person: int) -> HttpResponse:
    """Everything that the jobcentre may see about one contact person, as a page or a file."""
    one = _person(request, pk, person)
    found = find(one, jobcentre=request.jobcentre, user=request.user)
    as_file = request.GET.get(ASKED) == "json"
    _note_as_read(request, found, where=Reading.Where.FILE if as_file else Reading.Where.PAGE)
    if as_file:
        named = {"Content-Disposition": f'attachment; filename="kontaktperson-{one.pk}.json"'}
        return JsonResponse(
            [_written(kind) for kind in found],
            safe=False,
            headers=named,
            json_dumps_params={"ensure_ascii": False, "indent": 2},
        )
    return render(
        request,
        "employers/desk/about_person.html",
        {"person": one, "company": one.company, "found": found, "jobcentre": request.jobcentre},
    )


@acts_as(Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def erase_person(request: StaffRequest, pk: int, person: int) -> HttpResponse:
    """Look at what goes and what is kept; then erase, with a reason."""
    one = _person(request, pk, person)
    form = ErasureForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            erase(one, jobcentre=request.jobcentre, by=request.user, reason=reason)
        except ErasureRefused as refusal:
            say_refused(request, refusal)
        else:
            messages.success(request, _("The person is erased."))
            return redirect("desk:company_part", one.company.pk, "personer")
    found = find(one, jobcentre=request.jobcentre, user=request.user)
    return render(
        request,
        "employers/desk/erase_person.html",
        {
            "person": one,
            "company": one.company,
            "form": form,
            "refusals": refusals(one, jobcentre=request.jobcentre, user=request.user),
            "goes": [kind for kind in found if kind.about.forget],
            "stays": [kind for kind in found if not kind.about.forget],
        },
    )


def _person(request: StaffRequest, pk: int, person: int) -> Person:
    """Of a company in the jobcentre's own municipalities, as those who may merge it."""
    company = get_object_or_404(Company.objects.of(request.jobcentre), pk=pk)
    return get_object_or_404(company.people.select_related("company"), pk=person)


def _note_as_read(request: StaffRequest, found: list[Found], *, where: str) -> None:
    """Contacts are read when their note is: the jobcentre's own."""
    rows = (row for kind in found for row in kind.rows if isinstance(row, Contact))
    seen(request, (row for row in rows if row.note and row.jobcentre == request.jobcentre), where=where)


def _written(kind: Found) -> dict[str, Any]:
    return {
        "kind": str(kind.about.name),
        "rows": [dict(told) for told in kind.told],
        "elsewhere": list(kind.elsewhere),
    }
