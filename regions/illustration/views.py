"""The illustration's page: a year and a result of the real municipalities, marked as what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import acts_as
from jobcenter.geography.ordering import danish_sort_key
from jobcenter.pages.sheets import asked
from regions.comparison.axis import Dot, dots
from regions.comparison.expected import Weakness
from regions.illustration import charts
from regions.illustration.forms import YearForm
from regions.illustration.panel import CONDITIONS, YEARS, Topic
from regions.illustration.telling import COLUMNS, MARK, rows_of
from regions.illustration.years import Line, Year, illustrate

USUAL = {"maaling": Topic.UNEMPLOYED.value, "aar": str(YEARS[-1])}

WEAK = {
    Weakness.TOO_FEW_UNITS: gettext_lazy("There are too few municipalities for so many conditions."),
    Weakness.POOR_FIT: gettext_lazy(
        "The conditions explain little of the differences between municipalities."
    ),
    Weakness.COLLINEAR: gettext_lazy("Some conditions say the same thing, and their weights mean little."),
}


@dataclass(frozen=True)
class Row:
    line: Line
    dot: Dot
    is_followed: bool


@acts_as(Role.CASEWORKER, Role.MANAGER, Role.AREA_OFFICER, Role.NATIONAL)
@require_GET
def year(request: HttpRequest) -> HttpResponseBase:
    """One year; as a file every year, since who looks into it wants them all."""
    said = request.GET.copy()
    for name, value in USUAL.items():
        said.setdefault(name, value)
    form = YearForm(said, illustration=illustrate())
    context: dict[str, Any] = {"form": form, "mark": MARK, "shown": None}
    if shown := form.chosen():
        every_year = form.illustration.years[shown.topic]
        if file := asked(request, f"illustration-{shown.topic}", COLUMNS, rows_of(every_year)):
            return file
        followed = form.followed()
        context |= {
            "shown": shown,
            "rows": rows(shown, followed=followed[0].code if followed else ""),
            "weak": [WEAK[weakness] for weakness in shown.weak],
            "coefficients": list(zip(CONDITIONS, shown.coefficients, strict=True)),
            "funnel": charts.funnel(shown),
            "every_year": every_year,
            "followed": followed[0] if followed else None,
            "over_time": charts.over_time(followed) if followed else None,
            "years": list(zip(YEARS, followed, strict=True)) if followed else [],
            "peers": [shown.of(code) for code in shown.peers.of[followed[0].code]] if followed else [],
        }
    return render(request, "regions/illustration/year.html", context)


def rows(year: Year, *, followed: str) -> Sequence[Row]:
    """The table, by name. followed: code of the municipality to point out."""
    lines = sorted(year.lines, key=lambda line: danish_sort_key(line.name))
    places = dots(
        ratio=[line.ratio for line in lines],
        expected=[line.expected for line in lines],
        share=year.share,
        tau2=year.tau2,
    )
    return [Row(line, dot, line.code == followed) for line, dot in zip(lines, places, strict=True)]
