"""`manage.py catalogue update|check|compile`: the Danish texts of the portal."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation.reloader import translation_file_changed

from jobcenter.pages import catalogue


class Command(BaseCommand):
    help = "Find, check or compile the texts of the portal in Danish."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["update", "check", "compile"])

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        kept = Path(settings.BASE_DIR) / "locale/da/LC_MESSAGES/django.po"
        getattr(self, act)(kept)

    def update(self, kept: Path) -> None:
        added, dropped = catalogue.update(settings.BASE_DIR, kept)
        for name in added:
            self.stdout.write(f"added: {name}")
        for name in dropped:
            self.stdout.write(f"dropped: {name}")
        self.stdout.write(f"{len(added)} added, {len(dropped)} dropped")

    def check(self, kept: Path) -> None:  # type: ignore[override]
        faults = catalogue.faults(settings.BASE_DIR, kept)
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"The Danish catalogue has {len(faults)} faults.")
        self.stdout.write("The Danish catalogue is complete.")

    def compile(self, kept: Path) -> None:
        """Into the first folder Django looks in, which is the installation's own."""
        made = Path(settings.LOCALE_PATHS[0]) / "da/LC_MESSAGES/django.mo"
        catalogue.compile_to(kept, made)
        # This process may have read the texts before they were there.
        translation_file_changed(sender=None, file_path=made)
        self.stdout.write(f"compiled to {made}")
