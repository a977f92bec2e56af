"""The public's view of vacancies, and the help with finding an occupation."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from employers.vacancies.facets import address_without, groups_of
from employers.vacancies.forms import SearchForm, VacancyForm
from employers.vacancies.job_posting import as_script, job_posting
from employers.vacancies.models import Vacancy
from employers.vacancies.outlook import outlook_for, period_in_words
from employers.vacancies.search import count, find
from jobcenter.accounts.scope import public
from jobcenter.classifications.models import Occupation
from jobcenter.pages.views import gone

ON_A_PAGE = 10


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    asked = request.GET.copy()
    if "km" not in asked:
        asked["km"] = SearchForm.USUAL_DISTANCE
    form = SearchForm(asked)
    wish = form.wish()
    counts = count(wish, at=now)
    found = find(wish, at=now).select_related("company", "workplace__municipality")
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("side"))
    groups = groups_of(asked, counts, field_titles=fields_of_work())
    return render(
        request,
        "employers/vacancies/search.html",
        {
            "form": form,
            "wish": wish,
            "counts": counts,
            "page": page,
            "groups": groups,
            "is_narrowed": any(group.taken for group in groups),
            "address_without_all": address_without(asked, *(group.name for group in groups)),
            "kept": [(name, asked[name]) for name in ("hvad", "hvor", "km") if asked.get(name)],
            "updated_at": now,
        },
    )


@public
@require_safe
def vacancy(request: HttpRequest, pk: int) -> HttpResponse:
    """A published vacancy; 410 when it is closed or the time to apply is over, 404 if it never was public."""
    today = timezone.localdate()
    found = (
        Vacancy.objects.exclude(published_at=None)
        .select_related("company", "workplace__municipality", "occupation", "jobcentre")
        .filter(pk=pk)
        .first()
    )
    if not found:
        raise Http404
    if found.state != Vacancy.State.PUBLISHED or found.apply_by < today:
        return gone(
            request,
            heading=_("The vacancy is no longer open"),
            text=_("It has been closed, or the last day to apply is over. There may be others like it."),
        )
    outlook = outlook_for(found, on=today)
    address = settings.PUBLIC_URL + found.get_absolute_url()
    return render(
        request,
        "employers/vacancies/vacancy.html",
        {
            "vacancy": found,
            "outlook": outlook,
            "period": period_in_words(outlook.period, language=get_language() or "da") if outlook else "",
            "posting": as_script(job_posting(found, address=address)),
        },
    )


@public
@require_safe
def occupations(request: HttpRequest) -> HttpResponse:
    """The occupations to choose among for what is typed so far: a piece of the page that has the field."""
    return render(
        request, "employers/vacancies/occupations.html", {"form": VacancyForm(initial=request.GET.dict())}
    )


def fields_of_work() -> dict[str, str]:
    """DISCO's major groups: digit and title."""
    return {one.code: one.title for one in Occupation.objects.filter(level=1)}
