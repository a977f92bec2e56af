"""Take in the job titles of Statistics Denmark or ESCO, so that more words find an occupation."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations
from django.db import transaction
from django.utils import timezone

from jobcenter.classifications import titles
from jobcenter.classifications.load import merge_titles
from jobcenter.classifications.models import EverydayTitle
from jobcenter.runtime.csvlines import Unreadable

KINDS = {
    "statistics": (EverydayTitle.SourceKind.STATISTICS, "Danmarks Statistik, DISCO-08"),
    "esco": (EverydayTitle.SourceKind.ESCO, "ESCO v1.2, European Commission"),
}
REFUSALS_SHOWN = 20


class Command(BaseCommand):
    help = (
        "Make the titles of one source those of a file: `statistics` reads Statistics Denmark's export of "
        "DISCO-08 (its column TITEL), `esco` the zip, folder or occupations_da.csv of ESCO's CSV bundle. "
        "Says how many were added, changed and refused, and changes nothing with --dry-run."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=list(KINDS))
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--as-of", type=date.fromisoformat, default=None, help="the file's date, or today"
        )
        parser.add_argument("--dry-run", action="store_true")

    @no_translations
    def handle(
        self, *args: Any, kind: str, file: Path, as_of: date | None, dry_run: bool, **options: Any
    ) -> None:
        chosen, source = KINDS[kind]
        try:
            if kind == "esco":
                read = titles.esco(titles.esco_file(file))
            else:
                read = titles.statistics(file.read_bytes())
        except (Unreadable, OSError) as error:
            raise CommandError(str(error)) from None
        with transaction.atomic():
            merged = merge_titles(read, kind=chosen, source=source, as_of=as_of or timezone.localdate())
            transaction.set_rollback(dry_run)
        self.stdout.write(str(merged))
        for refusal in merged.refusals[:REFUSALS_SHOWN]:
            self.stderr.write(f"  {refusal}")
        if (left := len(merged.refusals) - REFUSALS_SHOWN) > 0:
            self.stderr.write(f"  and {left} more")
        if dry_run:
            self.stdout.write("Nothing was saved.")
