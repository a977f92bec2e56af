"""A clear answer to whoever wrote for a company in the very moment in which it was merged away."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.db import IntegrityError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from employers.companies.models import Company, Former, Person, Workplace
from jobcenter.pages.views import not_kept

FOREIGN_KEY_VIOLATION = "23503"
KINDS = {
    Company._meta.db_table: Former.Kind.COMPANY,
    Workplace._meta.db_table: Former.Kind.WORKPLACE,
    Person._meta.db_table: Former.Kind.PERSON,
}
_MISSING = re.compile(r"\((\d+)\) is not present in table \"(\w+)\"")


class MergedMeanwhileMiddleware:
    """The database keeps nothing of what points to a company that is no more; people are told why.

    Most of what is written for a company follows it (`following.locked`) and never comes here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        former = _former(error) if isinstance(error, IntegrityError) else None
        if former is None:
            return None
        names = {"gone": former.merge.gone_name, "stays": former.merge.stays_name}
        return not_kept(
            request,
            heading=_("%(gone)s has just become part of %(stays)s") % names,
            text=_(
                "Nothing of what you sent was kept. Go back in the browser, where your text still stands, "
                "and write it for %(stays)s."
            )
            % names,
        )


def _former(error: IntegrityError) -> Former | None:
    """What was merged away, if that is why the database refused."""
    cause = error.__cause__
    if getattr(cause, "sqlstate", None) != FOREIGN_KEY_VIOLATION:
        return None
    missing = _MISSING.search(getattr(cause, "diag").message_detail or "")  # noqa: B009
    if not missing or missing[2] not in KINDS:
        return None
    gone = Former.objects.filter(kind=KINDS[missing[2]], gone=int(missing[1]))
    return gone.select_related("merge").first()
