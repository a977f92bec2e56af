"""What is measured. A room with something to measure adds its cases here.

Case("company-name", "the register by name", addresses=lambda: [f"/…?navn={name}" for name in names])
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

from employers.companies.models import RegisterCompany
from employers.vacancies.models import Vacancy

SEED = 20_261_119
ASKED = 172
"""So many different addresses: as many as are asked for, so that none comes twice."""


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
    """Text, occupation, and a labour catchment or a circle. No address comes twice: nothing is kept of it."""
    asked = [
        {"hvad": word, "hvor": place, "km": reach, "fag": occupation}
        for word in WORDS
        for place in PLACES
        for occupation in OCCUPATIONS
        for reach in ("opland", "50")
    ]
    return [f"/stillinger/?{urlencode(one)}" for one in random.Random(SEED).sample(asked, ASKED)]


def everything() -> list[str]:
    """The search as it is opened: nothing typed. Its numbers are kept for a minute."""
    return ["/stillinger/", "/stillinger/?km=&side=2", "/stillinger/?tid=fuld", "/stillinger/?nyt=7"]


def choices() -> list[str]:
    """Nothing typed, and choices that nobody has made in this minute: everything is counted anew."""
    asked = [
        {"ansat": terms, "tid": hours, "start": start, "nyt": days, "fag": occupation}
        for terms in ("fast", "elev", "studie", "")
        for hours in ("fuld", "deltid", "")
        for start in ("snart", "senere", "")
        for days in ("1", "7", "")
        for occupation in (*OCCUPATIONS, "")
    ]
    return [f"/stillinger/?{urlencode(one)}" for one in random.Random(SEED).sample(asked, ASKED)]


def names() -> list[str]:
    """What people type of a company's name: its beginning, its words the other way round, and a slip."""
    draw = random.Random(SEED)
    typed = []
    register = RegisterCompany.objects.order_by("cvr").values_list("name", flat=True)
    for name in draw.sample(list(register[:30_000]), ASKED):
        first, second = name.split()[:2]
        slip = draw.randrange(1, len(first) - 1)
        typed.append(
            draw.choice(
                (
                    first[: draw.randint(3, len(first))],
                    f"{first} {second[:3]}",
                    f"{second} {first}",
                    first[:slip] + first[slip + 1 :] + f" {second}",
                )
            )
        )
    return ["/find-virksomhed/?" + urlencode({"cvr": one}) for one in typed]


def vacancies() -> list[str]:
    published = Vacancy.objects.public().order_by("pk")
    return [f"/stillinger/{pk}/" for pk in islice(published.values_list("pk", flat=True), 0, 2000, 40)]


CASES = [
    Case("vacancy-search", "public search: text, occupation and catchment, with counts", searches, page=True),
    Case("vacancy-search-all", "public search with nothing typed; numbers up to a minute old", everything),
    Case("vacancy-search-anew", "the same, with choices nobody has made: all counted anew", choices),
    Case("vacancy", "the page of one vacancy", vacancies, page=True),
    Case("company-name", "the register by name: beginnings, other order, slips", names),
]
