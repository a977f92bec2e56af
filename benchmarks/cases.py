"""What is measured. A room with something to measure adds its cases here.

Case("company-name", "the register by name", addresses=lambda: [f"/…?navn={name}" for name in names])
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

from employers.vacancies.models import Vacancy

SEED = 20_261_119


@dataclass(frozen=True)
class Case:
    """Addresses of one kind, asked for by turns. `addresses` is asked once for each size of the data.

    page: it is also opened in a browser that has nothing of it yet, to count what it fetches.
    headers: sent with each request.
    """

    name: str
    what: str
    addresses: Callable[[], Sequence[str]]
    page: bool = False
    headers: tuple[tuple[str, str], ...] = ()


WORDS = ("lager", "operatør", "chauffør", "køkken", "pleje", "salg", "montage", "kunder", "kvalitet", "hold")
OCCUPATIONS = ("8", "5", "7", "9", "4")
PLACES = ("4600 Køge", "Aarhus", "Odense", "Aalborg", "2100 København Ø", "Roskilde", "7100 Vejle", "Esbjerg")


def searches() -> list[str]:
    """Text, occupation and labour catchment together."""
    draw = random.Random(SEED)
    return [
        "/stillinger/?"
        + urlencode(
            {
                "hvad": draw.choice(WORDS),
                "hvor": draw.choice(PLACES),
                "km": "50",
                "fag": draw.choice(OCCUPATIONS),
            }
        )
        for _ in range(60)
    ]


def everything() -> list[str]:
    """The search as it is opened: nothing asked for, so everything is counted."""
    return ["/stillinger/", "/stillinger/?km=&side=2", "/stillinger/?tid=fuld", "/stillinger/?nyt=7"]


def vacancies() -> list[str]:
    published = Vacancy.objects.public().order_by("pk")
    return [f"/stillinger/{pk}/" for pk in islice(published.values_list("pk", flat=True), 0, 2000, 40)]


CASES = [
    Case("vacancy-search", "public search: text, occupation and catchment, with counts", searches, page=True),
    Case("vacancy-search-all", "public search with nothing asked for, with counts", everything),
    Case("vacancy", "the page of one vacancy", vacancies, page=True),
]
