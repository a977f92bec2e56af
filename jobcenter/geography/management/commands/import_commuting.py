"""`manage.py import_commuting FILE --source …`: an export of Statistics Denmark's table PEND100."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations

from jobcenter.geography import pend100
from jobcenter.geography.finding import NoRule
from jobcenter.geography.importing import NotAMatrix, import_commuting
from jobcenter.geography.models import Municipality
from jobcenter.runtime.csvlines import Unreadable

SHOWN = 20
"""So many refused lines are named."""


class Command(BaseCommand):
    help = (
        "Take commuting figures (PEND100) in, and find the labour catchments anew. A refused line stops all."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", default="Danmarks Statistik, PEND100", help="whose figures they are")
        parser.add_argument("--year", type=int, help="of a file without a column of time")

    @no_translations
    def handle(self, *args: Any, file: Path, source: str, year: int | None, **options: Any) -> None:
        try:
            export = pend100.read(file.read_bytes(), names=names(), year=year)
        except (OSError, Unreadable) as error:
            raise CommandError(str(error)) from None
        for fate in export.fates:
            self.stdout.write(fate)
        for refusal in export.refusals[:SHOWN]:
            self.stderr.write(f"{file.name}, {refusal}")
        try:
            imported = import_commuting(export, source=source, file_name=file.name)
        except (NotAMatrix, NoRule) as error:
            raise CommandError(f"{error} Nothing was saved.") from None
        for matrix in imported.taken_in:
            self.stdout.write(f"{matrix.year}: {matrix.commuters.count()} pairs of municipalities taken in.")
        for known in imported.known:
            self.stdout.write(f"{known}: nothing has changed.")
        if imported.version:
            self.stdout.write("The labour catchments were found anew.")


def names() -> dict[str, str]:
    """The codes of the municipalities by name, in small letters."""
    return {name.casefold(): code for code, name in Municipality.objects.values_list("code", "name")}
