"""The pages of campaigns: all of them, making one in two steps, one of them, and taking a company of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from employers.campaigns import columns, running, showing
from employers.campaigns.choosing import MOST, preview
from employers.campaigns.forms import AboutForm, DeclineForm, DivideForm, MoveForm, RowsForm, TakeForm
from employers.campaigns.models import Campaign, Share, Target
from employers.campaigns.running import TakenAlready
from employers.campaigns.segments import SEGMENTS
from employers.companies.models import Company
from employers.contacts.coordination import Advice, Asked, advise
from employers.contacts.holding import HeldAlready
from employers.contacts.knowing import known_before
from employers.contacts.saying import NAMES, day_in_full, sentence
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.pages import sheets
from jobcenter.pages.refusing import say_refused

CAMPAIGNS_ON_A_PAGE = 20
COMPANIES_ON_A_PAGE = 50
SHOWN_IN_PREVIEW = 12
MARKS = {Advice.FREE: "good", Advice.THINK: "calm", Advice.ASK: "warn", Advice.WAIT: "bad"}


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_safe
def campaigns(request: StaffRequest) -> HttpResponse:
    found = (
        Campaign.objects.visible_to(request.jobcentre)
        .select_related("organisation")
        .prefetch_related("shares__jobcentre")
    )
    page = Paginator(found, CAMPAIGNS_ON_A_PAGE).get_page(request.GET.get("side"))
    progress = showing.how_far(page.object_list)
    return render(
        request,
        "employers/campaigns/campaigns.html",
        {
            "page": page,
            "rows": [(one, progress[one.pk]) for one in page.object_list],
            "jobcentre": request.jobcentre,
            "asked": {
                share.campaign_id for share in Share.objects.to_answer(request.membership.organisation_id)
            },
        },
    )


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_safe
def new(request: StaffRequest) -> HttpResponse:
    """The first step: what about, when and which companies, with how many there are."""
    is_asked = "om" in request.GET
    form = AboutForm(request.GET, jobcentre=request.jobcentre, today=timezone.localdate())
    form.chosen(Company.objects.visible_to(request.jobcentre))
    found = preview(form.choice(), jobcentre=request.jobcentre) if form.is_valid() else None
    if not is_asked:
        form.errors.clear()
    return render(
        request,
        "employers/campaigns/new.html",
        {
            "form": form,
            "occupation": form.occupation,
            "preview": found,
            "shown": found.companies[:SHOWN_IN_PREVIEW] if found else [],
            "more": max(0, len(found.companies) - SHOWN_IN_PREVIEW) if found else 0,
            "most": MOST,
            "next": f"{reverse('campaigns:divide')}?{request.GET.urlencode()}",
        },
    )


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def divide(request: StaffRequest) -> HttpResponse:
    """The second step: its name, who takes part, and who gets which company. Makes a draft."""
    today = timezone.localdate()
    about = AboutForm(request.GET, jobcentre=request.jobcentre, today=today)
    back = f"{reverse('campaigns:new')}?{request.GET.urlencode()}"
    if not about.is_valid():
        return redirect(back)
    choice = about.choice()
    found = preview(choice, jobcentre=request.jobcentre)
    if not found.companies or found.is_too_large:
        return redirect(back)
    form = DivideForm(request.POST or None, jobcentre=request.jobcentre, today=today)
    if form.is_valid():
        made = running.make(
            choice,
            found.companies,
            jobcentre=request.jobcentre,
            user=request.user,
            **form.cleaned_data,
        )
        messages.success(request, _("The campaign is prepared. Look at the division, and start it."))
        return redirect(made)
    return render(
        request,
        "employers/campaigns/divide.html",
        {"form": form, "preview": found, "choice": choice, "back": back},
    )


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_safe
def campaign(request: StaffRequest, pk: int) -> HttpResponseBase:
    found = _campaign(request, pk)
    return _shown(request, found)


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def start(request: StaffRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    try:
        running.start(found, by=request.user)
    except TransitionRefused as refusal:
        say_refused(request, refusal)
    else:
        messages.success(request, _("The campaign runs, and the partners are asked."))
    return redirect(found)


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def end(request: StaffRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    try:
        running.end(found, by=request.user)
    except TransitionRefused as refusal:
        say_refused(request, refusal)
    else:
        messages.success(request, _("The campaign has ended. What nobody had reached is free again."))
    return redirect(found)


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def accept(request: StaffRequest, pk: int) -> HttpResponse:
    share = _share(request, pk)
    try:
        running.accept(share, by=request.user)
    except TransitionRefused as refusal:
        say_refused(request, refusal)
    else:
        messages.success(request, _("You take part. The companies of your share can be taken now."))
    return redirect(share.campaign)


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def decline(request: StaffRequest, pk: int) -> HttpResponseBase:
    share = _share(request, pk)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _shown(request, share.campaign, declining=form)
    try:
        running.decline(share, by=request.user, reason=form.cleaned_data["reason"])
    except TransitionRefused as refusal:
        say_refused(request, refusal)
    else:
        messages.success(request, _("You do not take part. Whoever made the campaign is told."))
    return redirect(share.campaign)


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def move(request: StaffRequest, pk: int) -> HttpResponseBase:
    """By the jobcentre that has made the campaign, as long as it has not ended."""
    found = _own(request, pk)
    form = MoveForm(request.POST, campaign=found)
    if not form.is_valid():
        return _shown(request, found, moving=form)
    targets, to = form.cleaned_data["companies"], form.cleaned_data["to"]
    number = running.move(found, [target.pk for target in targets], to=to)
    text = ngettext(
        "%(number)d company is now in the share of %(jobcentre)s.",
        "%(number)d companies are now in the share of %(jobcentre)s.",
        number,
    )
    messages.success(request, text % {"number": number, "jobcentre": to.jobcentre})
    if left := len(targets) - number:
        text = ngettext(
            "%(number)d was not moved: it is taken, or %(jobcentre)s does not share its labour supply.",
            "%(number)d were not moved: they are taken, or %(jobcentre)s does not share their labour supply.",
            left,
        )
        messages.warning(request, text % {"number": left, "jobcentre": to.jobcentre})
    return redirect(found)


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: StaffRequest, pk: int, target: int) -> HttpResponse:
    """The advice before the company is contacted, and taking it on, with a hold or without."""
    found = _target(request, pk, target)
    now = timezone.localtime()
    form = TakeForm(request.POST or None, today=now.date())
    if request.method == "POST" and form.is_valid():
        try:
            running.take(
                found,
                by=request.user,
                jobcentre=request.jobcentre,
                days=form.cleaned_data["days"],
                at=timezone.now(),
            )
        except TakenAlready as first:
            messages.warning(request, _taken(first.target))
            return redirect(found.campaign)
        except HeldAlready as first:
            told = {"jobcentre": first.hold.jobcentre, "day": day_in_full(first.hold.free_on)}
            form.add_error("days", _("%(jobcentre)s has reserved the company until %(day)s.") % told)
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            messages.success(request, _("%(company)s is yours.") % {"company": found.company})
            return redirect(found.campaign)
    counsel = advise(
        known_before(found.company, jobcentre=request.jobcentre, at=now),
        Asked(at=now, purposes=[found.campaign.purpose]),
    )
    return render(
        request,
        "employers/campaigns/take.html",
        {
            "target": found,
            "campaign": found.campaign,
            "form": form,
            "advice": NAMES[counsel.advice],
            "mark": MARKS[counsel.advice],
            "sentences": list(dict.fromkeys(sentence(ground) for ground in counsel.grounds)),
        },
    )


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def give_back(request: StaffRequest, pk: int, target: int) -> HttpResponse:
    """By whoever has taken it, or a manager of the jobcentre."""
    found = _target(request, pk, target)
    if found.taken_by_id is None:
        messages.info(request, _("%(company)s was free already.") % {"company": found.company})
    elif found.taken_by == request.user or request.membership.role == Role.MANAGER:
        running.give_back(found, by=request.user, at=timezone.now())
        messages.success(request, _("%(company)s is free for a colleague.") % {"company": found.company})
    else:
        messages.warning(request, _taken(found))
    return redirect(found.campaign)


def _shown(
    request: StaffRequest,
    found: Campaign,
    *,
    moving: MoveForm | None = None,
    declining: DeclineForm | None = None,
) -> HttpResponseBase:
    reader, user = request.jobcentre, request.user
    shares = list(found.shares.select_related("jobcentre", "answered_by"))
    filters = RowsForm(request.GET, shares=shares)
    targets = showing.chosen(found, filters, reader=reader, user=user)
    whose: dict[str, Any] = {"reader": reader, "user": user, "role": request.membership.role}
    if sheet := sheets.asked(request, found.name, columns.ROWS, _all_rows(request, found, targets, whose)):
        return sheet
    page = Paginator(targets, COMPANIES_ON_A_PAGE).get_page(request.GET.get("side"))
    own = next((share for share in shares if share.jobcentre_id == reader.pk), None)
    is_maker = found.is_of(reader)
    return render(
        request,
        "employers/campaigns/campaign.html",
        {
            "campaign": found,
            "far": showing.far(found, shares),
            "background": showing.background(found, reader=reader),
            "filters": filters,
            "page": page,
            "rows": showing.rows(found, page.object_list, **whose),
            "own": own,
            "is_maker": is_maker,
            "may_move": is_maker and found.state != Campaign.State.ENDED,
            "moving": moving or MoveForm(None, campaign=found),
            "declining": declining or DeclineForm(),
            "segments": [SEGMENTS[key].name for key in found.segments if key in SEGMENTS],
            "is_over": found.is_running and found.ends_on < timezone.localdate(),
            "today": timezone.localdate(),
        },
    )


def _all_rows(
    request: StaffRequest, found: Campaign, targets: list[Target], whose: dict[str, Any]
) -> list[showing.Row]:
    """For a file, which is asked for seldom; the page has its own."""
    return showing.rows(found, targets, **whose) if sheets.ASKED in request.GET else []


def _taken(target: Target) -> str:
    return _("%(name)s has taken %(company)s already.") % {
        "name": target.taken_by,
        "company": target.company,
    }


def _campaign(request: StaffRequest, pk: int) -> Campaign:
    visible = Campaign.objects.visible_to(request.jobcentre)
    return get_object_or_404(
        visible.select_related("organisation", "made_by", "municipality", "occupation"), pk=pk
    )


def _own(request: StaffRequest, pk: int) -> Campaign:
    own = Campaign.objects.filter(organisation=request.membership.organisation_id)
    return get_object_or_404(own.select_related("organisation", "made_by"), pk=pk)


def _share(request: StaffRequest, pk: int) -> Share:
    """The jobcentre's own share of a campaign that has run."""
    own = Share.objects.filter(
        jobcentre=request.jobcentre, campaign__in=Campaign.objects.visible_to(request.jobcentre)
    )
    return get_object_or_404(own.select_related("campaign__made_by", "jobcentre"), campaign=pk)


def _target(request: StaffRequest, pk: int, target: int) -> Target:
    """A company of one's own jobcentre's share."""
    own = Target.objects.filter(campaign=_campaign(request, pk), share__jobcentre=request.jobcentre).seen_by(
        request.jobcentre
    )
    return get_object_or_404(own.select_related("campaign", "company", "share", "taken_by"), pk=target)
