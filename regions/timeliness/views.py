"""The law's deadlines: how they are kept, what they say, and a jobcentre's delivery of its spells."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.centres.models import Jobcentre
from jobcenter.pages import sheets
from regions.measures.jsonstat import Dimension
from regions.measures.models import TargetGroup
from regions.measures.periods import parse
from regions.timeliness import columns, keeping
from regions.timeliness.forms import QuarterForm, UploadForm, target_groups
from regions.timeliness.late import late_of
from regions.timeliness.lines import COLUMNS, KINDS, WHATS, Reading, Window, read
from regions.timeliness.models import DeadlineRule, SpellDelivery, SpellDraft
from regions.timeliness.receiving import Difference, Origin, compare, reach_of, reaches_to, receive

STAFF = (Role.CASEWORKER, Role.MANAGER, Role.AREA_OFFICER, Role.NATIONAL)
PER_PAGE = 25
MOST_PROBLEMS = 100


@acts_as(Role.AREA_OFFICER, Role.NATIONAL)
@require_GET
def overview(request: StaffRequest) -> HttpResponseBase:
    """Every jobcentre of the area, or of the country, in one quarter; and the same as a file."""
    today = timezone.localdate()
    found = Jobcentre.objects.valid(today).order_by("sort_key")
    area = getattr(request, "area", None)
    jobcentres = list(found.in_area(area, on=today) if area else found)
    form = QuarterForm(request.GET or None, quarters=keeping.quarters_of(jobcentres))
    period = form.chosen()
    standings = keeping.standings(jobcentres, period=period) if period else []
    reach = reach_of(jobcentres)
    measures = keeping.measures_of(jobcentres, period=period) if period else []
    if period and sheets.ASKED in request.GET:
        name = "{}, {}".format(_("Deadlines of the law"), period)
        told = [*standings, *keeping.nothing_told(jobcentres, standings)]
        file = sheets.asked(
            request,
            name,
            columns.of_standings(period, reach=reach, measures=measures),
            told,
            cube=lambda: columns.standings_as_cube(
                name, told, period=dimension_of(period), reach=reach, measures=measures
            ),
        )
        if file:
            return file
    context = {
        "area": area,
        "form": form,
        "period": period,
        "standings": standings,
        "reaches_to": max(reach.values(), default=None),
        "measures": measures,
        "is_invented": DeadlineRule.objects.filter(measure__is_fictional=True).exists(),
    }
    return render(request, "regions/timeliness/overview.html", context)


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_GET
def own(request: StaffRequest) -> HttpResponse:
    return redirect("timeliness:jobcentre", pk=request.jobcentre.pk)


@acts_as(*STAFF)
@require_GET
def jobcentre(request: StaffRequest, pk: int) -> HttpResponseBase:
    """How a jobcentre kept each deadline in a quarter, also as a file; how late, it is told itself."""
    shown = get_object_or_404(Jobcentre, pk=pk)
    is_own = getattr(request, "jobcentre", None) == shown
    form = QuarterForm(request.GET or None, quarters=keeping.quarters_of([shown]))
    period = form.chosen()
    lines = keeping.lines_of(shown, period=period, is_own=is_own) if period else []
    reach = reaches_to(shown)
    if period and sheets.ASKED in request.GET:
        name = f"{shown.name}: {_('Deadlines of the law')}, {period}"
        file = sheets.asked(
            request,
            name,
            columns.of_lines(shown, period, reach=reach),
            lines,
            cube=lambda: columns.lines_as_cube(name, lines, period=dimension_of(period), reach=reach),
        )
        if file:
            return file
    told = [line for line in lines if line.share is not None and line.rule.duty == "jobcentre"]
    context = {
        "jobcentre": shown,
        "is_own": is_own,
        "form": form,
        "period": period,
        "lines": lines,
        "measures": list({line.rule.measure_id: line.rule.measure for line in lines}.values()),
        "least_kept": min(told, key=lambda line: line.share or 0, default=None),
        "reaches_to": reach,
    }
    return render(request, "regions/timeliness/jobcentre.html", context)


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_GET
def late(request: StaffRequest) -> HttpResponseBase:
    """What the jobcentre itself was late with in a quarter: no person, only keys of its own case system."""
    own = request.jobcentre
    form = QuarterForm(request.GET or None, quarters=keeping.quarters_of([own]))
    period = form.chosen()
    found = late_of(own, period=period) if period else []
    if file := sheets.asked(request, _("What was late"), columns.LATE, found):
        return file
    context = {
        "jobcentre": own,
        "form": form,
        "period": period,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("side")),
        "not_done": sum(not one.is_done for one in found),
        "reaches_to": reaches_to(own),
    }
    return render(request, "regions/timeliness/late.html", context)


@acts_as(*STAFF)
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """What the law asks for, the latest versions first."""
    found = DeadlineRule.objects.select_related("target_group").order_by(
        "-valid_from", "measure__code", "code", "target_group__code"
    )
    return render(request, "regions/timeliness/rules.html", {"rules": found})


@acts_as(*STAFF)
@require_GET
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: what it asks for, from when to when, the law, and where it was read."""
    shown = get_object_or_404(DeadlineRule.objects.select_related("target_group", "measure"), pk=pk)
    versions = DeadlineRule.objects.filter(code=shown.code, target_group=shown.target_group)
    context = {
        "rule": shown,
        "versions": versions.exclude(pk=shown.pk).order_by("-valid_from"),
        "is_over": shown.is_over(on=timezone.localdate()),
    }
    return render(request, "regions/timeliness/rule.html", context)


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def deliveries(request: StaffRequest) -> HttpResponse:
    """What the jobcentre has delivered, and a new file: a good one waits until somebody has seen it."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        SpellDraft.objects.update_or_create(
            membership=request.membership,
            defaults={
                "file_name": form.cleaned_data["file"].name,
                "content": form.content,
                "digest": form.digest,
                "window_from": form.window.first,
                "window_to": form.window.last,
                "created_at": timezone.now(),
            },
        )
        return redirect("timeliness:check")
    found = SpellDelivery.objects.filter(jobcentre=request.jobcentre).select_related("by")
    problems = form.reading.problems
    context = {
        "form": form,
        "problems": problems[:MOST_PROBLEMS],
        "problems_left_out": max(len(problems) - MOST_PROBLEMS, 0),
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("side")),
        "columns": list(COLUMNS),
        "kinds": [(name, ", ".join(WHATS[kind])) for name, kind in KINDS.items()],
        "groups": TargetGroup.objects.all(),
    }
    return render(request, "regions/timeliness/deliveries.html", context)


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def check(request: StaffRequest) -> HttpResponse:
    """What the file that waits would change; a POST saves it, all or nothing."""
    if request.method == "POST":
        return save(request)
    draft = SpellDraft.objects.filter(membership=request.membership).first()
    reading = read_again(draft) if draft else None
    if draft is None or reading is None:
        return redirect("timeliness:deliveries")
    found = compare(reading.spells, jobcentre=request.jobcentre, window=window_of(draft))
    context = {"draft": draft, "found": found, "parts": parts_of(found), "is_empty": found.is_empty}
    return render(request, "regions/timeliness/check.html", context)


@transaction.atomic
def save(request: StaffRequest) -> HttpResponse:
    """Take the file in. It goes from where it waited, so a second press of the button finds nothing."""
    draft = SpellDraft.objects.select_for_update().filter(membership=request.membership).first()
    if not draft:
        messages.info(request, _("There is nothing more to save: the file was saved already."))
        return redirect("timeliness:deliveries")
    if request.POST.get("digest") != draft.digest:
        messages.warning(request, _("You have chosen another file since. This is what that one changes."))
        return redirect("timeliness:check")
    reading = read_again(draft)
    draft.delete()
    if reading is None:
        messages.error(
            request, _("The target groups have changed since you chose the file. Choose it again.")
        )
        return redirect("timeliness:deliveries")
    delivery = receive(
        reading.spells,
        jobcentre=request.jobcentre,
        origin=Origin(draft.file_name, draft.digest, window_of(draft), by=request.user),
    )
    if delivery:
        messages.success(request, _("The spells are saved. The deadlines are counted anew within a minute."))
    else:
        messages.info(request, _("The file changes nothing: all of it is there already."))
    return redirect("timeliness:deliveries")


def read_again(draft: SpellDraft) -> Reading | None:
    """The spells of a file that waits; None when they no longer fit what is known."""
    reading = read(bytes(draft.content), window=window_of(draft), groups=target_groups())
    return None if reading.problems else reading


def dimension_of(period: str) -> Dimension:
    """The one quarter of a file."""
    named = {period: parse(period).in_words(language=get_language() or "da")}
    return Dimension("period", _("Period"), named, role="time")


def window_of(draft: SpellDraft) -> Window:
    return Window(draft.window_from, draft.window_to)


def parts_of(found: Difference) -> list[tuple[TargetGroup, int, int, int, int]]:
    """By target group: how many spells are new, changed, removed and as before."""
    groups = TargetGroup.objects.filter(pk__in={change.target_group for change in found.changes})
    return [
        (
            group,
            found.number("added", target_group=group.pk),
            found.number("changed", target_group=group.pk),
            found.number("removed", target_group=group.pk),
            found.number("unchanged", target_group=group.pk),
        )
        for group in groups
    ]
