"""Finding a company by a name that is not quite its name: other order, other spelling, a slip of the finger.

A name is folded into plain words, and the words are cut into pieces of three letters. A slip changes only
the pieces around it: of two pieces that lie apart in a word, one is always left. So the companies that
have one of two such pieces hold the one that is meant, and the rarest two bring the fewest to look through.
Pure: the pieces are numbers, and who has them is somebody else's to find out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

_WRITTEN_OUT = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ß": "ss", "þ": "th", "ð": "d", "ł": "l"}
)
_LETTERS = " abcdefghijklmnopqrstuvwxyz0123456789"
_AT = {letter: place for place, letter in enumerate(_LETTERS)}
_SINGLE = re.compile(r"(?<![a-z0-9])([a-z0-9])\s?[./&]\s?(?=[a-z0-9](?![a-z0-9]))")
_WORD = re.compile(r"[a-z0-9]+")

LONGEST = 400
"""Characters of a folded name: æ, ø and å take two."""

LEGAL_FORMS = frozenset(
    ("aps", "as", "is", "ks", "ps", "ivs", "amba", "fmba", "smba", "holding", "group", "danmark", "og", "and")
)
"""Words that many names have and few people remember: they may be missing on either side."""

SHORT = 4
"""A shorter word must be right: with a slip in it, it could be any word."""

SPLIT = 4
"""Pieces this far apart in a word have no letter in common, nor two that a slip could swap."""


def folded(name: str) -> str:
    """The words of a name in plain letters: “Åkjær & Sønner A/S” is "aakjaer soenner as".

    æ, ø and å are written out, accents and capitals are dropped, and single letters with a stroke, a full
    stop or an ampersand between are one word ("A/S", "a.p.s.", "B & O"). At most LONGEST characters.
    """
    plain = unicodedata.normalize("NFC", name).casefold().translate(_WRITTEN_OUT)
    if not plain.isascii():
        split = unicodedata.normalize("NFKD", plain).lower()
        plain = "".join(letter for letter in split if not unicodedata.combining(letter))
    plain = _SINGLE.sub(r"\1", plain)
    return " ".join(_WORD.findall(plain))[:LONGEST].strip()


def gram(piece: str) -> int:
    """The number of three letters, spaces or digits."""
    first, second, third = (_AT[letter] for letter in piece)
    return (first * len(_LETTERS) + second) * len(_LETTERS) + third


def grams(key: str) -> list[int]:
    """The pieces of a folded name, each once and in order of number; a word begins and ends with a space."""
    return sorted({number for word in key.split() for number in _grams_of(word)})


@dataclass(frozen=True)
class Sought:
    """What somebody looks for: its words, without those that say nothing as long as others are left."""

    words: tuple[str, ...]

    @property
    def grams(self) -> list[int]:
        """The pieces whose rarity is worth knowing."""
        return sorted({number for word in self.words for number in _apart_in(word)} | set(self.exact()))

    def exact(self) -> list[int]:
        """The pieces a name has that holds every word: one begins so or, from five letters, holds it."""
        return sorted({number for word in self.words for number in _within(word)})

    def rarest(self, counts: Mapping[int, int], *, most: int = 3) -> list[int]:
        """So many of the exact pieces, the rarest first. counts: how many companies have a piece."""
        return sorted(self.exact(), key=lambda number: (counts.get(number, 0), number))[:most]

    def stands_in(self, key: str) -> bool:
        """Whether a folded name holds every word as it was typed, without a slip."""
        words = key.split()
        return all(
            any(word.startswith(typed) or (len(typed) > SHORT and typed in word) for word in words)
            for typed in self.words
        )

    def despite_a_slip(self, counts: Mapping[int, int]) -> list[int]:
        """Two pieces of which a name has at least one, whatever single slip there is in each word.

        They lie apart in one word, and are the rarest such; of a word long enough for it, they lie before
        its end, so that it may go on. Of words that are too short for two, all pieces: then a name is only
        found if the slip left one of them. [] without a word of SHORT letters.
        """
        pairs = [pair for word in self.words for pair in _pairs(word)]
        if pairs:
            return sorted(min(pairs, key=lambda pair: (sum(counts.get(number, 0) for number in pair), pair)))
        return sorted({number for word in self.words if len(word) >= SHORT for number in _apart_in(word)})


def sought(typed: str) -> Sought:
    words = folded(typed).split()
    return Sought(tuple(word for word in words if word not in LEGAL_FORMS) or tuple(words))


def ranked(wanted: Sought, keys: Sequence[str]) -> list[tuple[float, int]]:
    """Those of the folded names that fit, best first: how well (0 to 1), and their place in `keys`.

    A name fits when each word does, or all but one of three and more. Shorter names come first among
    those that fit alike, since more of them was typed.
    """
    if not wanted.words or not keys:
        return []
    split = [key.split() for key in keys]
    words = sorted({word for name in split for word in name})
    fits = [_fits(word, words) for word in wanted.words]
    allowed = int(len(wanted.words) >= 3)
    typed = sum(map(len, wanted.words))
    found = []
    for place, name in enumerate(split):
        best = [max((fit.get(word, 0.0) for word in name), default=0.0) for fit in fits]
        if best.count(0.0) > allowed:
            continue
        covered = min(1.0, typed / max(1, sum(map(len, name))))
        begins = name[0] in fits[0]
        found.append((sum(best) / len(best) * 0.9 + covered * 0.07 + begins * 0.03, place))
    return sorted(found, key=lambda pair: (-pair[0], pair[1]))


def _fits(typed: str, words: Sequence[str]) -> dict[str, float]:
    """How well each of the words fits the typed one, for those that do: 1 is the word itself.

    Its beginning is nearly as good, since people stop typing; within a word it is less (Danish writes
    words together); with a slip less again. Words of nine letters may have two.
    """
    fits: dict[str, float] = {}
    slips = 0 if len(typed) < SHORT else 1 if len(typed) < 9 else 2
    if slips:
        for size in (None, len(typed) - 1, len(typed), len(typed) + 1):
            begun = words if size is None else [word[:size] for word in words]
            distances = cdist([typed], begun, scorer=OSA.distance, score_cutoff=slips)[0]
            worth = 0.75 if size is None else 0.7
            for place in (distances <= slips).nonzero()[0]:
                fit = worth - 0.15 * (int(distances[place]) - 1)
                fits[words[place]] = max(fits.get(words[place], 0.0), fit)
    for word in words:
        if word == typed:
            fits[word] = 1.0
        elif word.startswith(typed):
            fits[word] = 0.92
        elif len(typed) >= SHORT + 1 and typed in word:
            fits[word] = max(fits.get(word, 0.0), 0.8)
    return fits


@lru_cache(maxsize=1 << 17)
def _grams_of(word: str) -> tuple[int, ...]:
    """The pieces of a whole word. Remembered, since many companies share their words."""
    places = [0, *(_AT[letter] for letter in word), 0]
    size = len(_LETTERS)
    return tuple(
        (one * size + two) * size + three
        for one, two, three in zip(places, places[1:], places[2:], strict=False)
    )


def _pieces(text: str) -> list[str]:
    return [text[start : start + 3] for start in range(len(text) - 2)]


def _apart_in(word: str) -> list[int]:
    """The pieces of a word by their place, its ends included: the word may be whole, with a slip in it."""
    return list(_grams_of(word))


def _pairs(word: str) -> list[tuple[int, int]]:
    """Two pieces of a word that no single slip changes both of."""
    pieces = _apart_in(word)
    if len(pieces) > SPLIT + 1:
        pieces = pieces[:-1]
    return [
        (pieces[one], pieces[other])
        for one, other in combinations(range(len(pieces)), 2)
        if other - one >= SPLIT and len(word) >= SHORT
    ]


def _within(word: str) -> list[int]:
    """The pieces a name must have in which the word stands, perhaps as part of a longer one."""
    if len(word) > SHORT:
        return [gram(piece) for piece in _pieces(word)]
    return [gram(piece) for piece in _pieces(f" {word}")]
