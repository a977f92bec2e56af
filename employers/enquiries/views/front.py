"""The one entrance: what do you need? And what one can count on."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from employers.enquiries import letters
from employers.enquiries.forms import FindForm
from employers.enquiries.kinds import offered
from employers.enquiries.models import Enquiry
from employers.enquiries.promise import kept, promised_days
from employers.vacancies.models import Vacancy
from jobcenter.accounts.scope import public


@public
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    return render(
        request,
        "employers/enquiries/front.html",
        {
            "choices": offered(on=timezone.localdate(now)).items(),
            "days": promised_days(at=now),
            "kept": kept(at=now),
            "vacancies": Vacancy.objects.public().count(),
        },
    )


@public
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Mail the link again. The page never tells whether the reference and the address belong together."""
    form = FindForm(request.POST or None)
    asked = form.is_valid()
    if asked:
        with transaction.atomic():
            found = Enquiry.objects.select_related("person", "jobcentre").filter(
                reference=form.cleaned_data["reference"], person__email=form.cleaned_data["email"]
            )
            if enquiry := found.first():
                letters.send_link(enquiry)
    return render(request, "employers/enquiries/find.html", {"form": form, "asked": asked})
