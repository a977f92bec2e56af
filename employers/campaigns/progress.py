"""How far a campaign is: what each company's state is, and how many there are of each. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """Where a company stands in a campaign."""

    WAITING = "waiting"
    TAKEN = "taken"
    IN_VAIN = "in_vain"
    REACHED = "reached"


class Result(StrEnum):
    """What came of reaching it, by the words of the contact log."""

    AGREEMENT = "agreement"
    NEED = "need"
    INFORMED = "informed"
    DECLINED = "declined"


NO_ANSWER = "no_answer"


@dataclass(frozen=True)
class Place:
    """A company's place: whose share it is in, whether it is taken, and the outcome that counts, if any."""

    share: int | None
    is_taken: bool
    outcome: str | None

    @property
    def standing(self) -> Standing:
        """Somebody who called in vain has taken it all the same: that is said, since they must call again."""
        if self.outcome is None:
            return Standing.TAKEN if self.is_taken else Standing.WAITING
        return Standing.IN_VAIN if self.outcome == NO_ANSWER else Standing.REACHED


@dataclass(frozen=True)
class Progress:
    standings: Counter[Standing]
    results: Counter[Result]

    @property
    def total(self) -> int:
        return self.standings.total()

    @property
    def reached(self) -> int:
        return self.standings[Standing.REACHED]

    @property
    def taken(self) -> int:
        return self.standings[Standing.TAKEN]

    @property
    def in_vain(self) -> int:
        return self.standings[Standing.IN_VAIN]

    @property
    def waiting(self) -> int:
        return self.standings[Standing.WAITING]

    @property
    def agreements(self) -> int:
        return self.results[Result.AGREEMENT]

    @property
    def needs(self) -> int:
        return self.results[Result.NEED]

    @property
    def informed(self) -> int:
        return self.results[Result.INFORMED]

    @property
    def declined(self) -> int:
        return self.results[Result.DECLINED]


def progress(places: Iterable[Place]) -> Progress:
    places = list(places)
    return Progress(
        standings=Counter(place.standing for place in places),
        results=Counter(
            Result(place.outcome or "") for place in places if place.standing == Standing.REACHED
        ),
    )


def by_share(places: Iterable[Place]) -> dict[int | None, Progress]:
    """The progress of each share; None is what is in nobody's."""
    shares: dict[int | None, list[Place]] = {}
    for place in places:
        shares.setdefault(place.share, []).append(place)
    return {share: progress(theirs) for share, theirs in shares.items()}
