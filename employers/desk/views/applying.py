"""The buttons that lead from an enquiry to its application."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from employers.desk import applying
from employers.enquiries.models import Enquiry
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as, public
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.pages.middleware import speak
from jobcenter.pages.refusing import say_refused


@public
@require_POST
def apply(request: HttpRequest, token: str) -> HttpResponse:
    """The employer's button on the enquiry's private page: to the form, or to where it stands."""
    enquiry = Enquiry.objects.by_link(token).first()
    if not enquiry:
        raise Http404
    speak(request, enquiry.language)
    try:
        placement = applying.begin(enquiry, by=None)
    except TransitionRefused as refusal:
        return _refused(request, refusal, enquiry.link)
    return redirect(placement.link)


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def begin_placement(request: StaffRequest, pk: int) -> HttpResponse:
    """The caseworker's: fill it in for the employer, or mail them the form."""
    enquiry = get_object_or_404(Enquiry.objects.visible_to(request.jobcentre), pk=pk)
    try:
        if request.POST.get("action") == "fill":
            return redirect("placements:fill", applying.begin(enquiry, by=request.user).pk)
        placement = applying.mail(enquiry, by=request.user)
    except TransitionRefused as refusal:
        return _refused(request, refusal, enquiry.pk)
    messages.success(request, _("The form is on its way to %(email)s.") % {"email": placement.person.email})
    return redirect("desk:enquiry", pk)


def _refused(request: HttpRequest, refusal: TransitionRefused, to: str | int) -> HttpResponse:
    say_refused(request, refusal)
    return redirect(to) if isinstance(to, str) else redirect("desk:enquiry", to)
