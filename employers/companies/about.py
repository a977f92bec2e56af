"""What the portal holds about a contact person: each room says so in its `about_person.py`; here it is found.

    ABOUT = [About("contacts.contact", _("Contacts"), _with, _told, holder="jobcentre__name", kept=_("…"))]

Whom it shows what (article 15), and what erasure takes (article 17), follow from the same list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule

from employers.companies.models import Person
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre

Told = list[tuple[str, Any]]
"""Name and value, in words: text, number, day, time, or None."""


def everybody(rows: QuerySet[Any], _jobcentre: Jobcentre, _user: User) -> QuerySet[Any]:
    """What is nobody's in particular."""
    return rows


def nobody(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.none()


def all_of(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows


@dataclass(frozen=True)
class About:
    """A kind of data about a contact person: where it is, who sees it, and what becomes of it.

    tell: what one row says, for the jobcentre that reads. seen_by: the rows a jobcentre's manager may see.
    holder: the path to the name of the jobcentre that has a row; named: of which rows others may know that.
    needed: the rows for which the person cannot be erased yet, and `until` says what has to happen first.
    forget: deletes or blanks, and says how many rows; without it the rows are kept, and `kept` says why.
    """

    code: str
    name: str | Promise
    rows: Callable[[Person], QuerySet[Any]]
    tell: Callable[[Any, Jobcentre], Told]
    seen_by: Callable[[QuerySet[Any], Jobcentre, User], QuerySet[Any]] = everybody
    holder: str = ""
    named: Callable[[QuerySet[Any]], QuerySet[Any]] = all_of
    needed: Callable[[QuerySet[Any]], QuerySet[Any]] = nobody
    until: str | Promise = ""
    forget: Callable[[QuerySet[Any]], int] | None = None
    kept: str | Promise = ""


def about() -> Iterator[About]:
    """Every room's, from the highest room down: what refers goes before what is referred to."""
    for room in reversed(list(apps.get_app_configs())):
        if module_has_submodule(room.module, "about_person"):
            yield from import_module(f"{room.name}.about_person").ABOUT


def at_address(rows: QuerySet[Any], person: Person, field: str = "email") -> QuerySet[Any]:
    """Those with the person's e-mail address; none for a person without."""
    return rows.filter(**{f"{field}__iexact": person.email}) if person.email else rows.none()


def theirs_alone(rows: QuerySet[Any], person: Person, field: str = "email") -> QuerySet[Any]:
    """The same, unless the address is also known from another company: then it is needed there."""
    elsewhere = at_address(Person.objects.exclude(pk=person.pk), person)
    return rows.none() if elsewhere.exists() else at_address(rows, person, field)
