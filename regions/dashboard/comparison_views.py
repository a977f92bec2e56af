"""The comparison tool: one measure, some jobcentres, and what was to be expected of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.pages import sheets
from regions.comparison import beside, opening, replying
from regions.comparison.models import Comparison, Condition, Selection
from regions.comparison.warning import warnings
from regions.dashboard import funnel_chart, table
from regions.dashboard.choosing import CHOSEN, BesideForm, SelectionForm, usual
from regions.dashboard.forms import most_in_need
from regions.oversight import law

STAFF = (Role.CASEWORKER, Role.MANAGER, Role.AREA_OFFICER, Role.NATIONAL)


@acts_as(*STAFF)
@require_GET
def compare(request: StaffRequest) -> HttpResponseBase:
    """Some jobcentres beside each other; as a page, or as the same table in a file."""
    proposed = latest_for(request)
    if not proposed:
        return render(request, "regions/dashboard/compare.html", {"form": None, "shown": None})
    data = filled(usual(request, proposed), request.GET)
    form = BesideForm(data)
    comparison = form.chosen()
    context: dict[str, Any] = {
        "form": form,
        "shown": None,
        "is_own_choice": False,
        "selections": selections_of(request, data),
        "save_form": SelectionForm(),
    }
    if comparison:
        shown = beside.read(
            comparison=comparison,
            members=form.members(comparison),
            focus=form.cleaned_data["jobcenter"],
            reader=getattr(request, "jobcentre", None),
            k=form.cleaned_data["antal"],
        )
        if file := table.asked(request, str(comparison), lambda: table.of_beside(shown)):
            return file
        context |= {
            "shown": shown,
            "replies": replying.beside(row.result for row in shown.rows),
            "said_with": form.said_with(),
            "is_own_choice": form.cleaned_data["med"] == CHOSEN,
        }
        if required := law.law_of(comparison):
            context |= law.beside(shown.rows, required)
        else:
            context |= {
                "terms": terms_of(comparison),
                "weak": warnings(comparison.weakness),
                "funnel": funnel_chart.draw(shown, language=get_language() or "da"),
            }
    return render(request, "regions/dashboard/compare.html", context)


def latest_for(request: StaffRequest) -> Comparison | None:
    """What to begin with: for an area office what is most in need of a look, else the latest."""
    if office := getattr(request, "area_office", None):
        return most_in_need(office)
    compared = Comparison.objects.select_related("measure", "target_group")
    return compared.order_by("-ends_on", "measure__code", "target_group__code").first()


def filled(values: dict[str, Any], said: QueryDict) -> QueryDict:
    """What the address says, and for the rest what is usual."""
    data = said.copy()
    for name, value in values.items():
        data.setdefault(name, value)
    return data


def selections_of(request: StaffRequest, said: QueryDict) -> list[dict[str, Any]]:
    """The saved selections this person may use, each with its address. Two queries."""
    usable = Selection.objects.usable_by(request.user, request.membership.organisation)
    return [
        {
            "selection": selection,
            "address": address_of(said, [jobcentre.code for jobcentre in selection.jobcentres.all()]),
            "is_own": selection.owner_id == request.user.pk,
        }
        for selection in usable.prefetch_related("jobcentres")
    ]


def address_of(said: QueryDict, codes: Sequence[str]) -> str:
    """The tool's address with these jobcentres chosen, and all else as it is."""
    query = said.copy()
    query["med"] = CHOSEN
    query.setlist("valgt", list(codes))
    query.pop(sheets.ASKED, None)
    return f"{reverse('dashboard:compare')}?{query.urlencode()}"


def terms_of(comparison: Comparison) -> list[opening.Term]:
    """The conditions of a comparison with their weights, as of nobody. One query."""
    conditions = {condition.code: condition for condition in Condition.objects.all()}
    return [
        opening.Term(conditions.get(code), code, weight, known=None)
        for code, weight in comparison.coefficients.items()
    ]


@acts_as(*STAFF)
@require_POST
def save_selection(request: StaffRequest) -> HttpResponse:
    """Keep a choice of jobcentres under a name; a name one has used is refused."""
    selection = Selection(owner=request.user, organisation=request.membership.organisation)
    form = SelectionForm(request.POST, instance=selection)
    if form.is_valid():
        form.save()
        messages.success(request, _("The selection “%(name)s” is saved.") % {"name": selection.name})
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    codes = [jobcentre.code for jobcentre in form.cleaned_data.get("jobcentres", [])]
    return redirect(address_of(QueryDict(request.POST.get("here", "")), codes))


@acts_as(*STAFF)
@require_POST
def forget_selection(request: StaffRequest, pk: int) -> HttpResponse:
    """Delete one's own selection; a colleague's is theirs."""
    mine = Selection.objects.filter(owner=request.user, organisation=request.membership.organisation)
    selection = get_object_or_404(mine, pk=pk)
    selection.delete()
    messages.success(request, _("The selection “%(name)s” is deleted.") % {"name": selection.name})
    return redirect("dashboard:compare")
