"""Words in an advertisement that may prefer some people to others in a way the law forbids.

An advertisement may not say that people of a certain sex, age, race, origin, religion, conviction, sexual
orientation or with or without a disability are sought or preferred: ligebehandlingsloven § 6 for sex and
family, forskelsbehandlingsloven § 5 for the others. Which words say so stands in
`data/unlawful_preferences.toml`, with examples of what must be found and what must not. Nothing is
forbidden here: a caseworker looks at what is found, since the laws have exceptions that words cannot tell.

Pure: texts in, places in the text out.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

REVIEWED = Path(__file__).parent / "data" / "unlawful_preferences.toml"


class Ground(StrEnum):
    SEX = "sex"
    FAMILY = "family"
    AGE = "age"
    ORIGIN = "origin"
    RELIGION = "religion"
    CONVICTION = "conviction"
    ORIENTATION = "orientation"
    DISABILITY = "disability"


@dataclass(frozen=True, order=True)
class Found:
    """Words at [start, end) of a text, and the ground on which they may prefer somebody."""

    start: int
    end: int
    words: str
    ground: Ground


@dataclass(frozen=True)
class Piece:
    """A part of a text; `ground` is None where nothing is found."""

    text: str
    ground: Ground | None


@dataclass(frozen=True)
class Rule:
    """One reviewed way of preferring somebody, or a lawful one, which has no ground.

    finds, passes: examples of what must be found in the end, and of what must not.
    """

    ground: Ground | None
    pattern: re.Pattern[str]
    finds: tuple[str, ...]
    passes: tuple[str, ...]


@dataclass(frozen=True)
class Rules:
    preferences: tuple[Rule, ...]
    allowed: tuple[Rule, ...]
    """What is lawful though a preference is found in it, such as “whatever your age”."""


def unlawful_preferences(text: str) -> list[Found]:
    """Everything in the text that may be an unlawful preference, in the order it stands there.

    What overlaps is one find: the first, and of two that begin together the longer.
    """
    lawful = [match.span() for rule in rules().allowed for match in rule.pattern.finditer(text)]
    found = sorted(
        (
            Found(match.start(), match.end(), match[0], rule.ground)
            for rule in rules().preferences
            for match in rule.pattern.finditer(text)
            if rule.ground and not any(start <= match.start() and match.end() <= end for start, end in lawful)
        ),
        key=lambda one: (one.start, -one.end),
    )
    return list(_apart(found))


def pieces(text: str) -> list[Piece]:
    """The whole text in pieces, so that what is found can be shown where it stands."""
    cut, done = [], 0
    for one in unlawful_preferences(text):
        cut += [Piece(text[done : one.start], None), Piece(one.words, one.ground)]
        done = one.end
    return [piece for piece in [*cut, Piece(text[done:], None)] if piece.text]


@cache
def rules() -> Rules:
    """The reviewed rules. A word in <angle brackets> stands for the words listed under that name."""
    read = tomllib.loads(REVIEWED.read_text(encoding="utf-8"))
    words = {name: "(?:" + "|".join(listed) + ")" for name, listed in read["words"].items()}
    return Rules(
        preferences=tuple(_rule(one, words) for one in read["preference"]),
        allowed=tuple(_rule(one, words) for one in read["allowed"]),
    )


def _rule(written: dict[str, object], words: dict[str, str]) -> Rule:
    pattern = str(written["pattern"]).strip()
    for name, listed in words.items():
        pattern = pattern.replace(f"<{name}>", listed)
    finds, passes = (tuple(_listed(written.get(name))) for name in ("finds", "passes"))
    return Rule(
        ground=Ground(str(written["ground"])) if "ground" in written else None,
        pattern=re.compile(pattern, re.IGNORECASE | re.VERBOSE),
        finds=finds,
        passes=passes,
    )


def _listed(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _apart(found: list[Found]) -> Iterator[Found]:
    end = 0
    for one in found:
        if one.start >= end:
            yield one
            end = one.end
