"""Pages of text, the change of language, and the pages that say what went wrong."""

from email.utils import parseaddr

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import redirect, render
from django.template import loader
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language


def contact_address() -> str:
    """Where people can write to those who run the portal: the address its mail comes from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


@login_not_required
@require_safe
def help_and_contact(request: HttpRequest) -> HttpResponse:
    return render(request, "jobcenter/pages/content/help.html", {"address": contact_address()})


@login_not_required
@require_safe
def data_kept(request: HttpRequest) -> HttpResponse:
    return render(request, "jobcenter/pages/content/data.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "jobcenter/pages/content/accessibility.html",
        {"address": contact_address(), "help": reverse("pages:help")},
    )


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the chosen language in a cookie and go back to the page one came from."""
    return set_language(request)


@login_not_required
@require_safe
@cache_control(max_age=86_400, public=True)
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for this address whatever the page says."""
    return redirect(static("ei/favicon.ico"))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "jobcenter/pages/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "jobcenter/pages/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "jobcenter/pages/errors/404.html", status=404)


def gone(request: HttpRequest, *, heading: str = "", text: str = "") -> HttpResponse:
    """For a link that was valid once: what it was, and how to get on.

    Not wired by Django; a view returns it where a signed link has run out or a page was withdrawn.
    """
    return render(
        request,
        "jobcenter/pages/errors/410.html",
        {
            "heading": heading or _("The link no longer works"),
            "text": text or _("It has expired, or what it pointed to has been withdrawn."),
        },
        status=410,
    )


def not_kept(request: HttpRequest, *, heading: str, text: str) -> HttpResponse:
    """For what was sent in the moment in which something else happened to what it is about: 409."""
    told = {"heading": heading, "text": text}
    return render(request, "jobcenter/pages/errors/410.html", told, status=409)


def server_error(request: HttpRequest) -> HttpResponse:
    """A page that needs neither database, session nor context: any of them may be what failed."""
    try:
        stylesheets = [static("vendor/dkfds/css/dkfds-virkdk.min.css"), static("ei/indgang.css")]
    except ValueError:  # the list of static files is missing; the page is readable without
        stylesheets = []
    page = loader.get_template("jobcenter/pages/errors/500.html")
    return HttpResponseServerError(page.render({"stylesheets": stylesheets}))
