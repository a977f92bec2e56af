"""The area, a jobcentre, and the measures behind them."""

from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.centres.models import Jobcentre
from jobcenter.pages import sheets
from regions.comparison import history, overtime, placing, profile, replying
from regions.comparison.models import Comparison, Recomputation
from regions.dashboard import area_map, facts, funnel_chart, own_figures, picture, table
from regions.dashboard.forms import ComparisonForm, GroupForm, most_in_need, values_of
from regions.dashboard.over_time import OverTime
from regions.interventions.scope import interventions_of
from regions.measures.models import Measure, Measurement
from regions.measures.small_numbers import limits_on
from regions.oversight import law, path
from regions.oversight.scope import flags_of

STAFF = (Role.CASEWORKER, Role.MANAGER, Role.AREA_OFFICER, Role.NATIONAL)

LINES_ON_A_PAGE = 15

MOST_DRAWN = 6
"""So many of the measures that are worse than expected are drawn on a jobcentre's page."""


def asked_for(request: StaffRequest) -> tuple[ComparisonForm | None, Comparison | None]:
    """What the address asks for; what it leaves open is what is most in need of a look.

    Without a form when nothing has been compared; without a comparison when these were never compared.
    """
    said = request.GET.dict()
    if not said.keys() >= ComparisonForm.base_fields.keys():
        proposed = most_in_need(request.area_office)
        if not proposed:
            return None, None
        said = {**values_of(proposed), **said}
    form = ComparisonForm(said)
    return form, form.chosen()


@acts_as(Role.AREA_OFFICER)
@require_GET
def area(request: StaffRequest) -> HttpResponseBase:
    """The area beside the country on one measure, and its table as a file."""
    form, comparison = asked_for(request)
    context: dict[str, Any] = {
        "area": request.area,
        "form": form,
        "recomputation": Recomputation.objects.newest_with_progress(),
        "picture": None,
        "funnel": None,
    }
    if sheets.ASKED in request.GET and not comparison:
        raise Http404
    if comparison:
        drawn = picture.draw(comparison=comparison, office=request.area_office)
        if file := table.asked(request, drawn.title, lambda: table.of_picture(drawn)):
            return file
        context |= {"picture": drawn, "replies": replying.beside(row.result for row in drawn.rows)}
        if required := law.law_of(comparison):
            context |= law.beside(drawn.rows, required)
        else:
            context |= {
                "map": area_map.draw(drawn),
                "legend": area_map.legend(drawn),
                "funnel": funnel_chart.draw(drawn, language=get_language() or "da"),
            }
    return render(request, "regions/dashboard/area.html", context)


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_GET
def my_jobcentre(request: StaffRequest) -> HttpResponse:
    return redirect("dashboard:jobcentre", pk=request.jobcentre.pk)


