"""Play an invented quarter of the capital's catchment and print what the advice before a contact changes."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.management.base import BaseCommand

from employers.contacts.coordination import Reason
from employers.contacts.simulation.counting import Figures, count
from employers.contacts.simulation.inventing import Town, World, invent
from employers.contacts.simulation.playing import EVERY_REASON, play
from jobcenter.geography.load import MUNICIPALITIES
from jobcenter.geography.reading import MUNICIPALITY_COLUMNS, municipality
from jobcenter.runtime.csvlines import read

CAPITAL = "hovedstaden"
SEED, COMPANIES, COMPLIANCE = 2026, 4000, (0, 50, 100)
PIECES = {
    "others' contacts": {Reason.RECENT},
    "others' plans": {Reason.PLAN},
    "others' holds": {Reason.HOLD},
    "the company's wishes": {Reason.PAUSE, Reason.CAP, Reason.TOPIC},
}
"""The advice by what it rests on."""
OVERRIDDEN_IN_WORDS = {
    Reason.RECENT: "another's contact about the same within 14 days",
    Reason.HOLD: "another's hold",
    Reason.PAUSE: "a pause of the company's",
    Reason.CAP: "the company's cap",
    Reason.TOPIC: "a topic it does not want",
}


class Command(BaseCommand):
    help = "Play an invented quarter of the 29 municipalities of the capital, with and without coordination."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=SEED)
        parser.add_argument("--companies", type=int, default=COMPANIES, help="how many are invented")
        parser.add_argument(
            "--compliance", type=int, nargs="+", default=COMPLIANCE, metavar="PERCENT", choices=range(101)
        )

    def handle(self, *args: Any, compliance: Sequence[int], **options: Any) -> None:
        world = invent(capital(), companies=options["companies"], seed=options["seed"])
        quarters = {share: count(play(world, compliance=share / 100)) for share in compliance}
        self.stdout.write("\n".join(_table(["", *(f"{share} %" for share in quarters)], _rows(quarters))))
        self.stdout.write("")
        head = ["all heed", *("avoidable", "delayed", "not made", "planners who gave way")]
        self.stdout.write("\n".join(_table(head, _worth(world))))


def capital() -> list[Town]:
    """The municipalities of today's area of the capital, Bornholm included."""
    lines = read(
        MUNICIPALITIES.read_bytes(), municipality, columns=MUNICIPALITY_COLUMNS, key=lambda line: line.code
    )
    return [
        Town(line.value.name, line.value.population, line.value.latitude, line.value.longitude)
        for line in lines.lines
        if line.value.areas["regions_2025"] == CAPITAL
    ]


def _rows(quarters: dict[int, Figures]) -> Iterator[list[str]]:
    def row(name: str, *values: float) -> list[str]:
        return [name, *(f"{value:,.0f}" for value in values)]

    each = list(quarters.values())
    yield row("contacts made by jobcentres", *(one.contacts for one in each))
    yield row("companies reached", *(one.companies for one in each))
    yield row("**double contacts**", *(one.doubles for one in each))
    yield row("– **avoidable**", *(one.avoidable for one in each))
    yield row("– an answer, a placement or statutory", *(one.must_not_wait for one in each))
    yield row("– the earlier not logged yet", *(one.not_logged_yet for one in each))
    yield row("companies contacted by 3 jobcentres or more in a week", *(one.crowded for one in each))
    yield row("contacts made later than meant", *(len(one.delays) for one in each))
    yield row("– days later, the median", *(one.usual_delay for one in each))
    yield row("– days later, nine of ten at most", *(one.longest_usual_delay for one in each))
    yield row("– of those that must never wait", *(one.late_answers for one in each))
    yield row("contacts not made", *(one.let_go for one in each))
    yield row("overrides, each with a reason", *(one.overrides.total() for one in each))
    for reason, words in OVERRIDDEN_IN_WORDS.items():
        yield row(f"– against {words}", *(one.overrides[reason] for one in each))


def _worth(world: World) -> Iterator[list[str]]:
    """Each piece of the advice heeded alone, and all the others without it."""
    heeded = {"everything": EVERY_REASON}
    heeded |= {f"only {name}": frozenset(piece) for name, piece in PIECES.items()}
    heeded |= {f"everything but {name}": EVERY_REASON - piece for name, piece in PIECES.items()}
    for name, reasons in heeded.items():
        one = count(play(world, compliance=1, heeded=reasons))
        yield [name, *(f"{figure:,}" for figure in (one.avoidable, len(one.delays), one.let_go, one.beaten))]


def _table(head: Sequence[str], rows: Iterator[list[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|---|{'---:|' * (len(head) - 1)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
