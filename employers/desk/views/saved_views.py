"""Keeping a list as one likes to see it, and letting go of it."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from employers.desk.kept_views import keep, query_of
from employers.desk.list_forms import SaveViewForm
from employers.desk.models import SavedView
from employers.desk.models.saved_view import Listed
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def save(request: StaffRequest) -> HttpResponse:
    """Under a name of one's own; what is wrong with it is told above the list, which stays as it was."""
    listed = _listed(request.POST.get("listed", ""))
    query = query_of(listed, QueryDict(request.POST.get("query", "")[:1000]))
    form = SaveViewForm(request.POST)
    if not form.is_valid():
        messages.warning(request, " ".join(str(said) for said in form.errors["name"]))
        return redirect(f"{reverse(listed)}?{query}")
    view = keep(
        listed=listed, query=query, owner=request.user, jobcentre=request.jobcentre, **form.cleaned_data
    )
    messages.success(request, _("The view “%(name)s” is saved.") % {"name": view})
    return redirect(view)


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def forget(request: StaffRequest, pk: int) -> HttpResponse:
    """One's own; a manager also what others share with the jobcentre."""
    may_be_forgotten = Q(owner=request.user)
    if request.membership.role == Role.MANAGER:
        may_be_forgotten |= Q(is_shared=True)
    view = get_object_or_404(SavedView.objects.filter(may_be_forgotten, jobcentre=request.jobcentre), pk=pk)
    view.delete()
    messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view})
    return redirect(f"{reverse(view.listed)}?{view.query}")


def _listed(code: str) -> Listed:
    if code not in Listed.values:
        raise Http404
    return Listed(code)
