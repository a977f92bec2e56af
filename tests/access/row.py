"""A row of the access matrix, and the people it speaks of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests import given
from tests.world import World

OPEN = 200
GONE_ON = "redirected"
SIGN_IN = "sent to sign in"
REFUSED = 403
MISSING = 404
WRONG_METHOD = 405

Answer = int | str

OWN = "caseworker manager"
"""Of Køge: the company, the enquiry and the contact are theirs."""
SHARING = f"{OWN} neighbour"
NOT_SHARING = "stranger strange_manager"
OTHERS = f"neighbour {NOT_SHARING}"
JOBCENTRES = f"{OWN} {OTHERS}"
MANAGERS = "manager strange_manager"
OFFICERS = "area_officer other_officer"
STAFF = f"{JOBCENTRES} {OFFICERS} national"
EMPLOYERS = "employer newcomer competitor"
SIGNED_IN = f"{EMPLOYERS} {STAFF} administrator"
EVERYBODY = f"anonymous {SIGNED_IN}"

CSV = "?hent=csv"
"""What makes a file of a list."""


@dataclass(frozen=True)
class Row:
    """What each person is answered at one address.

    answers: groups of people (names with spaces between) → answer. given: the values in the address.
    data: what is posted; a row with data is a POST. hides: groups → texts they must not find there.
    query: what stands after the question mark. note: tells two rows of one address apart.
    """

    name: str
    answers: Mapping[str, Answer]
    given: Callable[[World], dict[str, Any]] = given.nothing
    data: Callable[[World], dict[str, Any]] | None = None
    hides: Mapping[str, Callable[[World], list[str]]] = field(default_factory=dict)
    query: str = ""
    note: str = ""

    def __str__(self) -> str:
        method = "POST" if self.data else "GET"
        return f"{self.name} {method} {self.note}".strip()

    def expected(self, actor: str) -> Answer:
        for actors, answer in self.answers.items():
            if actor in actors.split():
                return answer
        return SIGN_IN if actor == "anonymous" else REFUSED

    def hidden_from(self, actor: str, world: World) -> list[str]:
        found: list[str] = []
        for actors, texts in self.hides.items():
            if actor in actors.split():
                found += texts(world)
        return found
