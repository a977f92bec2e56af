"""Labour catchments for all who work in the system; corrected by the office whose area the centre lies in."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.geography import catchment_map
from jobcenter.geography.columns import COLUMNS
from jobcenter.geography.correcting import AlreadyCorrected, AlreadyEnded, correct, end
from jobcenter.geography.forms import ChoiceForm, CorrectionForm, EndForm
from jobcenter.geography.models import (
    CatchmentVersion,
    Correction,
    Municipality,
    MunicipalityQuerySet,
)
from jobcenter.geography.showing import picture_of
from jobcenter.pages import sheets

STAFF = (Role.CASEWORKER, Role.MANAGER, Role.AREA_OFFICER, Role.NATIONAL)
CORRECTORS = (Role.AREA_OFFICER, Role.NATIONAL)

VERSIONS_SHOWN = 10

SHORT = 12
"""A table with no more rows stands under the map, which is small then."""


@acts_as(*STAFF)
@require_GET
def catchments(request: StaffRequest) -> HttpResponse:
    """To the municipality that was chosen, else to one's own: the largest one answers for."""
    form = ChoiceForm(request.GET or None)
    if form.is_valid():
        return redirect("geography:catchment", form.cleaned_data["kommune"].code)
    own = _own(request).order_by("-population", "code").first()
    if own is None:
        raise Http404("There is no municipality.")
    return redirect("geography:catchment", own.code)


@acts_as(*STAFF)
@require_GET
def catchment(request: StaffRequest, code: str) -> HttpResponseBase:
    """A municipality's catchment as a version tells it: the one in force, unless another is asked for."""
    municipality = get_object_or_404(Municipality, code=code)
    versions = list(CatchmentVersion.objects.select_related("made_by", "matrix")[:VERSIONS_SHOWN])
    if not versions:
        return render(request, "jobcenter/geography/no_catchments.html", {"municipality": municipality})
    version = _version(request, versions)
    picture = picture_of(municipality, version=version)
    rows = [*picture.own, *(other.row for other in picture.others)]
    if file := sheets.asked(request, f"opland-{municipality.name}", COLUMNS, rows):
        return file
    kept = f"?udgave={version.pk}" if version != versions[0] else ""
    return render(
        request,
        "jobcenter/geography/catchment.html",
        {
            "picture": picture,
            "municipality": municipality,
            "version": version,
            "versions": versions,
            "in_force": versions[0],
            "maps": catchment_map.draw(
                picture, address=lambda one: reverse("geography:catchment", args=[one.code]) + kept
            ),
            "legend": catchment_map.legend(picture),
            "form": ChoiceForm({"kommune": municipality.code}),
            "kept": kept,
            "rows": rows,
            "is_short": len(picture.own) <= SHORT,
            "corrections": Correction.objects.filter(centre=municipality).select_related(
                "municipality", "made_by", "ended_by"
            ),
            "may_correct": _may_correct(request, municipality),
        },
    )


@acts_as(*CORRECTORS)
@require_http_methods(["GET", "POST"])
def correct_catchment(request: StaffRequest, code: str) -> HttpResponse:
    centre = get_object_or_404(_correctable(request), code=code)
    initial = {"municipality": request.GET.get("kommune"), "effect": request.GET.get("virkning")}
    form = CorrectionForm(request.POST or None, centre=centre, initial=initial)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            correct(centre=centre, by=request.user, **asked)
        except AlreadyCorrected as error:
            form.add_error(
                "municipality",
                _("%(who)s has corrected this already. End that correction first.")
                % {"who": error.standing.made_by},
            )
        else:
            messages.success(request, _("The catchment is corrected, in force from now."))
            return redirect("geography:catchment", centre.code)
    return render(request, "jobcenter/geography/correct.html", {"centre": centre, "form": form})


@acts_as(*CORRECTORS)
@require_http_methods(["GET", "POST"])
def end_correction(request: StaffRequest, pk: int) -> HttpResponse:
    corrections = Correction.objects.select_related("centre", "municipality", "made_by")
    correction = get_object_or_404(corrections.filter(centre__in=_correctable(request)), pk=pk)
    form = EndForm(request.POST or None)
    if form.is_valid():
        try:
            end(correction, reason=form.cleaned_data["reason"], by=request.user)
        except AlreadyEnded:
            messages.warning(request, _("The correction had been ended already."))
        else:
            messages.success(request, _("The correction is ended. From now on the figures decide again."))
        return redirect("geography:catchment", correction.centre.code)
    return render(
        request, "jobcenter/geography/end_correction.html", {"correction": correction, "form": form}
    )


def _version(request: StaffRequest, versions: list[CatchmentVersion]) -> CatchmentVersion:
    asked = request.GET.get("udgave", "")
    if not asked:
        return versions[0]
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        raise Http404("There is no such version.")
    return get_object_or_404(CatchmentVersion.objects.select_related("made_by", "matrix"), pk=asked)


def _own(request: StaffRequest) -> MunicipalityQuerySet:
    """The municipalities one answers for: the jobcentre's, the area's, or the country's."""
    today = Municipality.objects.valid(timezone.localdate())
    match request.membership.role:
        case Role.CASEWORKER | Role.MANAGER:
            return today.filter(pk__in=request.jobcentre.municipalities())
        case Role.AREA_OFFICER:
            return today.in_area(request.area)
        case _:
            return today


def _correctable(request: StaffRequest) -> MunicipalityQuerySet:
    """The centres whose catchments one may correct: those of one's area; for the national office, all."""
    return _own(request) if request.membership.role in CORRECTORS else Municipality.objects.none()


def _may_correct(request: StaffRequest, municipality: Municipality) -> bool:
    return request.membership.role in CORRECTORS and _correctable(request).filter(pk=municipality.pk).exists()
