"""Rows into a table by their key, set by set: what is new, what changed, what the database refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

from django.db import DataError, IntegrityError, models, transaction

from jobcenter.runtime.csvlines import Line, Reading, Refusal

Row = TypeVar("Row", bound=models.Model)
Key = tuple[Any, ...]

AT_ONCE = 1000


@dataclass
class Merged(Generic[Row]):
    """How a table fared. `rows`: what it holds now of the wanted rows, by key."""

    table: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    rows: dict[Key, Row] = field(default_factory=dict)

    def include(self, other: Merged[Row]) -> None:
        """Count what became of further rows of the same table."""
        self.added += other.added
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.removed += other.removed
        self.refusals += other.refusals
        self.rows |= other.rows

    def __str__(self) -> str:
        counts = f"{self.added} added, {self.changed} changed, {self.unchanged} unchanged"
        removed = f", {self.removed} removed" if self.removed else ""
        return f"{self.table}: {counts}{removed}, {len(self.refusals)} refused"


def merge(
    wanted: Reading[Row] | Sequence[Line[Row]],
    *,
    into: models.QuerySet[Row],
    by: Sequence[str],
    fields: Sequence[str] = (),
    others: Literal["keep", "remove"] = "keep",
) -> Merged[Row]:
    """Make the table hold the wanted rows, in a handful of statements however many they are.

    into: the rows that are compared with. by: the attributes that are the key. fields: those that
    are brought up to date; the rest of an existing row stays as it is. others: "keep" or "remove"
    rows whose key nobody wants. A row that the database refuses is reported with its line, as those
    already refused are, and does not stop the others. Needs a transaction.
    """
    reading = wanted if isinstance(wanted, Reading) else Reading(lines=list(wanted))
    found = {_key(row, by): row for row in into}
    merged: Merged[Row] = Merged(into.model._meta.label, refusals=list(reading.refusals))
    new: list[Line[Row]] = []
    different: list[Line[Row]] = []
    for line in reading.lines:
        key = _key(line.value, by)
        existing = found.get(key)
        if existing is None:
            new.append(line)
        elif _differs(existing, line.value, fields):
            for name in fields:
                setattr(existing, name, getattr(line.value, name))
            different.append(Line(line.number, existing))
        else:
            merged.unchanged += 1
            merged.rows[key] = existing
    if others == "remove":
        kept = {_key(line.value, by) for line in reading.lines}
        unwanted = [row.pk for key, row in found.items() if key not in kept]
        merged.removed = into.filter(pk__in=unwanted).delete()[0] if unwanted else 0
    manager = into.model._default_manager
    # Changes first: a period that now ends must end before the next can begin.
    changed = _write(
        different,
        together=lambda rows: manager.bulk_update(
            rows, [_name(into, name) for name in fields], batch_size=AT_ONCE
        ),
        singly=lambda row: row.save(update_fields=[_name(into, name) for name in fields]),
        refusals=merged.refusals,
    )
    added = _write(
        new,
        together=lambda rows: manager.bulk_create(rows, batch_size=AT_ONCE),
        singly=lambda row: row.save(force_insert=True),
        refusals=merged.refusals,
    )
    merged.changed, merged.added = len(changed), len(added)
    merged.rows |= {_key(row, by): row for row in [*changed, *added]}
    return merged


def _write(
    lines: list[Line[Row]],
    *,
    together: Callable[[list[Row]], Any],
    singly: Callable[[Row], Any],
    refusals: list[Refusal],
) -> list[Row]:
    """Write all at once; when one of them is refused, one by one. Returns those that were written."""
    try:
        with transaction.atomic():
            if lines:
                together([line.value for line in lines])
        return [line.value for line in lines]
    except (IntegrityError, DataError):
        pass
    written = []
    for line in lines:
        try:
            with transaction.atomic():
                singly(line.value)
            written.append(line.value)
        except (IntegrityError, DataError) as error:
            refusals.append(Refusal(line.number, reason(error, type(line.value))))
    return written


def reason(error: Exception, model: type[models.Model]) -> str:
    """What the constraint says to people, else the database's own first line."""
    broken = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    for constraint in model._meta.constraints:
        if constraint.name == broken:
            return str(constraint.violation_error_message or constraint.name)
    return str(error).partition("\n")[0]


def _key(row: models.Model, by: Sequence[str]) -> Key:
    return tuple(getattr(row, name) for name in by)


def _differs(one: models.Model, other: models.Model, names: Sequence[str]) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in names)


def _name(rows: models.QuerySet[Any], attribute: str) -> str:
    """The field's name for an attribute such as `municipality_id`."""
    return next(
        field.name for field in rows.model._meta.concrete_fields if attribute in (field.name, field.attname)
    )
