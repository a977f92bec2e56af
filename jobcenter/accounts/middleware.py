"""Found once per request: in which role the person acts, and that it is they. And a GET that cannot write."""

from collections.abc import Callable

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from jobcenter.accounts.models import Membership
from jobcenter.accounts.second_factor import page_before

GetResponse = Callable[[HttpRequest], HttpResponse]

CHOSEN = "membership"
"""Where the session keeps the primary key of the membership that the person chose."""

WITHOUT_DATABASE = ("/healthz", "/readyz")
"""Asked also when there is no database to begin a transaction in."""

MAY_WRITE_ON_GET: frozenset[str] = frozenset({"mfa_view_recovery_codes"})
"""Names of views whose GET writes. Sessions need no place here: they are saved outside the view.

allauth notes the first time that somebody sees their recovery codes.
"""


class MembershipMiddleware:
    """Sets `request.memberships`, and `request.membership`: the one the person acts in, or None."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        memberships = memberships_of(request)
        request.memberships = memberships  # type: ignore[attr-defined]
        request.membership = chosen_of(request, memberships)  # type: ignore[attr-defined]
        return self.get_response(request)


def memberships_of(request: HttpRequest) -> list[Membership]:
    """Every membership of the person who is signed in, with what it acts for, the oldest first. One query."""
    if request.path_info in WITHOUT_DATABASE or not request.user.is_authenticated:
        return []
    own = Membership.objects.filter(user=request.user).order_by("pk")
    return list(own.select_related("organisation__jobcentre", "organisation__area_office__area"))


def chosen_of(request: HttpRequest, memberships: list[Membership]) -> Membership | None:
    """The membership chosen in this session, else the person's first."""
    if not memberships:
        return None
    chosen = request.session.get(CHOSEN)
    return next((membership for membership in memberships if membership.pk == chosen), memberships[0])


class SecondFactorMiddleware:
    """Before any other page, whoever acts for an authority sets up a second factor, or gives its code."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info not in WITHOUT_DATABASE and (page := page_before(request)):
            return redirect(page)
        return self.get_response(request)


class ReadOnlyMiddleware:
    """Runs a GET inside a read-only transaction, so that reading a page can never change anything."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            request.method not in ("GET", "HEAD")
            or request.path_info in WITHOUT_DATABASE
            or may_write(request)
        ):
            return self.get_response(request)
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION READ ONLY")
            response = self.get_response(request)
            # Nothing can have been written; and after a query that failed, only this end does not fail too.
            transaction.set_rollback(True)
            return response


def may_write(request: HttpRequest) -> bool:
    """Whether the view is one of the few whose GET writes."""
    try:
        return resolve(request.path_info).view_name in MAY_WRITE_ON_GET
    except Resolver404:
        return False
