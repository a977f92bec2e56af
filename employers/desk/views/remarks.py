"""Writing to one's colleagues about an enquiry, and saying that one has read it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from employers.desk.forms import RemarkForm
from employers.desk.models import Mention
from employers.desk.remarking import remark
from employers.desk.views.enquiries import enquiry_of, shown
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.pages.refusing import say_refused


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def write(request: StaffRequest, pk: int) -> HttpResponse:
    found = enquiry_of(request, pk)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return shown(request, found, remark=form)
    try:
        kept = remark(
            found,
            text=form.cleaned_data["text"],
            by=request.user,
            jobcentre=request.jobcentre,
            at=timezone.now(),
        )
    except TransitionRefused as refusal:
        say_refused(request, refusal)
        return redirect("desk:enquiry", pk=pk)
    except ValidationError as fault:
        form.add_error("text", fault)
        return shown(request, found, remark=form)
    messages.success(request, _("Your remark is saved. The employer does not see it."))
    return redirect(kept)


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def read(request: StaffRequest, pk: int) -> HttpResponse:
    """It leaves one's day, and leads to what was written. A second time changes nothing."""
    unread = Mention.objects.filter(user=request.user, remark__jobcentre=request.jobcentre)
    mention = get_object_or_404(unread.select_related("remark"), pk=pk)
    enquiry_of(request, mention.remark.enquiry_id)
    unread.filter(pk=pk, read_at=None).update(read_at=timezone.now())
    return redirect(mention.remark)
