"""How the survey goes, for those who are to trust the rates made of its answers."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from employers.cooperation.forms import PeriodForm
from employers.surveys.models import Draw
from employers.surveys.shares import Answers
from employers.surveys.standing import Line, by_occupation, by_place, cells_of, weeks
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.pages import sheets
from jobcenter.pages.sheets import Column

OCCUPATIONS_ON_A_PAGE = 20
DRAWS_ON_A_PAGE = 13
"""A quarter's."""

LINES: list[Column[Line]] = [
    Column(gettext_lazy("Code"), lambda line: line.occupation.code),
    Column(gettext_lazy("Occupation"), lambda line: line.occupation.title),
    Column(gettext_lazy("Municipality"), lambda line: line.municipality and line.municipality.name),
    Column(gettext_lazy("Closed"), lambda line: line.answers.closed),
    Column(gettext_lazy("Told at closing"), lambda line: line.answers.at_closing),
    Column(gettext_lazy("Told by the survey"), lambda line: line.answers.by_survey),
    Column(gettext_lazy("Asked by the survey"), lambda line: line.answers.asked),
    Column(gettext_lazy("Not answered"), lambda line: line.answers.not_answered),
    Column(gettext_lazy("Share of answers"), lambda line: line.answers.share),
]


@acts_as(Role.AREA_OFFICER, Role.NATIONAL)
@require_safe
def overview(request: StaffRequest) -> HttpResponseBase:
    """An area's, or the country's: the share of answers, occupation by occupation, and the weeks' draws.

    A file of it has a line for each occupation in each municipality.
    """
    today = timezone.localdate()
    area = request.area if request.membership.role == Role.AREA_OFFICER else None
    form = PeriodForm(request.GET, today=today)
    period = form.period()
    cells = cells_of(area, period=period)
    if sheets.ASKED in request.GET and (
        sheet := sheets.asked(request, _("Recruitment survey"), LINES, by_place(cells))
    ):
        return sheet
    draws = Draw.objects.filter(finished_at__isnull=False, week__range=(period.first, period.last)).order_by(
        "-week"
    )
    page_of_draws = Paginator(draws, DRAWS_ON_A_PAGE).get_page(request.GET.get("uge"))
    return render(
        request,
        "employers/surveys/overview.html",
        {
            "form": form,
            "period": period,
            "is_area": area is not None,
            "place": area.name if area else _("The whole country"),
            "together": sum(cells.values(), Answers()),
            "rows": len({(cell.occupation, cell.municipality) for cell in cells}),
            "page": Paginator(by_occupation(cells), OCCUPATIONS_ON_A_PAGE).get_page(request.GET.get("side")),
            "draws": page_of_draws,
            "weeks": weeks(list(page_of_draws), area=area, on=today),
        },
    )
