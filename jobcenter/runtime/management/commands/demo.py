from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jobcenter.runtime.demo import NotNow, invent


class Command(BaseCommand):
    help = "Load demonstration data into an empty database: persons, companies and figures are invented."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            world = invent()
        except NotNow as reason:
            raise CommandError(str(reason)) from None
        if options["verbosity"]:
            self.stdout.write(f"Demonstration data: {'; '.join(world.told)}.")
