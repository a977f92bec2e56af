"""`manage.py bring_conditions FILE --source … [--save]`: framework conditions, tried before they count."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations
from django.utils import timezone

from jobcenter.runtime.csvlines import Unreadable
from regions.comparison.bringing import bring, changes, known_on
from regions.comparison.condition_file import read


class Command(BaseCommand):
    help = (
        "Try a file of framework conditions (CSV or XLSX: jobcentre, year, condition, value) line by line "
        "and say what it changes; with --save bring it in. A file with a problem changes nothing. Results "
        "and their mirrors are refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True, help="whose figures they are")
        parser.add_argument("--save", action="store_true", help="bring the values in")

    @no_translations
    def handle(self, *args: Any, file: Path, source: str, save: bool, **options: Any) -> None:
        try:
            reading = read(file.read_bytes(), known=known_on(timezone.localdate()))
        except (OSError, Unreadable) as error:
            raise CommandError(str(error)) from None
        for line, text in reading.problems:
            self.stderr.write(f"{file.name}:{line}: {text}" if line else f"{file.name}: {text}")
        if reading.problems:
            raise CommandError("Nothing was saved.")
        found = bring(reading.values, source=source) if save else changes(reading.values)
        for (jobcentre, year, condition), (before, after) in found.changed.items():
            self.stdout.write(f"{jobcentre} {year} {condition}: {before:g} → {after:g}")
        self.stdout.write(
            f"{len(found.added)} added, {len(found.changed)} changed, {found.unchanged} unchanged."
            + ("" if save else " Nothing is saved yet: --save does it.")
        )
