"""Demonstration data: every room invents its own in a `demo.py`; here they are found and carried out.

    ORDER = 20                        # lowest first: a room builds on those before it

    def load(world: Demo) -> None:
        Company.objects.create(name=…, at=world.today - timedelta(days=world.random.randint(1, 30)))

All persons, companies and figures are invented. What is drawn comes from one seed, and what has a date
lies around today, so that the demonstration looks the same on every machine and on every day.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib import import_module

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import module_has_submodule

SEED = 2026

SOMEBODYS = ("accounts.User", "companies.Company", "enquiries.Enquiry")
"""Tables whose rows may be somebody's own: with any of them the database is not empty."""

FIRST_NAMES = (
    *("Agnete", "Amir", "Anders", "Astrid", "Birthe", "Bjarne", "Camilla", "Carsten", "Dorthe", "Emil"),
    *("Esben", "Fatima", "Freja", "Gitte", "Hassan", "Helle", "Henrik", "Ida", "Inge", "Jakob"),
    *("Jette", "Jonas", "Karen", "Kasper", "Kirsten", "Lars", "Leila", "Line", "Mads", "Maja"),
    *("Malene", "Mikkel", "Nanna", "Niels", "Ole", "Pernille", "Preben", "Rasmus", "Rikke", "Sanne"),
    *("Signe", "Simon", "Susanne", "Søren", "Thea", "Torben", "Tove", "Ulla", "Vibeke", "Åse"),
)
LAST_NAMES = (
    *("Abild", "Agerbo", "Bagge", "Bech", "Bjerre", "Brandt", "Buch", "Dahl", "Damgaard", "Drost"),
    *("Ebbesen", "Eskildsen", "Falk", "Fog", "Frost", "Gram", "Grøn", "Haugaard", "Hedegaard", "Høj"),
    *("Iversen", "Juul", "Kjær", "Klit", "Kragh", "Krogsgaard", "Lauridsen", "Lykke", "Madsbjerg", "Munk"),
    *("Nygaard", "Odgaard", "Ploug", "Ravn", "Riis", "Rosendal", "Sandager", "Skov", "Sloth", "Storm"),
    *("Thorsager", "Toft", "Tved", "Uhre", "Vang", "Vedel", "Vinther", "Winkel", "Østerby", "Aagaard"),
)


class NotNow(Exception):
    """Demonstration data cannot be loaded; the text is one sentence that says why."""


@dataclass
class Demo:
    """What a room's `load` is given. `told` becomes the summary, a line for each thing worth saying."""

    today: date
    now: datetime
    random: random.Random
    told: list[str] = field(default_factory=list)
    named: set[str] = field(default_factory=set)

    def tell(self, line: str) -> None:
        self.told.append(line)

    def somebody(self) -> str:
        """The name of a person who does not exist, and has not been named before."""
        while True:
            name = f"{self.random.choice(FIRST_NAMES)} {self.random.choice(LAST_NAMES)}"
            if name not in self.named:
                self.named.add(name)
                return name


def invent() -> Demo:
    """Load every room's demonstration data, all or nothing. Raises NotNow unless the database is empty."""
    if not is_empty():
        raise NotNow("The database is somebody's: demonstration data are loaded into an empty one only.")
    world = Demo(today=timezone.localdate(), now=timezone.now(), random=random.Random(SEED))
    with transaction.atomic():
        for load in rooms():
            load(world)
    return world


def is_empty() -> bool:
    return not any(apps.get_model(label)._default_manager.exists() for label in SOMEBODYS)


def rooms() -> list[Callable[[Demo], None]]:
    """The `load` of every room that has a `demo.py`, the lowest ORDER first."""
    found = [
        import_module(f"{room.name}.demo")
        for room in apps.get_app_configs()
        if room.name != "jobcenter.runtime" and module_has_submodule(room.module, "demo")
    ]
    return [module.load for module in sorted(found, key=lambda module: module.ORDER)]


def in_an_address(text: str) -> str:
    """“Høje-Taastrup” as it stands in an e-mail address: "hoeje-taastrup"."""
    plain = text.casefold().translate({ord("æ"): "ae", ord("ø"): "oe", ord("å"): "aa", ord("é"): "e"})
    return "-".join("".join(letter if letter.isalnum() else " " for letter in plain).split())


def address_of(name: str, domain: str) -> str:
    """An e-mail address that nobody has: "karim.holst@koege.example"."""
    return f"{in_an_address(name).replace('-', '.')}@{in_an_address(domain)}.example"
