"""Take in a source's vacancies from a CSV file, and tell what became of every line."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations
from django.db import transaction
from django.utils import timezone

from employers.vacancies.models import Source
from employers.vacancies.receiving import Told, close_all_but, receive
from employers.vacancies.telling import Telling
from jobcenter.runtime.csvlines import Unreadable, read

NEEDED = ("external_id", "link", "title", "text", "employer", "apply_by")


class Command(BaseCommand):
    help = (
        "Take in the vacancies of a source (its code) from a comma-separated UTF-8 file. Its columns have "
        "the names of the REST API's fields. With --whole, what is not in the file is closed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source")
        parser.add_argument("file", type=Path)
        parser.add_argument("--whole", action="store_true", help="the file is all the source has")
        parser.add_argument("--dry-run", action="store_true")

    @no_translations
    def handle(self, *args: Any, source: str, file: Path, whole: bool, dry_run: bool, **options: Any) -> None:
        known = Source.objects.filter(code=source, is_active=True).first()
        if not known:
            raise CommandError(f"There is no active source called {source}; an administrator can make it.")
        try:
            lines = read(file.read_bytes(), told_by, columns=NEEDED, key=lambda told: told.external_id)
        except (Unreadable, OSError) as error:
            raise CommandError(str(error)) from None
        now, fates = timezone.now(), Counter[str]()
        with transaction.atomic():
            for line in lines.lines:
                fates[receive(line.value, source=known, at=now)[1]] += 1
            if whole and not lines.refusals:
                kept = [line.value.external_id for line in lines.lines]
                fates["closed"] = close_all_but(kept, source=known, at=now)
            transaction.set_rollback(dry_run)
        told = ", ".join(f"{fates[name]} {name}" for name in ("added", "changed", "unchanged", "closed"))
        self.stdout.write(f"{known}: {told}, {len(lines.refusals)} refused")
        for refusal in lines.refusals:
            self.stderr.write(f"  {refusal}")
        if whole and lines.refusals:
            self.stderr.write("Nothing was closed: a line that is refused may be one that is still open.")
        if dry_run:
            self.stdout.write("Nothing was saved.")


def told_by(row: Mapping[str, str]) -> Told:
    """What a line tells. Raises ValueError with every reason to refuse it."""
    telling = Telling(data={name: value for name, value in row.items() if value.strip()})
    if telling.is_valid():
        return telling.told()
    reasons = (f"{name}: {' '.join(map(str, errors))}" for name, errors in telling.errors.items())
    raise ValueError("; ".join(reasons))
