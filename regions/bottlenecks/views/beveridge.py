"""The unemployed beside the open positions over time: monitoring, for all who work in the system."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.pages import sheets
from regions.bottlenecks.figures.labour import LEAST_UNEMPLOYED
from regions.bottlenecks.monitoring import beveridge, columns
from regions.bottlenecks.monitoring.choosing import BeveridgeForm, looking
from regions.bottlenecks.views.lines import READERS


@acts_as(*READERS)
@require_GET
def curve(request: StaffRequest) -> HttpResponseBase:
    """One main group in one place, with the country's beside it; first the one with most open positions."""
    at = looking(request)
    if not at:
        return render(request, "regions/bottlenecks/beveridge.html", {"shown": None})
    form = BeveridgeForm(request.GET.dict(), at=at, group=beveridge.most_open(at.latest))
    chosen = form.chosen()
    spot, group = chosen["place"], chosen["group"]
    spots = [spot] if spot.is_country else [spot, at.atlas.country]
    curves = beveridge.read(spots, group=group, own=at.own)
    own = next((one for one in curves if one.spot == spot), None)
    if file := sheets.asked(
        request, f"{_('Beveridge')} {spot.name} {group}", columns.OF_CURVES, columns.points_of(curves)
    ):
        return file
    drawn = [one for one in curves if one.drawn]
    context = {
        "form": form,
        "shown": own,
        "spot": spot,
        "curves": curves,
        "groups": beveridge.groups(spot, period=at.latest.code, own=at.own),
        "period": at.latest,
        "least": LEAST_UNEMPLOYED,
        "chart": beveridge.as_chart(
            drawn,
            x_name=_("Unemployment rate, per cent"),
            y_name=_("Vacancy rate, per cent"),
            describe=_(
                "Beveridge plot: the vacancy rate against the unemployment rate, half-year by half-year. The "
                "figures stand in the table."
            ),
            language=get_language() or "da",
        )
        if drawn
        else None,
    }
    return render(request, "regions/bottlenecks/beveridge.html", context)
