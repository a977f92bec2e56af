"""`manage.py try_flag_rule`: what the flag rule and the usual league table find of planted problems."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, no_translations

from regions.comparison.intervals import Interval
from regions.oversight.rule import FlagRule
from regions.oversight.trial import (
    LOWEST_TENTH,
    Outcome,
    Range,
    Trial,
    invent,
    league_table,
    trial,
    tuned,
)

TUNED_ON = range(1, 11)
REPORTED_ON = range(11, 31)
KNOWN = {0: "all three", 1: "two of three"}


class Command(BaseCommand):
    help = "Try the flag rule on invented countries; prints the table of docs/flag-rule.md. Saves nothing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tuned-on", type=int, default=len(TUNED_ON), help="countries to tune on")
        parser.add_argument(
            "--reported-on", type=int, default=len(REPORTED_ON), help="countries to report on"
        )

    @no_translations
    def handle(self, *args: Any, tuned_on: int, reported_on: int, **options: Any) -> None:
        best = tuned([invent(seed) for seed in TUNED_ON[:tuned_on]])
        rules = {
            "the rule in force": FlagRule(),
            f"tuned: z {best.serious_z:g}, q {best.false_discovery_rate:g}": best,
        }
        self.stdout.write(
            "| Conditions known | Way | Found | Delay in years, median | mean | Alerts | Of them false |"
        )
        self.stdout.write("|---|---|---|---|---|---|---|")
        for hidden, known in KNOWN.items():
            worlds = [invent(seed, hidden=hidden) for seed in REPORTED_ON[:reported_on]]
            for name, rule in rules.items():
                for line in _lines(trial(worlds, rule=rule), known=known, name=name):
                    self.stdout.write(line)
            tenth = league_table(worlds, cut=LOWEST_TENTH)
            self.stdout.write(
                _line(known, f"league table as it stands, lowest tenth ({LOWEST_TENTH})", tenth)
            )


def _lines(tried: Trial, *, known: str, name: str) -> list[str]:
    league = f"league table, lowest {tried.cut}"
    return [_line(known, name, tried.rule), _line(known, league, tried.league)]


def _line(known: str, name: str, said: Outcome) -> str:
    found = f"{said.found} of {said.problems} ({_per_cent(said.detection)})"
    false = f"{said.false} ({_per_cent(said.false_share)})" if said.false_share else "–"
    median = _within(said.median_delay, said.median_within, as_told="g")
    mean = _within(said.mean_delay, said.mean_within, as_told=".2f")
    return f"| {known} | {name} | {found} | {median} | {mean} | {said.alerts} | {false} |"


def _within(value: float | None, within: Range | None, *, as_told: str) -> str:
    if value is None:
        return "–"
    if within is None:
        return f"{value:{as_told}}"
    return f"{value:{as_told}} ({within.low:{as_told}}–{within.high:{as_told}})"


def _per_cent(interval: Interval) -> str:
    return f"{100 * interval.lower:.0f}–{100 * interval.upper:.0f} %"
