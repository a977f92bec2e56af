"""What is kept for a time only: each room says so in its `retaining.py`; here that is found.

    KINDS = [Kind("contacts.note", _("Notes of contacts"), _old_notes, remove=blank("note"))]

For how long, and why, is no matter of code: it stands in dated rules (`data/rules.csv`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule

from jobcenter.retention.removing import delete


@dataclass(frozen=True)
class Kind:
    """A kind of data: its name in words, its rows that are older than a time, and how they go.

    code: “room.what”, as in the rules. rows: none of those that `remove` has dealt with come again.
    remove: gets a part of the rows inside a transaction, and says how many rows went or were changed.
    """

    code: str
    name: str | Promise
    rows: Callable[[datetime], QuerySet[Any]]
    remove: Callable[[QuerySet[Any]], int] = delete


def kinds() -> Iterator[Kind]:
    """Every room's, from the highest room down: what refers goes before what is referred to."""
    for room in reversed(list(apps.get_app_configs())):
        if module_has_submodule(room.module, "retaining"):
            yield from import_module(f"{room.name}.retaining").KINDS
