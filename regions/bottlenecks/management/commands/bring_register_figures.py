"""`manage.py bring_register_figures FILE --source … --data-date …`: taken in, unless somebody must look."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations
from django.utils import timezone

from jobcenter.runtime.csvlines import Unreadable
from regions.bottlenecks.registers.changes import Difference
from regions.bottlenecks.registers.reading import read
from regions.bottlenecks.registers.receiving import Origin, arrive, compare, known_on


class Command(BaseCommand):
    help = (
        "Take in a file of register figures (CSV or XLSX: half-year, occupation, municipality, employed, "
        "unemployed, hires, candidates), and say what it changes. A file with a problem changes nothing; one "
        "with figures that are held back or would be removed waits on the page of register figures."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True, help="whose figures they are")
        parser.add_argument(
            "--data-date", required=True, type=date.fromisoformat, help="as of when: 2026-07-15"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what it would change")

    @no_translations
    def handle(
        self, *args: Any, file: Path, source: str, data_date: date, dry_run: bool, **options: Any
    ) -> None:
        try:
            content = file.read_bytes()
            reading = read(content, known=known_on(timezone.localdate()))
        except (OSError, Unreadable) as error:
            raise CommandError(str(error)) from None
        for problem in reading.problems:
            self.stderr.write(f"{file.name}:{problem.line}: {problem.text}")
        if reading.problems:
            raise CommandError("Nothing was saved.")
        if dry_run:
            self._tell(compare(reading.figures))
            self.stdout.write("Nothing is saved: it was a dry run.")
            return
        origin = Origin(source=source, data_date=data_date, file_name=file.name, content=content)
        delivery = arrive(reading.figures, origin=origin, may_count=True)
        if delivery is None:
            self.stdout.write("Nothing has changed.")
            return
        self._tell(delivery.difference)
        if delivery.waits:
            self.stdout.write("It waits to be looked at.")

    def _tell(self, found: Difference) -> None:
        for jump in found.jumps:
            self.stdout.write(
                f"held back: {jump.period} {jump.occupation} {jump.municipality} {jump.number}: "
                f"{jump.before} ({jump.known_of}) → {jump.after}"
            )
        for part in found.parts:
            self.stdout.write(
                f"{part.period}: {part.added} added, {part.changed} changed, {part.removed} removed, "
                f"{part.unchanged} unchanged."
            )
