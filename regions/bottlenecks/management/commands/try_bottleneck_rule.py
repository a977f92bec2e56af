"""`manage.py try_bottleneck_rule`: how many planted shortages the balance finds, by how many answered."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, no_translations

from regions.bottlenecks.figures.balance import Cuts
from regions.bottlenecks.simulation.inventing import ANSWERS, FAILED, Ending, State, World, invent
from regions.bottlenecks.simulation.trial import Found, Tally, judged, tally
from regions.comparison.intervals import Interval

REPORTED_ON = range(11, 31)
SILENT = {**ANSWERS, Ending.OTHER_PROFILE: 0.44, Ending.IN_VAIN: 0.31}
HARDER = {
    "nothing: as above": World(),
    "who looked in vain answers half as often as who did not": World(answers=SILENT),
    "one in ten who failed says it did not": World(denied=0.1),
    "both of these": World(answers=SILENT, denied=0.1),
    "nothing lies between short and not: 20 % fail on either side": World(
        failed={**FAILED, State.BALANCE: (0.04, 0.20), State.SHORTAGE: (0.20, 0.60)}
    ),
    "a third of the unemployed are registered in a related occupation": World(misplaced=1 / 3),
}
"""Worlds that the rule was not made for."""
FEWEST = (0, 1, 2, 5, 10, 20, 50, 100, 200)
"""Where each class of answers begins."""
ENOUGH = 50


class Command(BaseCommand):
    help = "Try the balance on invented labour markets; prints the table of docs/bottleneck-rule.md."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--markets", type=int, default=len(REPORTED_ON), help="how many to try it on")
        parser.add_argument("--first", type=int, default=REPORTED_ON.start, help="seed of the first of them")
        parser.add_argument("--harder", action="store_true", help="in worlds the rule was not made for")

    @no_translations
    def handle(self, *args: Any, markets: int, first: int, harder: bool, **options: Any) -> None:
        seeds = range(first, first + markets)
        if harder:
            self._tell_harder(seeds)
            return
        found = _found(seeds, world=World())
        self.stdout.write(
            "| Answers | Cells | Short | Said to be short | Of them right | Of the short, found |"
        )
        self.stdout.write("|---|---:|---:|---:|---|---|")
        for name, cells in _classes(found):
            self.stdout.write(_line(name, tally(cells)))

    def _tell_harder(self, seeds: range) -> None:
        self.stdout.write(
            "| What is harder | Short | Said to be short | Of them right | Of the short, found |"
        )
        self.stdout.write("|---|---:|---:|---|---|")
        for name, world in HARDER.items():
            counted = tally([cell for cell in _found(seeds, world=world) if cell.attempts >= ENOUGH])
            self.stdout.write(f"| {name} | {counted.planted:,} | {counted.claimed:,} | {_shares(counted)} |")


def _found(seeds: range, *, world: World) -> list[Found]:
    cuts = Cuts()
    return [cell for seed in seeds for cell in judged(invent(seed, world=world), cuts=cuts)]


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
    return f"| {name} | {counted.cells:,} | {counted.planted:,} | {counted.claimed:,} | {_shares(counted)} |"


def _shares(counted: Tally) -> str:
    """Precision and recall, each with its interval."""
    right = _share(counted.right, counted.claimed, counted.precision)
    return f"{right} | {_share(counted.right, counted.planted, counted.recall)}"


def _share(part: int, whole: int, interval: Interval | None) -> str:
    if not interval:
        return "–"
    return f"{100 * part / whole:.0f} % ({100 * interval.lower:.0f}–{100 * interval.upper:.0f})"
