"""Bring database, static files and catalogues in line with the sources; a repeat does no harm."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils.module_loading import module_has_submodule

from jobcenter.runtime import demo
from jobcenter.runtime.models import Loaded
from jobcenter.runtime.state import Prepared

DEMONSTRATION = "demonstration"


class Command(BaseCommand):
    help = "Compile, migrate, load reference data, and on an empty database demonstration data; collect."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--sources", default="", help="digest of the sources this is done for")
        parser.add_argument(
            "--only-database", action="store_true", help="leave files and catalogues as they are"
        )
        parser.add_argument("--result", type=Path, help="file that says how it ended")

    def handle(
        self, *args: Any, sources: str, only_database: bool, result: Path | None, **options: Any
    ) -> None:
        refuse_data_of_a_newer_version()
        if not only_database:
            # First: the demonstration keeps sentences as they were told, in Danish too.
            call_command("catalogue", "compile")
        call_command("migrate", interactive=False, verbosity=0)
        is_new = demo.is_empty()
        call_command("load_reference_data")
        if is_new:
            # All or nothing: half of it would pass for somebody's real data at the next start.
            with transaction.atomic():
                call_command("demo")
                Loaded.objects.update_or_create(name=DEMONSTRATION, defaults={"digest": sources})
        if not only_database:
            call_command("collectstatic", interactive=False, verbosity=0)
        demonstration = Loaded.objects.filter(name=DEMONSTRATION).exists()
        prepared = Prepared(
            sources=sources,
            demonstration=demonstration,
            sign_ins=list(sign_ins()) if demonstration else [],
        )
        if result:
            result.write_text(json.dumps(asdict(prepared)))


def refuse_data_of_a_newer_version() -> None:
    """Raises CommandError when the database has had migrations that these sources do not know."""
    loader = MigrationLoader(connection)
    unknown = sorted(set(loader.applied_migrations or {}) - set(loader.disk_migrations or {}))
    if unknown:
        names = ", ".join(f"{room}.{name}" for room, name in unknown[:3])
        raise CommandError(
            f"The database was made by another version of the portal (it has had {names}): "
            "go back to that version, or use another database."
        )


def sign_ins() -> Iterator[tuple[str, str]]:
    """Who can sign in to try the portal, as the rooms' demonstration data say it."""
    for room in apps.get_app_configs():
        if module_has_submodule(room.module, "demo"):
            yield from getattr(import_module(f"{room.name}.demo"), "SIGN_INS", ())
