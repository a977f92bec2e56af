"""Telling whoever asked for a step that it was not taken."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest


def say_refused(request: HttpRequest, refusal: ValidationError) -> None:
    """Each of its sentences as a warning on the page that is shown next."""
    for sentence in refusal.messages:
        messages.warning(request, sentence)
