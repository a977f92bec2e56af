"""Everything that points to a company, a workplace or a contact person, found from the models themselves.

What becomes of a room's rows when two are made one stands in the room's `merges.py`: `RULES`, by the name of
the relation ("contacts.Contact.company"). A test fails for a relation that no room has spoken of; until then
its rows move along, and the database says whether they may.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

import pghistory
from django.apps import apps
from django.db import models
from django.utils.module_loading import module_has_submodule

from employers.companies.journal import Journal

Rule = Callable[["Relation", Any, Any, Journal], None]
"""What becomes of the rows: called with the relation, the one that stays, the one that goes, the journal."""


@dataclass(frozen=True)
class Relation:
    """A field of a model, by which its rows belong to something."""

    model: type[models.Model]
    field: models.ForeignKey[Any, Any]

    @property
    def label(self) -> str:
        return f"{self.model._meta.label}.{self.field.name}"

    def rows(self, owner: models.Model) -> models.QuerySet[Any]:
        return self.model._base_manager.filter(**{self.field.attname: owner.pk}).order_by("pk")


@cache
def relations_to(model: type[models.Model]) -> tuple[Relation, ...]:
    """Every foreign key to the model, those between the two ends of a many-to-many among them.

    Not those of history: what was true then stays as it was.
    """
    return tuple(
        Relation(other, field)
        for other in apps.get_models(include_auto_created=True)
        if not issubclass(other, pghistory.models.Event)
        for field in other._meta.local_fields
        if isinstance(field, models.ForeignKey) and field.related_model is model
    )


def relation(label: str) -> Relation:
    """The one with this name. Raises LookupError for one there is no more."""
    model_label, _dot, name = label.rpartition(".")
    model = apps.get_model(model_label)
    return Relation(model, model._meta.get_field(name))


@cache
def rules() -> dict[str, Rule]:
    """What every room says of its own relations."""
    found: dict[str, Rule] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("employers.") and module_has_submodule(app.module, "merges"):
            found |= import_module(f"{app.name}.merges").RULES
    return found


def absorb(stays: models.Model, goes: models.Model, journal: Journal) -> None:
    """Everything of the one becomes the other's, by each relation's rule; then the one is no more."""
    for each in relations_to(type(stays)):
        rules().get(each.label, along)(each, stays, goes, journal)
    journal.remove(goes, into=stays)


def along(relation: Relation, stays: models.Model, goes: models.Model, journal: Journal) -> None:
    """The usual rule: the rows move along."""
    journal.move(relation.label, relation.rows(goes), field=relation.field, to=stays, since=goes)
