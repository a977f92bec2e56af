"""A manager's pages: the jobcentre's teams and who is away."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from employers.desk.staffing_forms import AbsenceForm, TeamForm
from employers.enquiries import keeping
from employers.enquiries.kinds import WORDS
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.centres.manning import end_team, man_team
from jobcenter.centres.models import Absence, Team, TeamAuthority, TeamMember
from jobcenter.runtime.work import look_now

ABSENCES_ON_A_PAGE = 25


@acts_as(Role.MANAGER)
@require_safe
def staffing(request: StaffRequest) -> HttpResponse:
    return _staffing(request, AbsenceForm(jobcentre=request.jobcentre))


@acts_as(Role.MANAGER)
@require_POST
def absent(request: StaffRequest) -> HttpResponse:
    """Somebody is away. If it has begun, their open work goes to the substitute at once."""
    form = AbsenceForm(request.POST, jobcentre=request.jobcentre)
    if not form.is_valid():
        return _staffing(request, form)
    with transaction.atomic():
        absence = form.save()
        number = keeping.hand_over(at=timezone.now(), jobcentre=request.jobcentre) if absence.is_on else 0
        look_now("enquiries.keep_owned")
    told = {"name": absence.user, "number": number}
    messages.success(
        request,
        ngettext(
            "%(name)s is noted as away. %(number)d open enquiry has gone to somebody else.",
            "%(name)s is noted as away. %(number)d open enquiries have gone to others.",
            number,
        )
        % told
        if number
        else _("%(name)s is noted as away.") % told,
    )
    return redirect("desk:staffing")


@acts_as(Role.MANAGER)
@require_POST
def back(request: StaffRequest, pk: int) -> HttpResponse:
    """They are back today: what nobody has taken up is theirs again. One that has not begun is deleted."""
    today = timezone.localdate()
    absence = get_object_or_404(Absence.objects.of(request.jobcentre).not_over(today), pk=pk)
    with transaction.atomic():
        if absence.valid_from >= today:
            absence.delete()
        else:
            absence.valid_to = today
            absence.save(update_fields=["valid_to"])
        number = keeping.hand_back(at=timezone.now(), jobcentre=request.jobcentre)
        look_now("enquiries.keep_owned")
    told = {"name": absence.user, "number": number}
    messages.success(
        request,
        ngettext(
            "%(name)s is back, and has %(number)d enquiry again that nobody had taken up.",
            "%(name)s is back, and has %(number)d enquiries again that nobody had taken up.",
            number,
        )
        % told
        if number
        else _("%(name)s is back.") % told,
    )
    return redirect("desk:staffing")


@acts_as(Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """Make a team, or change one."""
    found = get_object_or_404(_teams(request), pk=pk) if pk else None
    form = TeamForm(request.POST or None, jobcentre=request.jobcentre, team=found)
    if form.is_valid():
        made = man_team(jobcentre=request.jobcentre, team=found, on=timezone.localdate(), **form.cleaned_data)
        messages.success(request, _("The team %(name)s is saved.") % {"name": made})
        return redirect("desk:staffing")
    return render(request, "employers/desk/team.html", {"team": found, "form": form})


@acts_as(Role.MANAGER)
@require_POST
def no_team(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(_teams(request), pk=pk)
    end_team(found, on=timezone.localdate())
    messages.success(request, _("The team %(name)s takes no more enquiries.") % {"name": found})
    return redirect("desk:staffing")


def _teams(request: StaffRequest) -> QuerySet[Team]:
    return Team.objects.valid(timezone.localdate()).filter(jobcentre=request.jobcentre)


def _staffing(request: StaffRequest, form: AbsenceForm) -> HttpResponse:
    today = timezone.localdate()
    members = list(
        TeamMember.objects.valid(today)
        .filter(team__jobcentre=request.jobcentre)
        .select_related("user")
        .order_by("user__name", "pk")
    )
    authorities = {
        row.team_id: row
        for row in TeamAuthority.objects.valid(today).filter(team__jobcentre=request.jobcentre)
    }
    teams = [
        {
            "team": one,
            "members": [member.user for member in members if member.team_id == one.pk],
            "authority": authorities.get(one.pk),
            "kinds": [WORDS[kind].name for kind in one.kinds if kind in WORDS],
            "industries": list(one.industries.all()),
        }
        for one in _teams(request).prefetch_related("industries")
    ]
    absences = Absence.objects.of(request.jobcentre).not_over(today).select_related("user", "substitute")
    return render(
        request,
        "employers/desk/staffing.html",
        {
            "jobcentre": request.jobcentre,
            "form": form,
            "teams": teams,
            "page": Paginator(absences, ABSENCES_ON_A_PAGE).get_page(request.GET.get("side")),
            "people": request.jobcentre.staff().count(),
            "away": absences.valid(today).count(),
        },
    )
