"""`manage.py import_register COMPANIES WORKPLACES --source …`: an extract of the register, taken in now."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations
from django.db import transaction

from employers.companies.importing import carry_out, promise
from employers.companies.models import RegisterFate, RegisterImport


class Command(BaseCommand):
    help = (
        "Take an extract of the register in: a CSV file of companies and one of workplaces. Lines that "
        "cannot be used are told with their reasons; the others are taken in. Done twice it changes no more."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("companies", type=Path)
        parser.add_argument("workplaces", type=Path)
        parser.add_argument("--source", required=True, help="whose extract it is, and of when")

    @no_translations
    def handle(self, *args: Any, companies: Path, workplaces: Path, source: str, **options: Any) -> None:
        try:
            read = companies.read_bytes(), workplaces.read_bytes()
        except OSError as error:
            raise CommandError(str(error)) from None
        with transaction.atomic():
            promised = promise(
                companies=read[0],
                workplaces=read[1],
                source=source,
                names=[companies.name, workplaces.name],
            )
        carry_out(promised.pk)
        done = RegisterImport.objects.get(pk=promised.pk)
        if done.problem or not done.finished_at:
            raise CommandError(done.problem or done.error or "Another worker is taking the extract in.")
        for fate in done.fates.filter(fate=RegisterFate.Fate.REFUSED):
            name = companies.name if fate.file == RegisterFate.File.COMPANIES else workplaces.name
            self.stderr.write(f"{name}:{fate.line}: {fate.key}: {fate.reason}")
        for file in RegisterFate.File.values:
            counts = [
                f"{getattr(done, f'{file}_{what}')} {what}"
                for what in ("added", "changed", "unchanged", "refused")
            ]
            self.stdout.write(f"{file}: {', '.join(counts)}")
