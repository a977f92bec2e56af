"""How the jobcentres act together: all figures, and what is behind each."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from employers.companies.models import Company
from employers.cooperation.behind import companies_behind
from employers.cooperation.catalogue import FIGURES
from employers.cooperation.forms import PeriodForm
from employers.cooperation.rates import MIN_BASE, MIN_CELL
from employers.cooperation.scope import Line, Scope, read, scope_of
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.pages import sheets
from jobcenter.pages.sheets import Column

ROWS_ON_A_PAGE = 50
READERS = (Role.CASEWORKER, Role.MANAGER, Role.AREA_OFFICER, Role.NATIONAL)

LINES: list[Column[Line]] = [
    Column(gettext_lazy("Jobcentre"), lambda line: line.jobcentre or _("All together, each once")),
    Column(gettext_lazy("Figure"), lambda line: line.figure.name),
    Column(gettext_lazy("Number"), lambda line: line.shown.numerator),
    Column(gettext_lazy("What is counted"), lambda line: line.figure.numerator),
    Column(gettext_lazy("Of"), lambda line: line.shown.denominator),
    Column(gettext_lazy("Of what"), lambda line: line.figure.denominator),
    Column(gettext_lazy("Share or number for each"), lambda line: line.shown.value),
    Column(gettext_lazy("Hidden"), lambda line: _("hidden: small numbers") if line.shown.is_hidden else ""),
]

COMPANIES: list[Column[Company]] = [
    Column(gettext_lazy("Company"), lambda company: company.name),
    Column(gettext_lazy("CVR number"), lambda company: company.cvr),
]


@acts_as(*READERS)
@require_safe
def figures(request: StaffRequest) -> HttpResponseBase:
    """A jobcentre its own; area offices and the national office all of theirs together."""
    form = PeriodForm(request.GET, today=timezone.localdate())
    period = form.period()
    scope = scope_of(request, on=period.last)
    lines = read(scope, period)
    if sheet := sheets.asked(request, _("Coordination figures"), LINES, lines):
        return sheet
    shown = [line for line in lines if scope.is_own or line.jobcentre is None]
    return render(
        request,
        "employers/cooperation/figures.html",
        {**_frame(form, scope), "lines": shown, "rows": len(lines)},
    )


@acts_as(*READERS)
@require_safe
def figure(request: StaffRequest, code: str) -> HttpResponseBase:
    """What is behind one: for a jobcentre the companies, for the others the jobcentres."""
    if code not in FIGURES:
        raise Http404
    form = PeriodForm(request.GET, today=timezone.localdate())
    scope = scope_of(request, on=form.period().last)
    return _companies(request, code, form, scope) if scope.is_own else _jobcentres(request, code, form, scope)


def _companies(request: StaffRequest, code: str, form: PeriodForm, scope: Scope) -> HttpResponseBase:
    shown = FIGURES[code]
    if not shown.lists_companies:
        raise Http404
    found = companies_behind(code, jobcentre=request.jobcentre, period=form.period())
    if sheet := sheets.asked(request, str(shown.name), COMPANIES, found):
        return sheet
    page = Paginator(found, ROWS_ON_A_PAGE).get_page(request.GET.get("side"))
    return render(
        request,
        "employers/cooperation/companies.html",
        {**_frame(form, scope), "figure": shown, "page": page},
    )


def _jobcentres(request: StaffRequest, code: str, form: PeriodForm, scope: Scope) -> HttpResponseBase:
    lines = [line for line in read(scope, form.period()) if line.code == code]
    if sheet := sheets.asked(request, str(FIGURES[code].name), LINES, lines):
        return sheet
    return render(
        request,
        "employers/cooperation/jobcentres.html",
        {**_frame(form, scope), "figure": FIGURES[code], "lines": lines},
    )


def _frame(form: PeriodForm, scope: Scope) -> dict[str, object]:
    period = form.period()
    return {
        "form": form,
        "scope": scope,
        "period": period,
        "chosen": f"fra={period.first:%Y-%m-%d}&til={period.last:%Y-%m-%d}",
        "most_hidden": MIN_CELL - 1,
        "min_base": MIN_BASE,
    }
