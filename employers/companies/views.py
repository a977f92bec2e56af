"""What the register says about a number that somebody is typing."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from employers.companies import register
from employers.companies.cvr import checked
from jobcenter.accounts.scope import public


@public
@require_safe
def lookup(request: HttpRequest) -> HttpResponse:
    """A fragment about `?cvr=…`: the company with its workplaces, or a sentence that says what to do."""
    typed = request.GET.get("cvr", "").strip()
    found, problem = None, ""
    try:
        found = register.lookup(checked(typed)) if typed else None
    except ValidationError as error:
        problem = " ".join(error.messages)
    if not typed:
        problem = _("Write the company's CVR number")
    elif not found and not problem:
        problem = _(
            "The CVR register does not have this number. Write the company's name and address yourself."
        )
    return render(request, "employers/companies/lookup.html", {"found": found, "problem": problem})
