"""Companies of the labour catchment, and everything about one of them that the jobcentre may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from employers.campaigns.forms import SegmentForm
from employers.campaigns.models import Target
from employers.companies.finding import find
from employers.companies.following import company_or_404
from employers.companies.models import Company, Merge
from employers.contacts.coordination import Asked
from employers.contacts.forms import PurposeForm, SearchForm
from employers.contacts.knowing import known_before
from employers.contacts.leading import Leader, leader_of, leaders_of
from employers.contacts.models import Contact, FollowUp, Lead
from employers.contacts.preferences import preferences_of, wishes
from employers.desk import before, columns, lanes, timeline
from employers.desk.happenings import Happenings, sources
from employers.desk.kept_views import offered, opens_with_default
from employers.desk.models.saved_view import Listed
from employers.desk.prospects import fitting_for, outlooks_for
from employers.desk.timeline import Kind
from employers.enquiries.models import Enquiry
from employers.placements.models import Placement
from employers.vacancies.models import Vacancy
from jobcenter.accounts.models import Reading, Role
from jobcenter.accounts.reading import seen
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.pages import sheets

COMPANIES_ON_A_PAGE = 25
MOST_FOUND = 100
"""So many of the companies that fit are shown, best first: whoever wants another writes more of its name."""
ENTRIES_ON_A_PAGE = 20
NEWEST_SHOWN = 8


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_safe
@opens_with_default(Listed.COMPANIES)
def companies(request: StaffRequest) -> HttpResponseBase:
    form = SearchForm(request.GET or None)
    sought = form.cleaned_data["q"].strip() if form.is_valid() else ""
    segments = SegmentForm(request.GET, jobcentre=request.jobcentre)
    visible = (
        segments.chosen(Company.objects.visible_to(request.jobcentre))
        .select_related("industry")
        .prefetch_related("workplaces__municipality")
    )
    found = find(visible, sought, most=MOST_FOUND) if sought else visible.order_by("sort_key", "pk")
    if sheet := sheets.asked(request, _("Companies"), columns.COMPANIES, found):
        return sheet
    page = Paginator(found, COMPANIES_ON_A_PAGE).get_page(request.GET.get("side"))
    return render(
        request,
        "employers/desk/companies.html",
        {
            "form": form,
            "segments": segments,
            "sought": sought,
            "page": page,
            "rows": _with_leaders(request, page.object_list),
            "has_more": page.paginator.count == MOST_FOUND and bool(sought),
            "jobcentre": request.jobcentre,
            "views": offered(request, Listed.COMPANIES),
        },
    )


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_safe
def company(request: StaffRequest, pk: int) -> HttpResponse:
    """Who they are, what other jobcentres have had with them lately, and the newest of everything."""
    found = _company(request, pk)
    if found.pk != pk:
        return redirect(found)
    reader = request.jobcentre
    now = timezone.localtime()
    since = now - lanes.BACK
    purpose = PurposeForm(request.GET)
    contacts_lately = list(Contact.objects.about(found).held().filter(happened_at__gte=since))
    newest = Happenings(sources(found, reader=reader, user=request.user)).newest(NEWEST_SHOWN)
    _note_as_read(request, [*contacts_lately, *newest], where=Reading.Where.TIMELINE)
    enquiries_lately = _enquiries(request, found).filter(received_at__gte=since)
    lately = timeline.merged(
        timeline.entry_of(one, reader=reader) for one in [*contacts_lately, *enquiries_lately]
    )
    vacancies = list(_vacancies(request, found)[:NEWEST_SHOWN])
    follow_ups = list(
        FollowUp.objects.visible_to(reader)
        .open()
        .filter(company=found)
        .select_related("company", "owner", "reset_by__by", "reset_by__jobcentre")
    )
    meetings = list(
        Contact.objects.about(found).planned().filter(jobcentre=reader).order_by("happened_at", "pk")
    )
    planned = before.planned_by_us(follow_ups, meetings)
    fitting = fitting_for(vacancies, jobcentre=reader, on=now.date())
    shown = (proposal.candidate for one in fitting for proposal in one.proposals)
    seen(request, shown, where=Reading.Where.LIST)
    return render(
        request,
        "employers/desk/company.html",
        {
            **_head(request, found, here="overblik"),
            "before": before.look(
                lately,
                planned,
                known_before(found, jobcentre=reader, at=now),
                Asked(at=now, purposes=purpose.purposes),
                own=reader.name,
            ),
            "follow_ups": follow_ups,
            "meetings": meetings,
            "now": now,
            "purpose_form": purpose,
            "today": now.date(),
            "entries": [timeline.entry_of(one, reader=reader) for one in newest],
            "vacancies": vacancies,
            "outlooks": outlooks_for(vacancies, on=now.date()),
            "fitting": fitting,
        },
    )


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_safe
def company_part(request: StaffRequest, pk: int, part: str) -> HttpResponseBase:
    """All that has happened, contacts, enquiries, vacancies or people of one company, in pages."""
    found = _company(request, pk)
    if found.pk != pk:
        return redirect("desk:company_part", found.pk, part)
    rows: Any
    as_read: Callable[[Any], Any] = _itself
    match part:
        case "tidslinje":
            chosen = [kind for kind in Kind if kind.value == request.GET.get("hvad")]
            rows = Happenings(sources(found, reader=request.jobcentre, user=request.user), kinds=chosen)
            as_read = partial(timeline.entry_of, reader=request.jobcentre)
        case "kontakter":
            rows = Contact.objects.about(found).held()
            as_read = partial(timeline.of_contact, reader=request.jobcentre)
        case "henvendelser":
            rows = _enquiries(request, found)
            as_read = partial(timeline.of_enquiry, reader=request.jobcentre)
        case "stillinger":
            rows = _vacancies(request, found)
        case "forloeb":
            rows = _placements(request, found)
        case "personer":
            rows = found.people.known().order_by("name", "pk")
        case _:
            raise Http404
    if sheet := sheets.asked(request, f"{found} {part}", columns.PARTS[part], map(as_read, rows)):
        _note_as_read(request, rows, where=Reading.Where.FILE)
        return sheet
    page = Paginator(rows, ENTRIES_ON_A_PAGE).get_page(request.GET.get("side"))
    _note_as_read(request, page, where=Reading.Where.TIMELINE)
    page.object_list = [as_read(one) for one in page.object_list]
    return render(
        request,
        "employers/desk/company_part.html",
        {
            **_head(request, found, here=part),
            "is_manager": request.membership.role == Role.MANAGER,
            "page": page,
            "kinds": Kind,
            "kind": request.GET.get("hvad", ""),
        },
    )


def _note_as_read(request: StaffRequest, rows: Iterable[Any], *, where: str) -> None:
    """Contacts are read when their note is: that there was one, every jobcentre of the catchment may see."""
    contacts = (one for one in rows if isinstance(one, Contact) and one.note_for(request.jobcentre))
    seen(request, contacts, where=where)


def _itself(row: Any) -> Any:
    """What needs nothing kept from the reader."""
    return row


def _company(request: StaffRequest, pk: int) -> Company:
    """Of an old address, the company it was merged into: the page then leads there."""
    visible = Company.objects.visible_to(request.jobcentre)
    visible = visible.select_related("industry").prefetch_related("workplaces__municipality")
    return company_or_404(visible, pk)


def _with_leaders(request: StaffRequest, companies: Iterable[Company]) -> list[tuple[Company, Leader | None]]:
    """Each with the one that leads it in the jobcentre's labour catchment."""
    found = list(companies)
    leaders = leaders_of(found, jobcentre=request.jobcentre, on=timezone.localdate())
    return [(one, leaders.get(one.pk)) for one in found]


