"""`manage.py deliver FILE --source … --data-date …`: figures of any place, by those who run the portal."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations
from django.utils import timezone

from jobcenter.runtime.csvlines import Unreadable
from regions.feeds.known import known_to
from regions.feeds.reading import read
from regions.feeds.receiving import Origin, digest_of, receive


class Command(BaseCommand):
    help = "Take a CSV file of measurements in, for any place; a file with a problem changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True, help="whose figures they are")
        parser.add_argument(
            "--data-date", required=True, type=date.fromisoformat, help="as of when: 2026-11-12"
        )

    @no_translations
    def handle(self, *args: Any, file: Path, source: str, data_date: date, **options: Any) -> None:
        try:
            content = file.read_bytes()
            reading = read(content, known=known_to(area=None, today=timezone.localdate()))
        except (OSError, Unreadable) as error:
            raise CommandError(str(error)) from None
        if reading.problems:
            for problem in reading.problems:
                self.stderr.write(f"{file.name}:{problem.line}: {problem.text}")
            raise CommandError("Nothing was saved.")
        report = receive(
            reading.figures,
            missing=reading.missing,
            origin=Origin(source=source, data_date=data_date, file_name=file.name, digest=digest_of(content)),
        )
        if report:
            self.stdout.write(
                f"{report.added} added, {report.changed} changed, {report.unchanged} unchanged."
            )
        else:
            self.stdout.write("Nothing has changed.")
