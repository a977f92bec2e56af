"""What a merge does, row by row: shown before it is done, kept so that it can be undone."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DEFAULT_DB_ALIAS, models


class Exactly(DjangoJSONEncoder):
    """As Django writes values, but a time with all of its microseconds."""

    def default(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime) else super().default(value)


class Journal:
    """Moves, changes and removes rows and writes each down; `is_dry` only writes them down.

    moved: one entry for each relation and owner. changed: values before and after. removed: whole rows.
    notes: what was settled by rule, in sentences for whoever decides.
    """

    def __init__(self, *, is_dry: bool) -> None:
        self.is_dry = is_dry
        self.moved: list[dict[str, Any]] = []
        self.changed: list[dict[str, Any]] = []
        self.removed: list[dict[str, Any]] = []
        self.notes: list[str] = []

    def move(
        self,
        label: str,
        rows: models.QuerySet[Any],
        *,
        field: models.ForeignKey[Any, Any],
        to: models.Model,
        since: models.Model,
    ) -> None:
        """The rows belong to `to` now, by the field; they did to `since`."""
        pks = list(rows.values_list("pk", flat=True))
        if not pks:
            return
        self.moved.append({"relation": label, "from": since.pk, "to": to.pk, "rows": pks})
        if not self.is_dry:
            rows.model._base_manager.filter(pk__in=pks).update(**{field.attname: to.pk})

    def change(self, row: models.Model, **values: Any) -> None:
        """The row has these values now, by the names of its columns."""
        before = {name: getattr(row, name) for name in values}
        if before == values:
            return
        self.changed.append(
            {"model": row._meta.label, "pk": row.pk, "before": _as_json(before), "after": _as_json(values)}
        )
        if not self.is_dry:
            for name, value in values.items():
                setattr(row, name, value)
            row.save(update_fields=[row._meta.get_field(name).name for name in values])

    def remove(self, row: models.Model, *, into: models.Model | None = None) -> None:
        """The row is no more. into: what it has become part of, if something.

        Without Django's cascade: if anything still points to the row, the database refuses.
        """
        [kept] = json.loads(serializers.serialize("json", [row], cls=Exactly))
        self.removed.append({**kept, "into": into.pk if into else None})
        if not self.is_dry:
            type(row)._base_manager.filter(pk=row.pk)._raw_delete(DEFAULT_DB_ALIAS)

    def note(self, sentence: str) -> None:
        self.notes.append(sentence)

    def kept(self) -> dict[str, Any]:
        """Everything that undoing needs."""
        return {"moved": self.moved, "changed": self.changed, "removed": self.removed}


def _as_json(values: dict[str, Any]) -> dict[str, Any]:
    written: dict[str, Any] = json.loads(json.dumps(values, cls=Exactly))
    return written
