"""What anyone may read; and who is compared with whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as, public
from jobcenter.centres.models import Jobcentre
from regions.comparison import beside
from regions.comparison.models import Comparison
from regions.dashboard import funnel_chart
from regions.dashboard.choosing import USUAL_PEERS
from regions.dashboard.forms import ComparisonForm, values_of, widest
from regions.measures.small_numbers import limits_on
from regions.oversight.law import laws_of
from regions.publications import correcting, files
from regions.publications.forms import IssueForm
from regions.publications.models import FrozenComparison, Participant, Publication
from regions.publications.reading import comparisons_of, lines_of, read

STAFF = (Role.CASEWORKER, Role.MANAGER, Role.AREA_OFFICER, Role.NATIONAL)

MOST_NAMED = 12
"""So many differences of a correction are told one by one on its page."""


@public
@require_GET
def latest(request: HttpRequest) -> HttpResponseBase:
    """The newest quarter's latest issue."""
    publication = Publication.objects.newest()
    if publication is None:
        return render(request, "regions/publications/none.html")
    return page_of(request, publication)


@public
@require_GET
def issue(request: HttpRequest, number: int) -> HttpResponseBase:
    """Any issue, at its own address for good; one that was corrected says so."""
    return page_of(request, get_object_or_404(Publication.objects.published(), number=number))


def page_of(request: HttpRequest, publication: Publication) -> HttpResponseBase:
    """One comparison of an issue as a page, or as a file. Reads nothing but what is frozen."""
    comparisons = comparisons_of(publication)
    said = {"maal": first_shown(comparisons), **request.GET.dict()}
    form = IssueForm(said, comparisons=comparisons, areas=publication.areas)
    frozen = form.chosen()
    context: dict[str, Any] = {"publication": publication, "form": form, "shown": None, "funnel": None}
    if frozen:
        shown = read(frozen, area=form.cleaned_data["omraade"])
        if file := files.asked(request, shown):
            return file
        context |= {"shown": shown, "funnel": funnel_chart.draw(shown, language=get_language() or "da")}
    differences = correcting.differences(publication)
    of_figures = [one for one in differences if one.is_of_figures]
    context |= {
        "newer": None if publication.is_draft else publication.newer,
        "differences": of_figures[:MOST_NAMED],
        "more_differences": max(len(of_figures) - MOST_NAMED, 0),
        "only_expected": len(differences) - len(of_figures),
        "issues": Publication.objects.published().select_related("corrects"),
    }
    return render(request, "regions/publications/issue.html", context)


def first_shown(comparisons: Sequence[FrozenComparison]) -> str:
    """The code of the one in which most jobcentres take part; "" if there is none."""
    return max(comparisons, key=lambda one: one.compared).code if comparisons else ""


@public
@require_GET
def participant(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """A jobcentre in all of an issue: its results, its peers, and whose peer it is."""
    shown = get_object_or_404(
        Participant.objects.select_related("publication"),
        publication__number=number,
        publication__state="published",
        code=code,
    )
    return render(
        request,
        "regions/publications/participant.html",
        {"participant": shown, "publication": shown.publication, "lines": lines_of(shown)},
    )


@public
@require_GET
def method(request: HttpRequest) -> HttpResponse:
    """How jobcentres are compared, in words."""
    context = {"limits": limits_on(timezone.localdate()), "peers": USUAL_PEERS}
    return render(request, "regions/publications/method.html", context)


@acts_as(*STAFF)
@require_GET
def compared_with(request: StaffRequest, pk: int) -> HttpResponse:
    """Who a jobcentre is held beside, and who is held beside it: today, and in what was published last."""
    shown = get_object_or_404(Jobcentre, pk=pk)
    proposed = as_published(shown) or first_of(shown) or widest()
    form = ComparisonForm({**values_of(proposed), **request.GET.dict()}) if proposed else None
    comparison = form.chosen() if form else None
    context: dict[str, Any] = {"jobcentre": shown, "form": form, "now": None, "published": None}
    if comparison:
        context["now"] = beside.read(
            comparison=comparison,
            members=None,
            focus=shown,
            reader=getattr(request, "jobcentre", None),
        )
        context |= {"laws": laws_of([comparison])} | published_of(shown, comparison)
    return render(request, "regions/publications/compared_with.html", context)


def as_published(jobcentre: Jobcentre) -> Comparison | None:
    """Of what was published last, the comparison of most jobcentres this one takes part in, as it is now."""
    publication = Publication.objects.newest()
    if publication is None:
        return None
    of_it = publication.comparisons.filter(
        results__participant__jobcentre=jobcentre, results__expected__isnull=False
    )
    frozen = of_it.order_by("-compared", "code").first()
    if frozen is None:
        return None
    return (
        Comparison.objects.filter(
            measure=frozen.measure_id, target_group=frozen.target_group_id, period=frozen.period
        )
        .select_related("measure", "target_group")
        .first()
    )


def first_of(jobcentre: Jobcentre) -> Comparison | None:
    """The jobcentre's latest comparison."""
    compared = Comparison.objects.filter(results__jobcentre=jobcentre, results__expected__isnull=False)
    return (
        compared.select_related("measure", "target_group")
        .order_by("-ends_on", "measure__code", "target_group__code")
        .first()
    )


def published_of(jobcentre: Jobcentre, comparison: Comparison) -> dict[str, Any]:
    """The same measure and target group in the newest issue. Five queries."""
    publication = Publication.objects.newest()
    if publication is None:
        return {"publication": None}
    code = f"{comparison.measure.code}.{comparison.target_group.code}"
    taking_part = publication.participants.filter(jobcentre=jobcentre).select_related("publication").first()
    lines = lines_of(taking_part, code=code) if taking_part else []
    return {"publication": publication, "published": lines[0] if lines else None}
