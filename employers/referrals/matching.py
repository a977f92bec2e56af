"""Which candidates fit a vacancy, ranked, and why: arithmetic on five grounds and nothing else. Pure.

The grounds are occupation, skills, travel, hours and start. Each gives up to 100 points and none takes any
away, so being better on one of them never ranks anybody lower. There is no field for age, sex, origin or
health, nor for how earlier referrals went: what is not handed in cannot be counted. Whoever has equally many
points is ordered by the reference, which is drawn by lot.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

WEIGHTS = {"occupation": 5, "skills": 2, "travel": 3, "hours": 2, "start": 2}
"""How much each ground counts against the others. A choice of ours, to be judged by what comes of it."""

OF_DIGITS = {0: 0, 1: 10, 2: 30, 3: 55, 4: 85}
"""Points for so many first digits of the DISCO-08 code in common; the whole code gives 100.

One digit is the main group (kind and level of work), four the unit group.
"""

BEYOND = 2.0
"""Nobody is proposed whose way to work would be this many times as far as they want to travel."""

DAYS_LATE = 60
"""A start that is so many days too late gives no points."""

HOURS_OFF = 15
"""Hours that are so far from what is wanted give no points."""


class Ground(StrEnum):
    OCCUPATION = "occupation"
    SKILLS = "skills"
    TRAVEL = "travel"
    HOURS = "hours"
    START = "start"


@dataclass(frozen=True)
class Position:
    """What a vacancy asks for. skills: those its text mentions, by their keys."""

    occupation: str
    skills: frozenset[str]
    hours: float
    starts_on: date


@dataclass(frozen=True)
class Candidate:
    """What a candidate offers. kilometres: from home to the workplace; reach: as far as they travel."""

    reference: str
    occupation: str
    skills: frozenset[str]
    kilometres: float
    reach: float
    fewest_hours: float
    most_hours: float
    from_day: date


@dataclass(frozen=True)
class Reason:
    """What was counted on one ground: the points, and the number that its words are made from.

    number: digits in common, skills in common, kilometres, hours off, or days too late.
    skills: of the skills the vacancy mentions, those the candidate has; of: how many it mentions.
    """

    ground: Ground
    points: int
    number: float
    skills: frozenset[str] = frozenset()
    of: int = 0


@dataclass(frozen=True)
class Match:
    """A candidate with the reasons of all five grounds."""

    reference: str
    points: int
    reasons: tuple[Reason, ...]

    def on(self, ground: Ground) -> Reason:
        return next(reason for reason in self.reasons if reason.ground == ground)


def rank(position: Position, candidates: Iterable[Candidate]) -> list[Match]:
    """Those who fit, the best first: some likeness in the work, and not too far away."""
    found = [match(position, candidate) for candidate in candidates if fits(position, candidate)]
    return sorted(found, key=lambda one: (-one.points, one.reference))


def fits(position: Position, candidate: Candidate) -> bool:
    """Whether the work is alike at all (a digit or a skill in common), and the workplace within reach."""
    is_alike = digits_in_common(position.occupation, candidate.occupation) > 0
    is_skilled = bool(position.skills & candidate.skills)
    return (is_alike or is_skilled) and candidate.kilometres <= BEYOND * candidate.reach


def match(position: Position, candidate: Candidate) -> Match:
    reasons = (
        _by_occupation(position, candidate),
        _by_skills(position, candidate),
        _by_travel(candidate),
        _by_hours(position, candidate),
        _by_start(position, candidate),
    )
    points = sum(WEIGHTS[reason.ground] * reason.points for reason in reasons)
    return Match(candidate.reference, points, reasons)


def digits_in_common(one: str, other: str) -> int:
    """How many first digits two codes of the classification share."""
    number = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        number += 1
    return number


def _by_occupation(position: Position, candidate: Candidate) -> Reason:
    digits = digits_in_common(position.occupation, candidate.occupation)
    is_same = position.occupation == candidate.occupation
    points = 100 if is_same else OF_DIGITS[min(digits, 4)]
    return Reason(Ground.OCCUPATION, points, 6 if is_same else min(digits, 4))


def _by_skills(position: Position, candidate: Candidate) -> Reason:
    """Where none is mentioned, nobody is better for having more."""
    if not position.skills:
        return Reason(Ground.SKILLS, 100, 0)
    common, of = position.skills & candidate.skills, len(position.skills)
    return Reason(Ground.SKILLS, 100 * len(common) // of, len(common), common, of)


def _by_travel(candidate: Candidate) -> Reason:
    """Full points at the door, half at the end of what they want to travel, none at twice that."""
    share = candidate.kilometres / (BEYOND * candidate.reach)
    return Reason(Ground.TRAVEL, _falling(share), candidate.kilometres)


def _by_hours(position: Position, candidate: Candidate) -> Reason:
    off = max(0.0, candidate.fewest_hours - position.hours, position.hours - candidate.most_hours)
    return Reason(Ground.HOURS, _falling(off / HOURS_OFF), off)


def _by_start(position: Position, candidate: Candidate) -> Reason:
    late = max(0, (candidate.from_day - position.starts_on).days)
    return Reason(Ground.START, _falling(late / DAYS_LATE), late)


def _falling(share: float) -> int:
    """From 100 points at a share of 0 to none at 1 and beyond."""
    return round(100 * (1 - min(1.0, share)))
