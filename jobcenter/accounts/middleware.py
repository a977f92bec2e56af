"""Found once per request: in which role the person acts. And a GET that cannot write."""

from collections.abc import Callable

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

from jobcenter.accounts.models import Membership

GetResponse = Callable[[HttpRequest], HttpResponse]

MAY_WRITE_ON_GET: frozenset[str] = frozenset()
"""Names of views whose GET writes to the database. Sessions are saved outside the view, and need no place here."""


class MembershipMiddleware:
    """Sets `request.membership`: the organisation and role the person acts in, or None."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.membership = current_membership(request)  # type: ignore[attr-defined]
        return self.get_response(request)


def current_membership(request: HttpRequest) -> Membership | None:
    """The membership chosen in this session, else the person's first."""
    if not request.user.is_authenticated:
        return None
    memberships = Membership.objects.filter(user=request.user).select_related("organisation")
    chosen = request.session.get("membership")
    return (memberships.filter(pk=chosen).first() if chosen else None) or memberships.order_by("pk").first()


class ReadOnlyMiddleware:
    """Runs a GET inside a read-only transaction, so that reading a page can never change anything."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or request.path_info == "/healthz":
            return self.get_response(request)
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION READ ONLY")
            return self.get_response(request)
