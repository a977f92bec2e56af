"""Who may open which address: at least one row for every address of the portal.

A row names the URL and, for groups of people, what they are answered. Everybody who is not named is refused:
the anonymous are sent to sign in, others get 403. A row may also say what nobody of a group may find on the
page. `tests/test_access.py` tries every row for every person, and fails on an address without a row.

    Row("desk:enquiry", {"caseworker": OPEN, "neighbour": MISSING}, given=pk_of("enquiry"))
"""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import admin

from tests import given
from tests.access import desk, employers, jobcenter, regions
from tests.access.row import (
    EMPLOYERS,
    GONE_ON,
    JOBCENTRES,
    MISSING,
    OFFICERS,
    OPEN,
    REFUSED,
    SIGN_IN,
    SIGNED_IN,
    STAFF,
    WRONG_METHOD,
    Answer,
    Row,
)
from tests.addresses import addresses
from tests.given import pk_of, the

__all__ = [
    "GONE_ON",
    "MISSING",
    "OFFICERS",
    "OPEN",
    "REFUSED",
    "SIGN_IN",
    "STAFF",
    "WRONG_METHOD",
    "Row",
]

ROWS = [*jobcenter.ROWS, *employers.ROWS, *desk.ROWS, *regions.ROWS]

AREA_OFFICERS_ADMINISTER = {
    "comparison.reply",
    "feeds.arrival",
    "oversight.flag",
    "interventions.intervention",
    "bottlenecks.report",
    "bottlenecks.line",
    "bottlenecks.stockdelivery",
    "publications.publication",
}
"""What area staff may open in the administration pages; all else there is the administrator's alone."""


def admin_rows() -> Iterator[Row]:
    """The administration pages: one rule for every model that is registered there."""
    away: dict[str, Answer] = {f"anonymous {EMPLOYERS} {JOBCENTRES} national": SIGN_IN}
    for name in ("index", "password_change", "password_change_done", "jsi18n"):
        yield Row(f"admin:{name}", {f"administrator {OFFICERS}": OPEN, **away})
    yield Row("admin:login", {"anonymous": SIGN_IN, f"administrator {OFFICERS}": GONE_ON})
    yield Row("admin:logout", {SIGNED_IN: GONE_ON}, data=given.nothing)
    yield Row("admin:autocomplete", {f"administrator {OFFICERS}": REFUSED, **away})
    yield Row(
        "admin:view_on_site",
        {f"administrator {OFFICERS}": MISSING, **away},
        given=the(content_type_id=0, object_id=0),
    )
    yield Row(
        "admin:app_list", {"administrator": OPEN, OFFICERS: MISSING, **away}, given=the(app_label="accounts")
    )
    yield Row(
        "admin:feeds_arrival_evidence",
        {"administrator area_officer": OPEN, "other_officer": MISSING, **away},
        given=pk_of("arrival"),
    )
    for model in admin.site._registry:
        label = model._meta.label_lower
        theirs = OPEN if label in AREA_OFFICERS_ADMINISTER else REFUSED
        name = f"admin:{label.replace('.', '_')}_changelist"
        yield Row(name, {"administrator": OPEN, OFFICERS: theirs, **away})


def covered_by_their_list() -> Iterator[str]:
    """Pages of one row in the administration: Django asks the same permissions for them as for the list."""
    for model in admin.site._registry:
        for page in ("add", "history", "delete", "change"):
            yield f"admin:{model._meta.label_lower.replace('.', '_')}_{page}"
    yield "admin:auth_user_password_change"


def rows() -> list[Row]:
    return [*ROWS, *admin_rows()]


def undeclared() -> list[str]:
    """The addresses of which nobody has said who may open them."""
    declared = {row.name for row in rows()} | set(covered_by_their_list())
    return [
        str(address)
        for address in addresses()
        if address.name not in declared
        # Django's own: an old form of the address of a row, and "no such page" for those who signed in.
        and not (
            address.route.startswith("admin/") and not address.name and address.view.startswith("django.")
        )
    ]
