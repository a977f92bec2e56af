"""Confirming the sender's address: the mail's link opens a page with one button, and pressing it confirms."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from employers.enquiries import confirming, letters
from employers.enquiries.models import Confirmation, Enquiry
from employers.enquiries.views.private import behind, no_such_link
from jobcenter.accounts.scope import public
from jobcenter.pages.middleware import speak


@public
@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """One button. A link that is too old proves nothing any more: its page mails a new one."""
    followed = confirming.follow(token)
    if not followed:
        return no_such_link(request)
    enquiry, has_expired = followed
    speak(request, enquiry.language)
    if request.method == "POST" and has_expired:
        return _mailed_again(request, enquiry)
    if request.method == "POST":
        confirming.confirm(enquiry, how=Confirmation.How.LINK)
        messages.success(request, _("Thank you. Your address is confirmed."))
        return redirect(enquiry.link)
    return render(
        request,
        "employers/enquiries/confirm.html",
        {"enquiry": enquiry, "has_expired": has_expired},
        status=410 if has_expired and not enquiry.is_confirmed else 200,
    )


@public
@never_cache
@require_POST
def send_again(request: HttpRequest, token: str) -> HttpResponse:
    """Mail the link once more, to the address it is to prove."""
    found = behind(request, token)
    if not found:
        return no_such_link(request)
    if found.is_confirmed:
        messages.success(request, _("Your address is confirmed already."))
        return redirect(found.link)
    return _mailed_again(request, found)


def _mailed_again(request: HttpRequest, enquiry: Enquiry) -> HttpResponse:
    with transaction.atomic():
        letters.send_confirmation(enquiry)
    messages.success(
        request, _("A new link is on its way to %(address)s.") % {"address": enquiry.person.email}
    )
    return redirect(enquiry.link)
