"""Finding an occupation while its name is being typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from jobcenter.classifications.models import EverydayTitle, Occupation

MOST = 12
"""So many suggestions are shown: more cannot be chosen among."""

SHORTEST_PIECE = 4

GENERAL_ENDINGS = ("medarbejder", "arbejder", "assistent", "hjælper", "medhjælper")
"""What the names of many jobs end in, and which says nothing about the work."""


@dataclass(frozen=True)
class Suggestions:
    """What fits the typed text, best first. `resembling`: nothing fits, these only look like it."""

    occupations: list[Occupation]
    resembling: bool = False


def suggest(text: str, *, on: date) -> Suggestions:
    """Occupations of four and six digits that fit the text: at most MOST.

    First what people call the job (`EverydayTitle`), then the classification's own titles and codes. Where a
    six-digit occupation has the same title as its group, only the six-digit one is given. Two queries,
    whatever the text.
    """
    candidates = list(Occupation.objects.valid(on).filter(level__gte=4).order_by("sort_key", "-code"))
    fitting = {one.pk: one for one in [*_called(text, candidates), *_matching(text, candidates)]}
    if found := _without_groups_repeated(list(fitting.values())):
        return Suggestions(found[:MOST])
    piece = _longest_known_piece(text, candidates)
    return Suggestions(_matching(piece, candidates)[:MOST], resembling=True) if piece else Suggestions([])


def _called(text: str, candidates: list[Occupation]) -> list[Occupation]:
    """The occupations people call so, and then those of which a title only begins so.

    Two spellings of a title are the same however they are capitalised, and with ae, oe and aa for the
    letters a keyboard lacks. One query.
    """
    words = _words(danish(text))
    if not words or "\x00" in text:
        return []
    titles = EverydayTitle.objects.filter(folded__startswith=_words(text.lower())[0][:1])
    by_pk = {one.pk: one for one in candidates}
    whole = " ".join(words)
    ranked = sorted(
        (len(spelt) > len(whole), place, pk)
        for place, (title, pk) in enumerate(titles.values_list("title", "occupation"))
        if (spelt := " ".join(_words(danish(title)))).startswith(whole) and pk in by_pk
    )
    if ranked and not ranked[0][0]:
        ranked = [one for one in ranked if not one[0]]
    return [by_pk[pk] for _longer, _place, pk in ranked]


def rank(text: str, *, title: str, code: str, spelling: Callable[[str], str]) -> int | None:
    """How well a title fits what was typed: 0 is the title or code itself; None is not at all.

    1 the title begins so, 2 the code does, 3 words of the title do, 4 it stands within words.
    spelling: `danish` or `bare`, which both are compared in.
    """
    words, of_title = _words(spelling(text)), _words(spelling(title))
    if not words:
        return None
    whole = " ".join(words)
    # A suggestion is written back as "Title (8142)" and must find itself again.
    if whole in (" ".join(of_title), code, " ".join([*of_title, code])):
        return 0
    if " ".join(of_title).startswith(whole):
        return 1
    if code.startswith(whole):
        return 2
    if not all(any(word in part for part in of_title) for word in words):
        return None
    return 3 if all(any(part.startswith(word) for part in of_title) for word in words) else 4


@lru_cache(maxsize=8192)
def danish(text: str) -> str:
    """Folded so that “Tømrer”, "tømrer" and "toemrer" are the same."""
    folded = text.casefold().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    return _without_accents(folded)


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """Folded so that "tomrer" and "baker" find what a keyboard without æ, ø and å cannot write."""
    folded = text.casefold().replace("æ", "a").replace("ø", "o").replace("å", "a")
    return _without_accents(folded)


def _matching(text: str, candidates: list[Occupation]) -> list[Occupation]:
    """Those that fit, best first: as Danish is written, and only if none does without its letters."""
    return _fitting(text, candidates, danish) or _fitting(text, candidates, bare)


def _fitting(text: str, candidates: list[Occupation], spelling: Callable[[str], str]) -> list[Occupation]:
    ranked = [
        (found, candidate)
        for candidate in candidates
        for title in (candidate.title_da, candidate.title_en)
        if title and (found := rank(text, title=title, code=candidate.code, spelling=spelling)) is not None
    ]
    in_order = sorted(ranked, key=lambda pair: pair[0])
    return _without_groups_repeated(
        list({candidate.pk: candidate for _found, candidate in in_order}.values())
    )


def _without_groups_repeated(fitting: list[Occupation]) -> list[Occupation]:
    repeated = {(one.parent_id, one.title_da) for one in fitting if one.level > 4}
    return [one for one in fitting if (one.pk, one.title_da) not in repeated]


def _longest_known_piece(text: str, candidates: list[Occupation]) -> str:
    """The longest beginning or end of a typed word that some title holds: "proces|operatør"."""
    titles = [danish(candidate.title_da) for candidate in candidates]
    pieces = {
        piece
        for word in _words(text.casefold())
        for stem in _without_general_ending(word)
        for size in range(SHORTEST_PIECE, len(stem) + 1)
        for piece in (stem[:size], stem[-size:])
    }
    for piece in sorted(pieces, key=lambda one: (-len(one), one)):
        if any(danish(piece) in title for title in titles):
            return piece
    return ""


def _without_general_ending(word: str) -> list[str]:
    for ending in GENERAL_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_PIECE:
            return [word.removesuffix(ending)]
    return [] if word in GENERAL_ENDINGS else [word]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _without_accents(text: str) -> str:
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter)
    )
