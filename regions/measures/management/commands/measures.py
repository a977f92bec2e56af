"""`manage.py measures check|seal`: whether the definitions can be used, and how each version reads."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from regions.measures import reviewing


class Command(BaseCommand):
    help = "Check the definitions of the measures, or keep how their new versions read."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["check", "seal"])

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        if act == "seal":
            self.seal()
        self.report()

    def seal(self) -> None:
        made = reviewing.seal()
        for name in made:
            self.stdout.write(f"sealed: {name}")
        self.stdout.write(f"{len(made)} sealed")

    def report(self) -> None:
        faults = reviewing.faults()
        for fault in faults:
            self.stderr.write(str(fault))
        if faults:
            raise CommandError(f"The definitions have {len(faults)} faults.")
        for warning in reviewing.overdue(on=timezone.localdate()):
            self.stderr.write(f"{warning} (a warning)")
        self.stdout.write("The definitions can be used.")