@acts_as(*STAFF)
@require_GET
def jobcentre(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Results are open to all who work in the system; flags and interventions within their scope only."""
    shown = get_object_or_404(Jobcentre, pk=pk)
    is_own = getattr(request, "jobcentre", None) == shown
    limits = limits_on(timezone.localdate())
    briefs_of = partial(profile.briefs_of, limits=limits, is_own=is_own)
    latest = profile.latest_of(shown)
    if file := table.asked(
        request, shown.name, lambda: table.of_profile(shown, briefs_of(profile.read(latest).values()))
    ):
        return file
    required = [one for one in latest if one.is_required]
    expected = [one for one in latest if not one.is_required]
    page = Paginator(expected, LINES_ON_A_PAGE).get_page(request.GET.get("side"))
    worse = profile.worse_of(expected)
    results = profile.read({*page, *worse, *required})
    on_page = [results[one] for one in page if one in results]
    compared = placing.read([result.comparison_id for result in on_page])
    lines = profile.lines_of(on_page, shares=placing.shares_of(compared), limits=limits, is_own=is_own)
    of_law = briefs_of(results[one] for one in required if one in results)
    held = law.held(of_law, law.laws_of(line.comparison for line in of_law))
    worse_lines = briefs_of(results[one] for one in worse if one in results)
    own_subjects = own_figures.subjects()
    series = overtime.read(
        jobcentre=shown,
        subjects=[*own_subjects, *(line.subject for line in worse_lines[:MOST_DRAWN])],
        limits=limits,
        is_own=is_own,
    )
    flags = list(
        flags_of(request).filter(jobcentre=shown).select_related("measure", "target_group").defer("evidence")
    )
    return render(
        request,
        "regions/dashboard/jobcentre.html",
        {
            "jobcentre": shown,
            "is_own": is_own,
            "page": page,
            "lines": lines,
            "places": placing.places(on_page, among=compared, jobcentre=shown, limits=limits, is_own=is_own),
            "own_figures": own_figures.shown(series, of=own_subjects),
            "held": sorted(held, key=law.Held.rank),
            "keeping": law.by_keeping(held),
            "replies": replying.beside([*on_page, *(line.result for line in of_law)]),
            "worse": worse_lines,
            "drawn": OverTime.of(worse_lines[:MOST_DRAWN], series),
            "flags": [(flag, path.now(flag)) for flag in flags],
            "hearings": [flag for flag in flags if flag.waits_for_jobcentre and is_own],
            "interventions": interventions_of(request)
            .filter(jobcentre=shown)
            .prefetch_related("concerns__measure", "concerns__target_group"),
        },
    )


@acts_as(*STAFF)
@require_GET
def over_time(request: StaffRequest, pk: int, code: str) -> HttpResponseBase:
    """One measure of a jobcentre: its figures in order, what they are held against, and where all came from.

    Held against what was expected, or against what the law requires; as a file, that alone.
    """
    shown = get_object_or_404(Jobcentre, pk=pk)
    is_own = getattr(request, "jobcentre", None) == shown
    measure = get_object_or_404(Measure, code=code)
    form = GroupForm(request.GET or None, jobcentre=shown, measure=measure)
    group = form.chosen()
    by_law: list[history.Counted] = []
    compared: list[history.Compared] = []
    if group and measure.is_required:
        by_law = history.counted(jobcentre=shown, measure=measure, target_group=group, is_own=is_own)
    elif group:
        compared = history.read(jobcentre=shown, measure=measure, target_group=group, is_own=is_own)
    file = table.asked(
        request, f"{shown.name}: {measure}", lambda: table.of_periods(shown, [*by_law, *compared][::-1])
    )
    if file:
        return file
    held = law.held(by_law, law.laws_of(one.comparison for one in by_law))
    limits = limits_on(timezone.localdate())
    series = overtime.read(jobcentre=shown, subjects=[(measure, group)], limits=limits, is_own=is_own)
    for one in series.values():
        prefetch_related_objects(one.measurements, "delivery")
    return render(
        request,
        "regions/dashboard/over_time.html",
        {
            "jobcentre": shown,
            "measure": measure,
            "group": group,
            "form": form,
            "drawn": next((OverTime(one) for one in series.values()), None),
            "compared": compared[::-1],
            "held": held[::-1],
            "replies": replying.beside(one.result for one in (*by_law, *compared)),
            "expected_chart": history.draw(compared),
            "law_chart": law.draw(held),
        },
    )


@acts_as(*STAFF)
@require_GET
def measures(request: HttpRequest) -> HttpResponse:
    """Every measure, those of jobcentres' own work first."""
    shown = sorted(Measure.objects.order_by("kind", "code"), key=lambda measure: not measure.is_assessable)
    return render(request, "regions/dashboard/measures.html", {"measures": shown})


@acts_as(*STAFF)
@require_GET
def measure(request: StaffRequest, code: str) -> HttpResponseBase:
    """A measure's definition and its versions, and its figures: shown for a fact, and as a file."""
    shown = get_object_or_404(Measure, code=code)
    form = facts.PeriodForm(request.GET if "period" in request.GET else None, measure=shown)
    period = form.chosen()
    figures = facts.read(measure=shown, period=period)
    if sheets.ASKED in request.GET:
        file = _file_of(shown, period, figures, request)
        if not file:
            raise Http404
        return file
    return render(
        request,
        "regions/dashboard/measure.html",
        {
            "measure": shown,
            "versions": shown.history(),
            "form": form,
            "period": period,
            "figures": figures,
            "is_compared": shown.comparisons.exists(),
            "requirements": law.in_force(shown, on=timezone.localdate()),
        },
    )


def _file_of(
    shown: Measure, period: str | None, figures: QuerySet[Measurement], request: StaffRequest
) -> HttpResponseBase | None:
    """Results of all jobcentres in every period, or the municipalities' figures in one; None of nothing."""
    if shown.comparisons.exists():
        reader = getattr(request, "jobcentre", None)
        return table.asked(request, shown.title, lambda: table.of_measure(shown, reader=reader))
    if period is None:
        return None
    return table.facts_asked(request, shown.title, lambda: table.facts_of(shown, period, figures))
