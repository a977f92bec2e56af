"""Who may open a view, said once above it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_htmx.middleware import HtmxDetails

from jobcenter.accounts.models import Membership, Role, User

View = Callable[..., HttpResponseBase]


class StaffRequest(HttpRequest):
    """A request by someone with a membership."""

    user: User
    htmx: HtmxDetails
    membership: Membership
    memberships: list[Membership]
    jobcentre: Any
    area_office: Any
    area: Any
    company: Any


def acting_officer(request: HttpRequest) -> Membership | None:
    """The membership of the area officer who is signed in; None for everybody else."""
    membership: Membership | None = getattr(request, "membership", None)
    return membership if membership and membership.role == Role.AREA_OFFICER else None


def acts_as(*roles: str) -> Callable[[View], View]:
    """Let in those who act in one of the roles; others are refused with 403.

    Whoever has not signed in is asked to before that, by Django's LoginRequiredMiddleware.

    Sets on the request what the role acts for, by the name the reverse relation has: `jobcentre`,
    `area_office` and its `area`, or `company`. Every object is then fetched through it, so that
    what belongs to someone else is a 404.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: StaffRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
            if not request.membership or request.membership.role not in roles:
                raise PermissionDenied
            organisation = request.membership.organisation
            try:
                match organisation.kind:
                    case "jobcentre":
                        request.jobcentre = organisation.jobcentre
                    case "area":
                        request.area_office = organisation.area_office
                        request.area = request.area_office.area
                    case "company":
                        request.company = organisation.company
            except ObjectDoesNotExist:
                raise PermissionDenied("The organisation stands for nothing yet.") from None
            return view(request, *arguments, **named)

        guarded.roles = roles  # type: ignore[attr-defined]
        return guarded

    return decorate


def public(view: View) -> View:
    """Anyone may open this view: said aloud, since sign-in is the rule.

    Without it, or a decorator built on it, Django's LoginRequiredMiddleware asks to sign in.
    """
    view.roles = ()  # type: ignore[attr-defined]
    return login_not_required(view)


def signed_in(view: View) -> View:
    """Whoever has signed in may open this view, in whatever role, or in none like the administrator."""
    view.roles = tuple(Role)  # type: ignore[attr-defined]
    return view
