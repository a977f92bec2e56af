"""The area, a jobcentre, and the measures behind them."""

import csv
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.centres.models import Jobcentre
from regions.comparison.models import Comparison, Recomputation
from regions.dashboard import facts, picture, profile
from regions.dashboard.forms import ComparisonForm, most_in_need
from regions.measures.models import Measure
from regions.oversight.models import Flag

STAFF = (Role.CASEWORKER, Role.MANAGER, Role.AREA_OFFICER, Role.NATIONAL)


def chosen_comparison(request: StaffRequest) -> tuple[ComparisonForm, Comparison | None]:
    """What the address asks for; without values in it, what is most in need of a look."""
    if request.GET:
        form = ComparisonForm(request.GET)
        return form, form.chosen()
    comparison = most_in_need(request.area)
    initial = (
        {
            "measure": comparison.measure.code,
            "group": comparison.target_group.code,
            "period": comparison.period,
        }
        if comparison
        else {}
    )
    return ComparisonForm(initial=initial), comparison


@acts_as(Role.AREA_OFFICER)
@require_GET
def area(request: StaffRequest) -> HttpResponse:
    form, comparison = chosen_comparison(request)
    context: dict[str, Any] = {
        "area": request.area,
        "form": form,
        "recomputation": Recomputation.objects.with_progress().first(),
        "picture": None,
    }
    if comparison:
        drawn = picture.draw(comparison=comparison, area=request.area)
        context |= {
            "picture": drawn,
            "map": picture.area_map(drawn),
            "funnel": picture.funnel(drawn, language=get_language() or "da"),
        }
    return render(request, "regions/dashboard/area.html", context)


@acts_as(Role.AREA_OFFICER)
@require_GET
def area_csv(request: StaffRequest) -> HttpResponse:
    """The table of the area page, with the definition's version and the data date in every line."""
    _form, comparison = chosen_comparison(request)
    if not comparison:
        raise Http404
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{comparison.measure.code}-{comparison.period}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    writer.writerow(
        ["jobcentre", "period", "actual", "base", "expected", "z", "z_adjusted", "p_adjusted", "definition_version", "data_date"]
    )
    drawn = picture.draw(comparison=comparison, area=request.area)
    for row in drawn.rows:
        result = row.result
        writer.writerow(
            [
                result.jobcentre.name,
                comparison.period,
                result.actual,
                result.base,
                *(
                    "" if value is None else round(value, 4)
                    for value in (result.expected, result.z, result.z_adjusted, result.p_adjusted)
                ),
                comparison.definition_version,
                comparison.data_date.isoformat(),
            ]
        )
    return response


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_GET
def my_jobcentre(request: StaffRequest) -> HttpResponse:
    return redirect("dashboard:jobcentre", pk=request.jobcentre.pk)


@acts_as(*STAFF)
@require_GET
def jobcentre(request: StaffRequest, pk: int) -> HttpResponse:
    """Results are open to all who work in the system; flags only to the area and the jobcentre's manager."""
    shown = get_object_or_404(Jobcentre, pk=pk)
    return render(
        request,
        "regions/dashboard/jobcentre.html",
        {
            "jobcentre": shown,
            "is_own": getattr(request, "jobcentre", None) == shown,
            "lines": profile.read(jobcentre=shown),
            "flags": flags_for(request).filter(jobcentre=shown).select_related("measure", "target_group"),
        },
    )


def flags_for(request: StaffRequest) -> Any:
    """The flags this person may see: an officer their area's, a manager their jobcentre's, others none."""
    match request.membership.role:
        case Role.AREA_OFFICER:
            return Flag.objects.visible_to_area(request.area)
        case Role.MANAGER:
            return Flag.objects.visible_to_jobcentre(request.jobcentre)
        case _:
            return Flag.objects.none()


@acts_as(*STAFF)
@require_GET
def measures(request: HttpRequest) -> HttpResponse:
    return render(request, "regions/dashboard/measures.html", {"measures": Measure.objects.order_by("kind", "code")})


@acts_as(*STAFF)
@require_GET
def measure(request: HttpRequest, code: str) -> HttpResponse:
    """A measure's definition, and for a fact about the labour market its figures."""
    shown = get_object_or_404(Measure, code=code)
    form = facts.PeriodForm(request.GET or None, measure=shown)
    return render(
        request,
        "regions/dashboard/measure.html",
        {"measure": shown, "form": form, "table": facts.read(measure=shown, period=form.chosen())},
    )
