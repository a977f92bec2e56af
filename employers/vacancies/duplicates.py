"""Whether two advertisements of a workplace are the same job written twice. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from rapidfuzz import fuzz

SAME_TITLE = 88.0
SAME_TEXT = 80.0
COPIED_TEXT = 95.0
"""Of 100, by rapidfuzz. A copied text is the same job whatever it is called."""

_ORNAMENTS = re.compile(
    r"\bm\s*/\s*[kf]\b|\bk\s*/\s*m\b|\(\s*\w{0,3}\s*\)|\b(?:søges|søger|ønskes|wanted|til|hos)\b|[\W_]+|\d+"
)
"""What says nothing about the job: (m/k), “søges”, numbers and signs."""


class Advertised(Protocol):
    """What is compared. A vacancy is one."""

    title: str
    text: str


AnyAdvertised = TypeVar("AnyAdvertised", bound=Advertised)


@dataclass(frozen=True)
class Resembling(Generic[AnyAdvertised]):
    """An advertisement that is much like another one. title, text: how much, 0 to 100."""

    other: AnyAdvertised
    title: float
    text: float


def resembling(*, title: str, text: str, among: Iterable[AnyAdvertised]) -> list[Resembling[AnyAdvertised]]:
    """Those that are near-duplicates, the most alike first. The order of words does not matter in a title.

    Near is a title that is as good as the same with a text that mostly is, or a text that is copied. An empty
    text is like no other.
    """
    found = [
        Resembling(
            other,
            title=fuzz.token_sort_ratio(plain(title), plain(other.title)),
            text=fuzz.ratio(plain(text), plain(other.text)) if plain(text) else 0.0,
        )
        for other in among
    ]
    near = [
        one for one in found if (one.title >= SAME_TITLE and one.text >= SAME_TEXT) or one.text >= COPIED_TEXT
    ]
    return sorted(near, key=lambda one: (-one.text, -one.title))


def plain(text: str) -> str:
    """The words that tell jobs apart, in lower case."""
    return " ".join(_ORNAMENTS.sub(" ", text.casefold()).split())
