"""The staff side menu, put together from what each room declares.

A room that has pages for staff has a `menu.py` with a list `ITEMS`. Nothing is registered
from an import of models or from `ready()`: the list is read the first time a menu is shown.

    from jobcenter.pages.menu import Item

    ITEMS = [
        Item(_("Enquiries"), "enquiries:queue", roles={"caseworker", "manager"}, count=open_now, order=20),
    ]
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import import_module
from itertools import groupby
from typing import Any, Protocol

from django.apps import apps
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule

HOUSES = ("jobcenter.", "employers.", "regions.")


class Member(Protocol):
    """What the menu knows of `accounts.Membership`, which lives above this room."""

    role: str


@dataclass(frozen=True)
class Item:
    """A line in the side menu.

    roles: the `accounts` roles that see it. count: the figure at its right end, asked with the
    membership; None shows no figure. group: the small heading it stands under; "" is the first
    group, without heading. order: lowest first within the group, and the groups by their lowest.
    """

    name: str | Promise
    url_name: str
    roles: Collection[str]
    count: Callable[[Any], int | None] | None = None
    group: str | Promise = ""
    order: int = 50

    @cached_property
    def url(self) -> str:
        return reverse(self.url_name)


@dataclass(frozen=True)
class Line:
    """An item as one person sees it now."""

    name: str
    url: str
    count: int | None
    is_open: bool
    is_here: bool


@dataclass(frozen=True)
class Group:
    title: str
    lines: list[Line] = field(default_factory=list)


@cache
def declared() -> tuple[Item, ...]:
    """Every item of every room of the three houses."""
    found: list[Item] = []
    for app in apps.get_app_configs():
        if app.name.startswith(HOUSES) and module_has_submodule(app.module, "menu"):
            found.extend(getattr(import_module(f"{app.name}.menu"), "ITEMS", ()))
    return tuple(found)


def home_url(member: Member, *, items: Iterable[Item] | None = None) -> str | None:
    """Where this person's work begins: the first line of their menu, or None without one."""
    mine = _ordered(member, items)
    return mine[0].url if mine else None


def groups_for(member: Member, request: HttpRequest, *, items: Iterable[Item] | None = None) -> list[Group]:
    """The menu of one membership, of what the rooms declare unless `items` are given; asks every count once.

    The open line is the one whose address is the longest beginning of the page's own.
    """
    mine = _ordered(member, items)
    within = [item.url for item in mine if request.path.startswith(item.url)]
    open_address = max(within, key=len, default=None)
    return [
        Group(
            title=title,
            lines=[
                Line(
                    name=str(item.name),
                    url=item.url,
                    count=item.count(member) if item.count else None,
                    is_open=item.url == open_address,
                    is_here=item.url == request.path,
                )
                for item in alike
            ],
        )
        for title, alike in groupby(mine, key=lambda item: str(item.group))
    ]


def _ordered(member: Member, items: Iterable[Item] | None) -> list[Item]:
    mine = [item for item in (declared() if items is None else items) if member.role in item.roles]
    first: dict[str, int] = {}
    for item in mine:
        group = str(item.group)
        first[group] = min(first.get(group, item.order), item.order)

    def place(item: Item) -> tuple[bool, int, str, int]:
        group = str(item.group)
        return group != "", first[group], group, item.order

    return sorted(mine, key=place)
