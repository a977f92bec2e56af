"""One thing is done to several rows of a list, and what became of each is told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from employers.contacts.models import FollowUp
from employers.desk import bulk
from employers.desk.kept_views import query_of
from employers.desk.list_forms import GiveSeveralForm, PostponeForm
from employers.desk.models.saved_view import Listed
from employers.enquiries.models import Enquiry
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as

AT_MOST = 100


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def enquiries(request: StaffRequest) -> HttpResponse:
    """Give those that were chosen to a colleague, or take them up."""
    visible = Enquiry.objects.visible_to(request.jobcentre, user=request.user)
    chosen = Chosen(request, Listed.QUEUE, visible.select_related("company", "jobcentre"))
    if not chosen.rows:
        return chosen.nothing()
    match request.POST.get("action"):
        case "give":
            form = GiveSeveralForm(_said(request, "to"), jobcentre=request.jobcentre)
            if not form.is_valid():
                return chosen.ask(form, heading=_("Give to a colleague"), action="give")
            to = form.cleaned_data["to"]
            fates = bulk.give(chosen.rows, to=to, by=request.user, at=timezone.now())
            return chosen.tell(fates, heading=_("Given to %(name)s") % {"name": to})
        case "start":
            fates = bulk.take_up(chosen.rows, by=request.user, organisation=request.jobcentre.organisation)
            return chosen.tell(fates, heading=_("Taken up"))
    raise Http404


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def follow_ups(request: StaffRequest) -> HttpResponse:
    """Those that were chosen are done, or are postponed."""
    visible = FollowUp.objects.visible_to(request.jobcentre)
    chosen = Chosen(request, Listed.FOLLOW_UPS, visible.select_related("company"))
    if not chosen.rows:
        return chosen.nothing()
    match request.POST.get("action"):
        case "done":
            return chosen.tell(bulk.finish(chosen.rows), heading=_("Done"))
        case "postpone":
            form = PostponeForm(_said(request, "until"))
            if not form.is_valid():
                return chosen.ask(form, heading=_("Postpone"), action="postpone")
            fates = bulk.postpone(chosen.rows, until=form.cleaned_data["until"])
            return chosen.tell(fates, heading=_("Postponed"))
    raise Http404


class Chosen:
    """The rows that were ticked in a list, as far as the asker may see them, and where to go from there."""

    def __init__(self, request: StaffRequest, listed: Listed, visible: Any) -> None:
        self.request, self.listed = request, listed
        said = request.POST.getlist("pk")[:AT_MOST]
        pks = {int(pk) for pk in said if pk.isascii() and pk.isdigit() and len(pk) < 19}
        self.rows = list(visible.filter(pk__in=pks))
        self.missing = len(set(said)) - len(self.rows)
        self.query = query_of(listed, QueryDict(request.POST.get("query", "")[:1000]))

    @property
    def back(self) -> str:
        return f"{reverse(self.listed)}?{self.query}"

    def nothing(self) -> HttpResponse:
        messages.warning(self.request, _("Choose at least one that you may see."))
        return redirect(self.back)

    def ask(self, form: forms.Form, *, heading: str, action: str) -> HttpResponse:
        """What is to be known first; the rows stay chosen."""
        return self._page(form=form, heading=heading, action=action, fates=[])

    def tell(self, fates: list[bulk.Fate], *, heading: str) -> HttpResponse:
        """Back to the list when all went well; else a page with the fate of each."""
        done = sum(1 for fate in fates if fate.is_done)
        if done == len(fates) and not self.missing:
            messages.success(self.request, f"{heading}: {done}.")
            return redirect(self.back)
        return self._page(heading=heading, fates=fates, done=done, all=len(fates) + self.missing)

    def _page(self, **more: Any) -> HttpResponse:
        context = {"rows": self.rows, "missing": self.missing, "query": self.query, "back": self.back}
        return render(self.request, "employers/desk/bulk.html", {**context, **more})


def _said(request: StaffRequest, name: str) -> QueryDict | None:
    """What was posted, once the field has been asked for."""
    return request.POST if name in request.POST else None
