"""One's own calendar address: made, revoked, and read by a calendar program."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import conditional_page, require_http_methods, require_POST, require_safe

from employers.desk.calendar_feed import calendar_of
from employers.desk.models import CalendarFeed
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as, public
from jobcenter.notifications.telling import language_of

FRESH = 15 * 60
"""Seconds for which a program need not ask again."""


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def my_calendar(request: StaffRequest) -> HttpResponse:
    """Whether one has an address; a POST makes a new one, and tells it this once."""
    address = ""
    if request.method == "POST":
        token = CalendarFeed.objects.renew(request.user, request.jobcentre, at=timezone.now())
        address = settings.PUBLIC_URL + reverse("desk:calendar", args=[token])
    feed = CalendarFeed.objects.of(request.user, request.jobcentre)
    return render(request, "employers/desk/my_calendar.html", {"feed": feed, "address": address})


@acts_as(Role.CASEWORKER, Role.MANAGER)
@require_POST
def revoke(request: StaffRequest) -> HttpResponse:
    CalendarFeed.objects.revoke(request.user, request.jobcentre, at=timezone.now())
    messages.success(request, _("The address leads nowhere from now on."))
    return redirect("desk:my_calendar")


@public
@require_safe
@conditional_page
@cache_control(private=True, max_age=FRESH)
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """For a calendar program, which cannot sign in: the address itself is the secret."""
    feed = get_object_or_404(
        CalendarFeed.objects.by_token(token).select_related("user", "jobcentre"),
    )
    with translation.override(language_of(feed.user.email)):
        content = calendar_of(feed.user, feed.jobcentre, today=timezone.localdate())
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'inline; filename="en-indgang.ics"', "X-Robots-Tag": "noindex"},
    )
