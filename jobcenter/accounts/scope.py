"""Who may open a view, said once above it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from jobcenter.accounts.models import Membership, User

View = Callable[..., HttpResponse]


class StaffRequest(HttpRequest):
    """A request by someone with a membership."""

    user: User
    membership: Membership
    jobcentre: Any
    area: Any
    company: Any


def acts_as(*roles: str) -> Callable[[View], View]:
    """Let in those who act in one of the roles; others are asked to sign in, or refused with 403.

    Sets on the request what the role acts for, by the name the reverse relation has: `jobcentre`,
    `area` (through the area office) or `company`. Every object is then fetched through it, so that
    what belongs to someone else is a 404.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: StaffRequest, *arguments: Any, **named: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not request.membership or request.membership.role not in roles:
                raise PermissionDenied
            organisation = request.membership.organisation
            match organisation.kind:
                case "jobcentre":
                    request.jobcentre = organisation.jobcentre
                case "area":
                    request.area = organisation.area_office.area
                case "company":
                    request.company = organisation.company
            return view(request, *arguments, **named)

        guarded.roles = roles  # type: ignore[attr-defined]
        return guarded

    return decorate


def public(view: View) -> View:
    """Anyone may open this view: said aloud, since sign-in is the rule."""
    view.roles = ()  # type: ignore[attr-defined]
    return view
