"""Lists as somebody likes to see them: kept under a name, and offered as links above the list."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from employers.desk.list_forms import SaveViewForm
from employers.desk.models import SavedView
from employers.desk.models.saved_view import LONGEST, Listed
from jobcenter.accounts.models import User
from jobcenter.accounts.scope import StaffRequest
from jobcenter.centres.models import Jobcentre

FILTERS = {
    Listed.QUEUE: ("state", "owner", "kind"),
    Listed.FOLLOW_UPS: ("due", "owner"),
    Listed.COMPANIES: ("q", "kommune", "udsnit"),
}
"""What is kept of each list's address. The page one is on is not."""

PLAIN = {Listed.QUEUE: "state=waiting", Listed.FOLLOW_UPS: "due=due", Listed.COMPANIES: "q="}
"""Each list as it is without a view: said aloud, so that a default does not come instead."""


def query_of(listed: Listed, said: QueryDict) -> str:
    """A list's filters as they stand in an address, in one order; what is empty or unknown is left out."""
    pairs = [(name, value) for name in FILTERS[listed] for value in said.getlist(name) if value]
    return urlencode(pairs)[:LONGEST]


def offered(request: StaffRequest, listed: Listed) -> dict[str, Any]:
    """For the template: the views this person may use, which of them is open, and the form for another."""
    query = query_of(listed, request.GET)
    is_manager = request.membership.role == "manager"
    views = list(SavedView.objects.usable_by(request.user, request.jobcentre).filter(listed=listed))
    return {
        "listed": listed,
        "plain": f"{reverse(listed)}?{PLAIN[listed]}",
        "query": query,
        "is_plain": query in ("", PLAIN[listed]),
        "is_kept": any(view.query == query for view in views),
        "form": SaveViewForm(),
        "rows": [
            {
                "view": view,
                "is_here": view.query == query,
                "may_be_forgotten": view.owner_id == request.user.pk or is_manager,
            }
            for view in views
        ],
    }


@transaction.atomic
def keep(
    *,
    listed: Listed,
    query: str,
    name: str,
    owner: User,
    jobcentre: Jobcentre,
    is_shared: bool,
    is_default: bool,
) -> SavedView:
    """Keep what stands in the address under a name; one's own view of that name is replaced."""
    mine = SavedView.objects.filter(owner=owner, jobcentre=jobcentre, listed=listed)
    if is_default:
        mine.update(is_default=False)
    view, _is_new = mine.update_or_create(
        name=name,
        defaults={"query": query, "is_shared": is_shared, "is_default": is_default},
        create_defaults={
            "owner": owner,
            "jobcentre": jobcentre,
            "listed": listed,
            "name": name,
            "query": query,
            "is_shared": is_shared,
            "is_default": is_default,
        },
    )
    return view


def opens_with_default(listed: Listed) -> Callable[..., Any]:
    """The list opens with the person's default view, unless the address says what it is to show."""

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def opened(request: StaffRequest) -> HttpResponseBase:
            if not request.GET:
                default = SavedView.objects.default_of(request.user, request.jobcentre, listed)
                if default:
                    return redirect(default)
            return view(request)

        return opened

    return decorate