def _enquiries(request: StaffRequest, found: Company) -> Any:
    """The company's enquiries, whoever is responsible: `timeline` decides what is seen of each.

    Of a confidential one nobody but those who work on it sees even that there is one.
    """
    known = Enquiry.objects.of_company(found).open_to(request.user)
    return known.select_related("jobcentre", "owner", "person", "vacancy")


def _vacancies(request: StaffRequest, found: Company) -> Any:
    return (
        Vacancy.objects.visible_to(request.jobcentre)
        .filter(company=found)
        .select_related("jobcentre", "workplace__municipality", "enquiry", "occupation", "company")
        .order_by("-created_at", "-pk")
    )


def _placements(request: StaffRequest, found: Company) -> Any:
    """The jobcentre's own wage subsidies and work trials there, the latest first."""
    return (
        Placement.objects.visible_to(request.jobcentre)
        .filter(company=found)
        .select_related("workplace")
        .order_by("-starts_on", "-pk")
    )


def _head(request: StaffRequest, found: Company, *, here: str) -> dict[str, Any]:
    """What stands above every part of a company's page."""
    today = timezone.localdate()
    leader = leader_of(found, jobcentre=request.jobcentre, on=today)
    own_lead = Lead.objects.of(found, request.jobcentre, on=today)
    return {
        "company": found,
        "workplaces": list(found.workplaces.all()),
        "jobcentre": request.jobcentre,
        "leader": leader,
        "own_lead": own_lead,
        "leads_here": leader is not None and leader.is_of(request.jobcentre),
        "here": here,
        "also_known_as": found.merges.standing().filter(kind=Merge.Kind.COMPANY),
        "campaigns": list(Target.objects.running_for(found, request.jobcentre)),
        "is_ours": Company.objects.of(request.jobcentre).filter(pk=found.pk).exists(),
        "wishes": wishes(preferences_of(found), at=timezone.now()),
        "counts": {
            "tidslinje": len(Happenings(sources(found, reader=request.jobcentre, user=request.user))),
            "kontakter": Contact.objects.held().filter(company=found).count(),
            "henvendelser": _enquiries(request, found).count(),
            "stillinger": _vacancies(request, found).count(),
            "forloeb": _placements(request, found).count(),
            "personer": found.people.known().count(),
        },
    }
