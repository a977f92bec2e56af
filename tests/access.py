"""Who may open which address: at least one row for every address of the portal.

A row names the URL and, for groups of people, what they are answered. Everybody who is not named is refused:
the anonymous are sent to sign in, others get 403. A row may also say what nobody of a group may find on the
page. `tests/test_access.py` tries every row for every person, and fails on an address without a row.

    Row("desk:company", {"caseworker neighbour": OPEN, "stranger": MISSING}, given=lambda world: {"pk": …})
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin
from django.urls import URLPattern, URLResolver, get_resolver

from tests.world import World

OPEN = 200
GONE_ON = "redirected"
SIGN_IN = "sent to sign in"
REFUSED = 403
MISSING = 404
WRONG_METHOD = 405

Answer = int | str

JOBCENTRES = "caseworker manager neighbour stranger strange_manager"
OFFICERS = "area_officer other_officer"
STAFF = f"{JOBCENTRES} {OFFICERS} national"
EMPLOYERS = "employer newcomer competitor"
SIGNED_IN = f"{EMPLOYERS} {STAFF} administrator"
EVERYBODY = f"anonymous {SIGNED_IN}"


def nothing(world: World) -> dict[str, Any]:
    return {}


def company(world: World) -> dict[str, Any]:
    return {"company": world.company.pk}


@dataclass(frozen=True)
class Row:
    """What each person is answered at one address.

    answers: groups of people (names with spaces between) → answer. given: the values in the address.
    data: what is posted; a row with data is a POST. hides: groups → texts they must not find there.
    query: what stands after the question mark. note: tells two rows of one address apart.
    """

    name: str
    answers: Mapping[str, Answer]
    given: Callable[[World], dict[str, Any]] = nothing
    data: Callable[[World], dict[str, Any]] | None = None
    hides: Mapping[str, Callable[[World], list[str]]] = field(default_factory=dict)
    query: str = ""
    note: str = ""

    def __str__(self) -> str:
        method = "POST" if self.data else "GET"
        return f"{self.name} {method} {self.note}".strip()

    def expected(self, actor: str) -> Answer:
        for actors, answer in self.answers.items():
            if actor in actors.split():
                return answer
        return SIGN_IN if actor == "anonymous" else REFUSED

    def hidden_from(self, actor: str, world: World) -> list[str]:
        found: list[str] = []
        for actors, texts in self.hides.items():
            if actor in actors.split():
                found += texts(world)
        return found


ROWS = [
    # --- the installation ---------------------------------------------------------------------------
    Row("runtime:healthz", {EVERYBODY: OPEN}),
    Row("runtime:readyz", {EVERYBODY: 503}, note="without a worker"),
    # --- pages of text ------------------------------------------------------------------------------
    Row("pages:help", {EVERYBODY: OPEN}),
    Row("pages:data", {EVERYBODY: OPEN}),
    Row("pages:accessibility", {EVERYBODY: OPEN}),
    Row("pages:favicon", {EVERYBODY: GONE_ON}),
    Row("pages:language", {EVERYBODY: WRONG_METHOD}),
    Row("pages:language", {EVERYBODY: GONE_ON}, data=lambda world: {"language": "en", "next": "/hjaelp/"}),
    # --- signing in ---------------------------------------------------------------------------------
    Row("account_login", {"anonymous": OPEN, SIGNED_IN: GONE_ON}),
    Row("account_request_login_code", {"anonymous": OPEN, SIGNED_IN: GONE_ON}),
    Row("account_confirm_login_code", {EVERYBODY: GONE_ON}, note="without having asked for a code"),
    Row("account_inactive", {EVERYBODY: OPEN}),
    Row("account_signup", {EVERYBODY: OPEN}, note="says that nobody signs up"),
    Row("account_logout", {"anonymous": GONE_ON, SIGNED_IN: OPEN}),
    Row("account_logout", {EVERYBODY: GONE_ON}, data=nothing),
    Row("accounts:home", {SIGNED_IN: GONE_ON}),
    Row("accounts:choose", {SIGNED_IN: GONE_ON}, note="with nothing to choose"),
    Row(
        "accounts:choose", {SIGNED_IN: MISSING}, data=lambda world: {"membership": "0"}, note="none of theirs"
    ),
    # --- contacts -----------------------------------------------------------------------------------
    Row("contacts:choose", {JOBCENTRES: OPEN}),
    Row(
        "contacts:log",
        {"caseworker manager neighbour": OPEN, "stranger strange_manager": MISSING},
        given=company,
    ),
]

AREA_OFFICERS_ADMINISTER = {"oversight.flag", "bottlenecks.report", "bottlenecks.line"}
"""What area staff may open in the administration pages; all else there is the administrator's alone."""


