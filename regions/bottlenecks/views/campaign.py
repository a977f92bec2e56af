"""A campaign from a line: begun, followed and ended by the area office, in numbers alone."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from employers.campaigns import running, showing
from employers.campaigns.models import Campaign
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.classifications.models import Outlook
from jobcenter.pages.refusing import say_refused
from regions.bottlenecks.actions import campaigning
from regions.bottlenecks.actions.campaign_form import CampaignForm
from regions.bottlenecks.models import Line, LineCampaign, Report

CAMPAIGNS_ON_A_PAGE = 20


@acts_as(Role.AREA_OFFICER)
@require_safe
def campaigns(request: StaffRequest) -> HttpResponse:
    """The area office's own, in numbers: those that run first."""
    own = LineCampaign.objects.visible_to(request.area).with_answers().running_first()
    begun = own.select_related("campaign", "line__report", "line__occupation")
    page = Paginator(begun, CAMPAIGNS_ON_A_PAGE).get_page(request.GET.get("side"))
    return render(
        request,
        "regions/bottlenecks/campaigns.html",
        {
            "area": request.area,
            "page": page,
            "rows": campaigning.told(list(page.object_list)),
            "running": LineCampaign.objects.visible_to(request.area)
            .filter(campaign__in=Campaign.objects.running())
            .count(),
        },
    )


@acts_as(Role.AREA_OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: StaffRequest, pk: int) -> HttpResponse:
    """From a line of the area's own that is published and hard to fill; any other is not found.

    Where a newer report has been published, the page leads there and takes nothing.
    """
    own = Line.objects.filter(
        report__area=request.area,
        report__in=Report.objects.published(),
        category__in=Outlook.HARD_TO_FILL,
    )
    line = get_object_or_404(own.select_related("report__area", "occupation"), pk=pk)
    if instead := campaigning.report_instead(line):
        newest = instead.lines.filter(occupation=line.occupation_id).first()
        context = {
            "line": line,
            "instead": instead,
            "newest": newest,
            "may_begin": newest and campaigning.could_begin_from(newest),
        }
        return render(request, "regions/bottlenecks/begin_from_newest.html", context)
    form = CampaignForm(request.POST or None, line=line)
    if form.is_valid():
        try:
            begun = campaigning.begin(
                line, form.cleaned_data, by=request.user, organisation=request.membership.organisation
            )
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            messages.success(request, _("The campaign runs, and the jobcentres are asked."))
            return redirect("bottlenecks:campaign", pk=begun.campaign_id)
    return render(request, "regions/bottlenecks/begin_campaign.html", {"line": line, "form": form})


@acts_as(Role.AREA_OFFICER)
@require_safe
def campaign(request: StaffRequest, pk: int) -> HttpResponse:
    """How far each jobcentre is, and what happened meanwhile. No company is named, here or in a file."""
    link = _own(request, pk)
    shares = list(link.campaign.shares.select_related("jobcentre"))
    (told,) = campaigning.told([link])
    far = showing.far(link.campaign, shares)
    return render(
        request,
        "regions/bottlenecks/campaign.html",
        {
            "campaign": link.campaign,
            "line": link.line,
            "told": told,
            "far": far,
            "declined": [part.share.jobcentre for part in far.declined if part.share],
        },
    )


@acts_as(Role.AREA_OFFICER)
@require_POST
def end(request: StaffRequest, pk: int) -> HttpResponse:
    link = _own(request, pk)
    try:
        running.end(link.campaign, by=request.user)
    except TransitionRefused as refusal:
        say_refused(request, refusal)
    else:
        messages.success(request, _("The campaign has ended. What nobody had reached is free again."))
    return redirect("bottlenecks:campaign", pk=pk)


@acts_as(Role.AREA_OFFICER)
@require_POST
def ask_again(request: StaffRequest, pk: int, share: int) -> HttpResponse:
    """Ask a jobcentre that has declined once more, for instance when it has been spoken with."""
    partner = get_object_or_404(_own(request, pk).campaign.shares.select_related("jobcentre"), pk=share)
    try:
        running.ask_again(partner, by=request.user)
    except TransitionRefused as refusal:
        say_refused(request, refusal)
    else:
        messages.success(request, _("%(jobcentre)s is asked again.") % {"jobcentre": partner.jobcentre})
    return redirect("bottlenecks:campaign", pk=pk)


def _own(request: StaffRequest, pk: int) -> LineCampaign:
    own = LineCampaign.objects.visible_to(request.area).select_related(
        "campaign__organisation", "campaign__made_by", "line__report__area", "line__occupation"
    )
    return get_object_or_404(own, campaign=pk)
