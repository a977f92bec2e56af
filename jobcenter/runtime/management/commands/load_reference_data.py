"""Bring areas, municipalities, jobcentres, classifications and the like in line with the rooms' files."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations

from jobcenter.runtime.reference import Reference, Report, load, references


class Command(BaseCommand):
    help = "Load areas, municipalities, jobcentres, classifications and the like; a repeat does no harm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("room", nargs="*", help="such as geography; without one, those of every room")
        parser.add_argument("--force", action="store_true", help="load again what has not changed")
        parser.add_argument(
            "--strict", action="store_true", help="end with status 1 if anything is refused or missing"
        )

    @no_translations
    def handle(self, *args: Any, room: list[str], force: bool, strict: bool, **options: Any) -> None:
        reports = [load(reference, force=force) for reference in chosen(room)]
        if options["verbosity"]:
            for report in reports:
                self.tell(report)
            if not any(report.tables or report.unreadable for report in reports):
                self.stdout.write("Reference data: nothing has changed.")
        if strict and not all(report.is_clean for report in reports):
            raise CommandError("Some reference data were refused or are missing; the reasons stand above.")

    def tell(self, report: Report) -> None:
        for table in report.tables:
            self.stdout.write(str(table))
            for refusal in table.refusals:
                self.stderr.write(f"  {report.name}, {refusal}")
        if report.unreadable:
            self.stderr.write(f"{report.name}: {report.unreadable}")
        for gap in report.gaps:
            self.stderr.write(f"{report.name}: {gap}")


def chosen(rooms: list[str]) -> list[Reference]:
    """The references of the rooms named, or all; raises CommandError for a room that has none."""
    found = list(references())
    unknown = set(rooms) - {reference.room for reference in found}
    if unknown:
        raise CommandError(f"The room {min(unknown)} has no reference data.")
    return [reference for reference in found if not rooms or reference.room in rooms]
