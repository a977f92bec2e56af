"""Choosing what to be told, by the signed link in the mail; and stopping it all with one click.

Whoever has signed in has the same choices on a page of their own, in the room of accounts.
"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from jobcenter.notifications import choosing
from jobcenter.notifications.forms import ChoicesForm
from jobcenter.notifications.models import Recipient
from jobcenter.pages.middleware import speak


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest, token: str) -> HttpResponse:
    recipient = Recipient.objects.by_link(token).first()
    if not recipient:
        return no_such_link(request)
    speak(request, recipient.language)
    kinds = choosing.kinds_of(recipient)
    form = ChoicesForm(request.POST or None, kinds=kinds, now=choosing.ways(recipient, kinds))
    if form.is_valid():
        choosing.choose(email=recipient.email, choices=form.chosen(), language=request.LANGUAGE_CODE)
        messages.success(request, _("Your choices are saved."))
        return redirect("notifications:choices", token)
    return render(
        request,
        "jobcenter/notifications/choices.html",
        {"recipient": recipient, "form": form, "token": token},
    )


@csrf_exempt  # a mail program presses the button for its reader (RFC 8058); the signed link is the right
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """A page with one button; pressing it, or a mail program's doing so, stops all but direct answers.

    Answered without a redirect, as RFC 8058 asks (section 3.1).
    """
    recipient = Recipient.objects.by_link(token).first()
    if not recipient:
        return no_such_link(request)
    speak(request, recipient.language)
    if request.method == "POST":
        recipient = choosing.stop(email=recipient.email)
    return render(request, "jobcenter/notifications/stop.html", {"recipient": recipient, "token": token})


def no_such_link(request: HttpRequest) -> HttpResponse:
    return render(request, "jobcenter/notifications/no_such_link.html", status=404)
