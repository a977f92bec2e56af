"""The language of a page: Danish, until the reader chooses another, or what a mailed link opens is in one.

And what is pointed out to staff, whatever form they have written it in.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from jobcenter.pages.health import health_words


class LanguageMiddleware:
    """Activates the language the reader chose.

    What a browser prefers is not asked: many Danes have a browser in English, and the address of a
    page must mean the same page to the one who sends it and the one who opens it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        patch_vary_headers(response, ["Cookie"])
        return response


class HealthWordsMiddleware:
    """Tells staff, when a form of theirs was taken, that there were words about somebody's health in it.

    It is not refused: sickness may be what the work is about, and people decide. Employers are told while
    they write, by the form itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        membership = getattr(request, "membership", None)
        was_taken = request.method == "POST" and (
            response.status_code in (302, 303) or bool({"HX-Refresh", "HX-Redirect"} & set(response.headers))
        )
        if was_taken and membership and membership.role != "employer":
            texts = (text for name, text in request.POST.items() if name != "csrfmiddlewaretoken")
            if words := health_words("\n".join(map(str, texts))):
                messages.warning(
                    request,
                    _("What you saved has words about health: %(words)s. Take out what is not needed.")
                    % {"words": ", ".join(words)},
                )
        return response


def speak(request: HttpRequest, language: str) -> None:
    """Go on in the language of what a mailed link opens, unless the reader has chosen one.

    Whoever wrote in English reads on in English, also on another machine, as does whoever gets the link.
    """
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and language in dict(settings.LANGUAGES):
        translation.activate(language)
        request.LANGUAGE_CODE = language
