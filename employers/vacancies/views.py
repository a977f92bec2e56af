"""The public's view of vacancies, and the help with finding an occupation."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from employers.vacancies.forms import VacancyForm
from employers.vacancies.job_posting import as_script, job_posting
from employers.vacancies.known import municipalities
from employers.vacancies.models import ExternalVacancy, Vacancy
from employers.vacancies.models.vacancy import RUNNING
from employers.vacancies.outlook import prospect_for, prospect_in
from jobcenter.accounts.scope import public
from jobcenter.pages.views import gone


@public
@require_safe
def vacancy(request: HttpRequest, pk: int) -> HttpResponse:
    """A published vacancy; 410 when it is closed or the time to apply is over, 404 if it never was public.

    One that is paused is there and says so, but is in no search, of ours or others'.
    """
    today = timezone.localdate()
    found = (
        Vacancy.objects.exclude(published_at=None)
        .select_related("company", "workplace__municipality", "occupation", "jobcentre")
        .filter(pk=pk)
        .first()
    )
    if not found:
        raise Http404
    if found.state not in RUNNING or found.apply_by < today:
        return gone(
            request,
            heading=_("The vacancy is no longer open"),
            text=_("It has been closed, or the last day to apply is over. There may be others like it."),
        )
    address = settings.PUBLIC_URL + found.get_absolute_url()
    return render(
        request,
        "employers/vacancies/vacancy.html",
        {
            "vacancy": found,
            "prospect": prospect_for(found, on=today),
            "posting": as_script(job_posting(found, address=address))
            if found.state == Vacancy.State.PUBLISHED
            else "",
        },
    )


@public
@require_safe
def external(request: HttpRequest, pk: int) -> HttpResponse:
    """A vacancy from outside; 410 when it is over, and the way to the one it repeats."""
    found = get_object_or_404(
        ExternalVacancy.objects.exclude(state=ExternalVacancy.State.HELD).select_related(
            "source", "municipality", "occupation", "same_vacancy", "same_external"
        ),
        pk=pk,
    )
    if same := found.same_vacancy or found.same_external:
        return redirect(same)
    today = timezone.localdate()
    in_conflict = ExternalVacancy.objects.filter(pk=pk).in_conflict(on=today).exists()
    if found.state != ExternalVacancy.State.PUBLISHED or found.apply_by < today or in_conflict:
        return gone(
            request,
            heading=_("The vacancy is no longer open"),
            text=_("It has been closed, or the last day to apply is over. There may be others like it."),
        )
    address = settings.PUBLIC_URL + found.get_absolute_url()
    return render(
        request,
        "employers/vacancies/external.html",
        {
            "vacancy": found,
            "prospect": prospect_in(found.occupation, found.municipality, on=today),
            "posting": as_script(job_posting(found, address=address)),
        },
    )


@public
@require_safe
def occupations(request: HttpRequest) -> HttpResponse:
    """The occupations to choose among for what is typed so far: a piece of the page that has the field.

    Of the one that is chosen, what is published of it where the work is, if the page knows where.
    """
    form = VacancyForm(initial=request.GET.dict())
    form.work_in = municipalities().get(request.GET.get("kommune", ""))
    return render(request, "employers/vacancies/occupations.html", {"form": form})
