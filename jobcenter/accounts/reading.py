"""Who has read what about a citizen, or a note of a contact: no page is shown without its line in the log.

A view says what its page shows with `seen`; the middleware writes it down when the page is made, and before
it is sent. It is written outside the page's own transaction, which may be read-only. If it cannot be written,
the page is not shown. Source: the data protection regulation, articles 5(2) and 32; and the Danish Data
Protection Agency's guidance on the logging of what is looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from jobcenter.accounts.models import Organisation, Reading


def seen(
    request: HttpRequest,
    things: Iterable[Any],
    *,
    where: str,
    organisation: Organisation | None = None,
) -> None:
    """Note that the page shows these rows, each kept by its `jobcentre`, which is fetched along with it.

    where: a `Reading.Where`. organisation: whom a mailed link was sent to. What is shown twice is read once.
    """
    user: Any = request.user
    membership = request.membership  # type: ignore[attr-defined]
    name = request.resolver_match.view_name if request.resolver_match else ""
    for thing in things:
        request.readings[thing._meta.label_lower, thing.pk] = Reading(  # type: ignore[attr-defined]
            by=user if user.is_authenticated else None,
            organisation=membership.organisation if membership else organisation,
            kind=thing._meta.label_lower,
            key=thing.pk,
            owner_id=thing.jobcentre.organisation_id,
            where=where,
            page=name,
        )


class ReadLogMiddleware:
    """Writes down what the page shows, in one statement however much it is; else nobody sees the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        readings: dict[tuple[str, int], Reading] = {}
        request.readings = readings  # type: ignore[attr-defined]
        response = self.get_response(request)
        if readings and response.status_code == HTTPStatus.OK:
            Reading.objects.bulk_create(readings.values())
        return response
