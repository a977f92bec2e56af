"""`manage.py try_bottleneck_rule`: how many planted shortages the balance finds, by how many answered."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, no_translations

from regions.bottlenecks.balance import Cuts
from regions.bottlenecks.simulation.inventing import invent
from regions.bottlenecks.simulation.trial import Found, Tally, judged, tally
from regions.comparison.intervals import Interval

REPORTED_ON = range(11, 31)
FEWEST = (0, 1, 2, 5, 10, 20, 50, 100, 200)
"""Where each class of answers begins."""
ENOUGH = 50


class Command(BaseCommand):
    help = "Try the balance on invented labour markets; prints the table of docs/bottleneck-rule.md."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--markets", type=int, default=len(REPORTED_ON), help="how many to try it on")

    @no_translations
    def handle(self, *args: Any, markets: int, **options: Any) -> None:
        cuts = Cuts()
        found = [cell for seed in REPORTED_ON[:markets] for cell in judged(invent(seed), cuts=cuts)]
        self.stdout.write(
            "| Answers | Cells | Short | Said to be short | Of them right | Of the short, found |"
        )
        self.stdout.write("|---|---:|---:|---:|---|---|")
        for name, cells in _classes(found):
            self.stdout.write(_line(name, tally(cells)))


def _classes(found: list[Found]) -> Iterator[tuple[str, list[Found]]]:
    """The cells by how many attempts were told of, and at last all with enough."""
    for fewest, beyond in zip(FEWEST, (*FEWEST[1:], None), strict=True):
        name = f"{fewest} or more" if beyond is None else _name(fewest, beyond - 1)
        yield (
            name,
            [cell for cell in found if fewest <= cell.attempts and (not beyond or cell.attempts < beyond)],
        )
    yield f"**{ENOUGH} or more**", [cell for cell in found if cell.attempts >= ENOUGH]


def _name(fewest: int, most: int) -> str:
    return str(fewest) if fewest == most else f"{fewest}–{most}"


def _line(name: str, counted: Tally) -> str:
    return (
        f"| {name} | {counted.cells:,} | {counted.planted:,} | {counted.claimed:,} | "
        f"{_share(counted.right, counted.claimed, counted.precision)} | "
        f"{_share(counted.right, counted.planted, counted.recall)} |"
    )


def _share(part: int, whole: int, interval: Interval | None) -> str:
    if not interval:
        return "–"
    return f"{100 * part / whole:.0f} % ({100 * interval.lower:.0f}–{100 * interval.upper:.0f})"