def admin_rows() -> Iterator[Row]:
    """The administration pages: one rule for every model that is registered there."""
    away: dict[str, Answer] = {f"anonymous {EMPLOYERS} {JOBCENTRES} national": SIGN_IN}
    for name in ("index", "password_change", "password_change_done", "jsi18n"):
        yield Row(f"admin:{name}", {f"administrator {OFFICERS}": OPEN, **away})
    yield Row("admin:login", {"anonymous": SIGN_IN, f"administrator {OFFICERS}": GONE_ON})
    yield Row("admin:logout", {f"administrator {OFFICERS}": OPEN, **away}, data=nothing)
    yield Row("admin:autocomplete", {f"administrator {OFFICERS}": REFUSED, **away})
    yield Row(
        "admin:view_on_site",
        {f"administrator {OFFICERS}": MISSING, **away},
        given=lambda world: {"content_type_id": 0, "object_id": 0},
    )
    yield Row("admin:app_list", {"administrator": OPEN, OFFICERS: MISSING, **away}, given=accounts_app)
    for model in admin.site._registry:
        label = model._meta.label_lower
        theirs = OPEN if label in AREA_OFFICERS_ADMINISTER else REFUSED
        name = f"admin:{label.replace('.', '_')}_changelist"
        yield Row(name, {"administrator": OPEN, OFFICERS: theirs, **away})


def accounts_app(world: World) -> dict[str, Any]:
    return {"app_label": "accounts"}


def covered_by_their_list() -> Iterator[str]:
    """Pages of one row in the administration: Django asks the same permissions for them as for the list."""
    for model in admin.site._registry:
        for page in ("add", "history", "delete", "change"):
            yield f"admin:{model._meta.label_lower.replace('.', '_')}_{page}"
    yield "admin:auth_user_password_change"


def rows() -> list[Row]:
    return [*ROWS, *admin_rows()]


@dataclass(frozen=True)
class Address:
    """One pattern of a URLconf: its name with namespaces, "" without one; its route and its view's name."""

    name: str
    route: str
    view: str

    def __str__(self) -> str:
        return f"/{self.route} ({self.name or 'without a name'})"


def addresses(urlconf: str | None = None) -> Iterator[Address]:
    """Every address of a URLconf, the portal's own by default."""
    yield from _within(get_resolver(urlconf), namespace="", route="")


def _within(resolver: URLResolver, *, namespace: str, route: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        whole = route + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            name = f"{namespace}{pattern.name}" if pattern.name else ""
            yield Address(name=name, route=whole, view=pattern.lookup_str)
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _within(pattern, namespace=inner, route=whole)


def undeclared(urlconf: str | None = None) -> list[str]:
    """The addresses of which nobody has said who may open them."""
    declared = {row.name for row in rows()} | set(covered_by_their_list())
    return [
        str(address)
        for address in addresses(urlconf)
        if address.name not in declared
        # Django's own: an old form of the address of a row, and "no such page" for those who signed in.
        and not (
            address.route.startswith("admin/") and not address.name and address.view.startswith("django.")
        )
    ]
