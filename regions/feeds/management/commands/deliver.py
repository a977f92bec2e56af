"""`manage.py deliver FILE --source … --data-date …`: figures of any place, by those who run the portal."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations

from regions.feeds.models import Arrival, Source
from regions.feeds.receiving import Origin, arrive


class Command(BaseCommand):
    help = (
        "Take a file of measurements in, for any place, read as its source is set up. A file with a problem "
        "changes nothing, and one with figures that are held back waits on the page of data deliveries."
    )

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
        except OSError as error:
            raise CommandError(str(error)) from None
        known = Source.objects.filter(name=source).first()
        arrival = arrive(
            Origin(
                source=source,
                data_date=data_date,
                file_name=file.name,
                content=content,
                setup=known.setup if known else None,
            ),
            may_count=True,
        )
        match arrival.state:
            case Arrival.State.REFUSED:
                for line, text in arrival.problems:
                    self.stderr.write(f"{file.name}:{line}: {text}")
                raise CommandError(f"{arrival.said} Nothing was saved.".strip())
            case Arrival.State.UNCHANGED:
                self.stdout.write("Nothing has changed.")
            case Arrival.State.WAITING:
                self.stdout.write(
                    f"It waits to be looked at: {arrival.held} held back, {arrival.removed} to be removed."
                )
            case _:
                self.stdout.write(
                    f"{arrival.added} added, {arrival.changed} changed, {arrival.unchanged} unchanged."
                )
