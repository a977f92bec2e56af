"""`manage.py illustrate DIRECTORY`: the whole comparison on real municipalities, as an illustration."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from jobcenter.pages import drawn
from jobcenter.pages.sheets import csv_lines
from regions.illustration import charts, telling
from regions.illustration.panel import Topic
from regions.illustration.years import illustrate

EVERY_FIGURE = "illustration.csv"


class Command(BaseCommand):
    help = (
        "Compare Denmark's municipalities in every year from 2007 to 2020, and write the page that explains "
        "the method on it (method.md), with its charts, into a directory. An illustration and no assessment; "
        "nothing is saved. Two runs write the same bytes."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path)
        parser.add_argument("--figures", action="store_true", help=f"every figure too, as {EVERY_FIGURE}")

    def handle(self, *args: Any, directory: Path, figures: bool, **options: Any) -> None:
        with translation.override("en"):
            written = files() | (every_figure() if figures else {})
        try:
            for name, text in written.items():
                (directory / name).write_bytes(text.encode("utf-8"))
        except OSError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{telling.MARK}: {', '.join(written)}")


def files() -> dict[str, str]:
    """Each file's text by its name, in the language that is active."""
    illustration = illustrate()
    year = illustration.year(Topic.UNEMPLOYED, telling.YEAR)
    over_time = illustration.over_time(Topic.UNEMPLOYED, telling.EXAMPLE)
    mark = str(telling.MARK)
    return {
        "method.md": telling.method(illustration),
        "method-funnel.svg": drawn.funnel(charts.funnel(year), mark=mark),
        "method-over-time.svg": drawn.process(charts.over_time(over_time), mark=mark),
    }


def every_figure() -> dict[str, str]:
    """A line for each municipality, year and result, each with the mark that says what it is."""
    every_year = [year for topic in Topic for year in illustrate().years[topic]]
    rows = ([column.value(row) for column in telling.COLUMNS] for row in telling.rows_of(every_year))
    headings = [str(column.heading) for column in telling.COLUMNS]
    return {EVERY_FIGURE: "".join(csv_lines(headings, rows, with_comma=False))}
