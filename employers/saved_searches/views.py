"""Saving a search by e-mail, and the private page on which it is confirmed, prolonged and stopped."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from employers.saved_searches import saving
from employers.saved_searches.forms import SaveForm
from employers.saved_searches.models import SavedSearch
from employers.saved_searches.searching import in_words, query_of
from jobcenter.accounts.scope import public
from jobcenter.notifications.views import no_such_link
from jobcenter.pages.middleware import speak


@public
@require_http_methods(["GET", "HEAD", "POST"])
def save(request: HttpRequest) -> HttpResponse:
    """The search in words, and one field. The answer is the same for every address."""
    query = query_of(request.GET)
    form = SaveForm(request.POST or None)
    told = {"form": form, "words": in_words(query), "search": SavedSearch(query=query).address}
    if len(query) > SavedSearch._meta.get_field("query").max_length:  # type: ignore[operator]
        form.add_error(None, _("The search has too many choices to be saved. Remove some of them."))
    elif form.is_valid():
        email = form.cleaned_data["email"]
        try:
            saving.ask(email=email, query=query, language=request.LANGUAGE_CODE, at=timezone.now())
        except ValidationError as problem:
            form.add_error("email", problem)
        else:
            return render(request, "employers/saved_searches/asked.html", {**told, "email": email})
    return render(request, "employers/saved_searches/save.html", told)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def saved(request: HttpRequest, token: str) -> HttpResponse:
    """Everything about one saved search; each act is a button."""
    found = SavedSearch.objects.by_link(token).first()
    if not found:
        return no_such_link(request)
    speak(request, found.language)
    if request.method == "POST":
        _act(request, found)
        return redirect("saved_searches:saved", token)
    today = timezone.localdate()
    return render(
        request,
        "employers/saved_searches/saved.html",
        {"saved": found, "words": in_words(found.query), "is_running": found.is_running(on=today)},
    )


def _act(request: HttpRequest, found: SavedSearch) -> None:
    now = timezone.now()
    match request.POST.get("do"):
        case "confirm":
            saving.confirm(found, at=now)
            messages.success(request, _("The search runs. You get a mail when there is something new."))
        case "prolong":
            saving.prolong(found, at=now)
            messages.success(request, _("The search runs half a year more."))
        case "stop":
            saving.stop(found, at=now)
            messages.success(request, _("The search is stopped."))
