"""One occupation everywhere: monitoring, for all who work in the system."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.classifications.models import Occupation
from jobcenter.pages import sheets
from regions.bottlenecks import columns, matrix, occupation_map, occupations
from regions.bottlenecks.choosing import MonitoringForm, first_place
from regions.bottlenecks.counting import UNIT_GROUP
from regions.bottlenecks.models import Place, Rule
from regions.bottlenecks.places import SLUGS, Spot, atlas
from regions.bottlenecks.seeing import own_municipalities
from regions.bottlenecks.views.lines import READERS

WIDE = 2
"""Occupations of so few digits have answers enough in most catchments to be worth a look there."""


@acts_as(*READERS)
@require_GET
def occupation(request: StaffRequest, code: str) -> HttpResponseBase:
    """Every indicator in the country, the areas and around a place; there over time; and its relatives."""
    asked = get_object_or_404(Occupation.objects.filter(level__lte=UNIT_GROUP), code=code)
    half_years = occupations.half_years()
    context: dict[str, Any] = {"occupation": asked, "shown": None, "form": None}
    if not half_years:
        return render(request, "regions/bottlenecks/occupation.html", context)
    everywhere, own = atlas(timezone.localdate()), own_municipalities(request)
    form = MonitoringForm(
        request.GET.dict(),
        atlas=everywhere,
        half_years=half_years,
        chosen=first_place(request, atlas=everywhere, own=own),
        by=Place.CATCHMENT if asked.level <= WIDE else Place.AREA,
    )
    period, spot, kind = form.chosen()
    rule = Rule.objects.valid(period.ends_on).get()
    shown = occupations.read(
        asked, period=period, spot=spot, shown=kind, atlas=everywhere, own=own, least=rule.least_attempts
    )
    name = f"{asked.code} {asked.title} {period.code}"
    if file := sheets.asked(request, name, columns.of_places(shown), shown.everywhere):
        return file

    def address(one: Spot) -> str:
        return f"?{urlencode({'period': period.code, 'place': one.key, 'by': SLUGS[kind]})}"

    drawn = occupation_map.draw(
        shown, kind=kind, atlas=everywhere, address=lambda one: f"{address(one)}#place"
    )
    context |= {
        "form": form,
        "shown": shown,
        "kind": kind,
        "rule": rule,
        "own": own,
        "map": drawn,
        "legend": occupation_map.legend(drawn) if drawn else [],
        "signs": list(shown.chosen.seen.signs(rule)) if shown.chosen.seen else [],
        "intervals": matrix.intervals(
            [(code, seen.figures) for code, seen in shown.history],
            cut=rule.cut,
            describe=_(
                "Failed recruitment in per cent, with 95 per cent intervals. The figures stand in the table."
            ),
            language=get_language() or "da",
        ),
    }
    return render(request, "regions/bottlenecks/occupation.html", context)
