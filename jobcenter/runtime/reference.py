"""Reference data: each room says in its `load.py` what it loads; here that is found and carried out.

REFERENCES = [Reference("geography.areas", files=[DATA / "areas.csv"], load=load_areas)]
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone
from django.utils.module_loading import module_has_submodule

from jobcenter.runtime.csvlines import Refusal, Unreadable
from jobcenter.runtime.merging import Merged
from jobcenter.runtime.models import Loaded

LOCK = 20_070_101
"""Any number of our own: whoever loads reference data holds the database's advisory lock of that number."""


def nothing_missing() -> list[str]:
    return []


@dataclass(frozen=True)
class Reference:
    """A file, or some that belong together, and how they are loaded. Its name is “room.what”.

    files: everything the outcome depends on, beside the room's own Python. load: writes the rows
    inside a transaction that is already open, and says how each table fared; may raise Unreadable.
    gaps: what is still missing afterwards, in sentences; asked each time, since time passes too.
    """

    name: str
    files: Sequence[Path]
    load: Callable[[], Sequence[Merged[Any]]]
    gaps: Callable[[], list[str]] = nothing_missing

    @property
    def room(self) -> str:
        return self.name.partition(".")[0]


@dataclass(frozen=True)
class Report:
    """What became of one reference. `tables` is empty when nothing had changed since it was last loaded."""

    name: str
    tables: Sequence[Merged[Any]] = ()
    unreadable: str = ""
    gaps: Sequence[str] = ()

    @property
    def refusals(self) -> list[Refusal]:
        return [refusal for table in self.tables for refusal in table.refusals]

    @property
    def is_clean(self) -> bool:
        return not (self.unreadable or self.refusals or self.gaps)


def references() -> Iterator[Reference]:
    """Every room's references, in the order of the rooms: what a later one builds on comes first."""
    for room in apps.get_app_configs():
        if module_has_submodule(room.module, "load"):
            yield from getattr(import_module(f"{room.name}.load"), "REFERENCES", ())


def load(reference: Reference, *, force: bool = False) -> Report:
    """Load one reference in one transaction, unless its files are those of the last time.

    With `force` it is loaded in any case. One that had refusals is not remembered as loaded, so
    that it is tried, and reported, again.
    """
    digest = digest_of(reference)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        remembered = Loaded.objects.filter(name=reference.name)
        if not force and remembered.filter(digest=digest).exists():
            return Report(reference.name, gaps=reference.gaps())
        try:
            with transaction.atomic():
                tables = reference.load()
        except Unreadable as error:
            remembered.delete()
            return Report(reference.name, unreadable=str(error))
        report = Report(reference.name, tables=tables, gaps=reference.gaps())
        if report.refusals:
            remembered.delete()
        else:
            Loaded.objects.update_or_create(
                name=reference.name, defaults={"digest": digest, "loaded_at": timezone.now()}
            )
        return report


def digest_of(reference: Reference) -> str:
    """Changes when a file, or the Python that reads it, does."""
    readers = sorted(Path(import_module(reference.load.__module__).__file__ or "").parent.glob("*.py"))
    found = hashlib.sha256()
    for path in [*reference.files, *readers]:
        found.update(f"{path.name}\0{path.stat().st_size}\0".encode())
        found.update(path.read_bytes())
    return found.hexdigest()
