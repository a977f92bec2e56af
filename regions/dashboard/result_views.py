"""One result, opened: everything it was computed from, as far as the reader may see it."""

from __future__ import annotations

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.centres.models import Jobcentre
from regions.comparison import beside, opening, replying
from regions.comparison.models import Result
from regions.comparison.warning import warnings
from regions.dashboard import table
from regions.dashboard.forms import ReplyForm
from regions.feeds.models import Arrival
from regions.oversight import law
from regions.oversight.scope import flags_of

STAFF = (Role.CASEWORKER, Role.MANAGER, Role.AREA_OFFICER, Role.NATIONAL)


@acts_as(*STAFF)
@require_GET
def result(request: StaffRequest, pk: int, code: str, group: str, period: str) -> HttpResponseBase:
    """A result with its figures, delivery, definition, model and peers; as a file, it and its peers."""
    return page_of(request, found(pk, code, group, period))


@acts_as(Role.MANAGER)
@require_POST
def reply(request: StaffRequest, pk: int, code: str, group: str, period: str) -> HttpResponseBase:
    """The jobcentre's word on its own result: a newer one stands in the place of the older."""
    shown = found(pk, code, group, period, of=request.jobcentre)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return page_of(request, shown, form=form)
    replying.reply(to=shown, text=form.cleaned_data["text"], by=request.user)
    messages.success(request, _("Your comment stands beside the result."))
    return redirect(shown)


def found(pk: int, code: str, group: str, period: str, *, of: Jobcentre | None = None) -> Result:
    """The result of an address. of: whose alone it may be."""
    results = Result.objects.filter(jobcentre=of) if of else Result.objects.all()
    return get_object_or_404(
        results.select_related("jobcentre", "comparison__measure", "comparison__target_group"),
        jobcentre=pk,
        comparison__measure__code=code,
        comparison__target_group__code=group,
        comparison__period=period,
    )


def page_of(request: StaffRequest, shown: Result, *, form: ReplyForm | None = None) -> HttpResponseBase:
    comparison, jobcentre = shown.comparison, shown.jobcentre
    reader = getattr(request, "jobcentre", None)
    among = beside.read(comparison=comparison, members=None, focus=jobcentre, reader=reader)
    name = f"{jobcentre.name}: {comparison}"
    if file := table.asked(request, name, lambda: table.of_beside(among)):
        return file
    required = law.law_of(comparison)
    opened = opening.opened(shown, share=among.share)
    context = {
        "jobcentre": jobcentre,
        "comparison": comparison,
        "replies": replying.history(shown),
        "form": form or (ReplyForm() if may_reply(request, jobcentre) else None),
        "among": among,
        "row": among.focus_row,
        "law": required,
        "keeping": required.keeping(shown) if required else None,
        "opened": opened,
        "arrival": evidence_of(request, opened),
        "weak": warnings(comparison.weakness),
        "flags": flags_of(request).filter(
            jobcentre=jobcentre,
            measure=comparison.measure,
            target_group=comparison.target_group,
            period=comparison.period,
        ),
    }
    return render(request, "regions/dashboard/result.html", context)


def may_reply(request: StaffRequest, jobcentre: Jobcentre) -> bool:
    return request.membership.role == Role.MANAGER and request.jobcentre == jobcentre


def evidence_of(request: StaffRequest, opened: opening.Opened) -> Arrival | None:
    """What the figure arrived in, for an officer who may open it: of the country, or of their area."""
    area = getattr(request, "area", None)
    if area is None or opened.measurement is None:
        return None
    arrivals = Arrival.objects.visible_to(area).without_content()
    return arrivals.filter(delivery=opened.measurement.delivery).first()
