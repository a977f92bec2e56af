"""`manage.py deliver_spells 0259 FILE --first … --last …`: a jobcentre's spells, from its case system."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations

from jobcenter.centres.models import Jobcentre
from jobcenter.runtime.csvlines import Unreadable
from regions.timeliness.forms import target_groups
from regions.timeliness.lines import Window, read
from regions.timeliness.receiving import Origin, digest_of, receive


class Command(BaseCommand):
    help = "Take a jobcentre's benefit spells in, however many; a file with a problem changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("jobcentre", help="its code, such as 0259")
        parser.add_argument("file", type=Path)
        parser.add_argument("--first", required=True, type=date.fromisoformat, help="first day it tells of")
        parser.add_argument("--last", required=True, type=date.fromisoformat, help="last day it tells of")

    @no_translations
    def handle(self, *args: Any, jobcentre: str, file: Path, first: date, last: date, **options: Any) -> None:
        if last < first:
            raise CommandError("The last day must not be before the first.")
        window = Window(first, last)
        try:
            content = file.read_bytes()
            of = Jobcentre.objects.get(code=jobcentre)
            reading = read(content, window=window, groups=target_groups())
        except (OSError, Unreadable, Jobcentre.DoesNotExist) as error:
            raise CommandError(str(error)) from None
        if reading.problems:
            for problem in reading.problems:
                self.stderr.write(f"{file.name}:{problem.line}: {problem.text}")
            raise CommandError("Nothing was saved.")
        delivery = receive(reading.spells, jobcentre=of, origin=Origin(file.name, digest_of(content), window))
        if delivery:
            self.stdout.write(
                f"{delivery.added} added, {delivery.changed} changed, {delivery.removed} removed, "
                f"{delivery.unchanged} unchanged."
            )
        else:
            self.stdout.write("Nothing has changed.")
