"""An invented labour market: what employers look for in a half-year, what comes of it, and what they tell.

Nobody and nothing in it exists. The generator knows nothing of how bottlenecks are found and imports nothing
of it: what a rule finds here, it has found by itself. Where labour is short is known, because it was planted.

All that makes real answers poor is there: many employers say nothing, and those who looked in vain even less;
some answer late, some wrongly, some twice. All figures are guesses, chosen before any rule was tried on them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

OCCUPATIONS, AREAS = 120, 5
BRANCH = 6
"""Occupations with the same parent: they share their size and, in part, their fate."""

DAYS = 182
"""A half-year. Days are counted from its first; vacancies published before it have negative days."""

EARLIEST = -120
"""The first day on which a vacancy of this half-year's stock can have been published."""


class State(IntEnum):
    """What is true of an occupation in an area."""

    BALANCE = 0
    SHORTAGE = 1
    """Employers look in vain, and nobody is unemployed."""
    PARADOX = 2
    """Employers look in vain though many are unemployed: they have other skills."""
    SURPLUS = 3


class Ending(IntEnum):
    """How a vacancy ended, or what its employer says of it."""

    WANTED = 0
    OTHER_PROFILE = 1
    IN_VAIN = 2
    WITHDRAWN = 3


NONE = -1000
"""No answer; and no day, for what has not happened by the end. Below every day."""

SHARES = {State.BALANCE: 0.60, State.SHORTAGE: 0.15, State.PARADOX: 0.08, State.SURPLUS: 0.17}
IN_FAMILY = 0.5
"""How often an occupation in an area is what its whole branch is in that area."""

FAILED = {
    State.BALANCE: (0.04, 0.16),
    State.SHORTAGE: (0.28, 0.60),
    State.PARADOX: (0.28, 0.60),
    State.SURPLUS: (0.02, 0.10),
}
"""Share of attempts that fail, between these."""
OF_FAILED_OTHER_PROFILE = 0.4
UNEMPLOYED = {
    State.BALANCE: (0.02, 0.05),
    State.SHORTAGE: (0.004, 0.02),
    State.PARADOX: (0.05, 0.12),
    State.SURPLUS: (0.05, 0.12),
}
"""Share of the labour force that is unemployed, between these."""
HIRED = {
    State.BALANCE: (0.06, 0.14),
    State.SHORTAGE: (0.05, 0.16),
    State.PARADOX: (0.05, 0.16),
    State.SURPLUS: (0.02, 0.08),
}
"""Hires in the half-year for each of the employed, between these."""
DAYS_TO_FILL = {State.BALANCE: 28.0, State.SHORTAGE: 55.0, State.PARADOX: 50.0, State.SURPLUS: 18.0}
"""Mean days until somebody is hired; who finds nobody gives up after twice as long, on average."""

EMPLOYED = 1200.0
"""Median of the employed in an occupation and area. Spread: standard deviation of its logarithm."""
SPREAD = 1.2
ADVERTISED = 0.35
"""Share of the hires that are looked for in the portal."""
WITHDRAWN = 0.08
POSITIONS = 0.75
"""Chance that a vacancy has no further position: 1.33 positions for each vacancy."""

ANSWERS = {Ending.WANTED: 0.62, Ending.OTHER_PROFILE: 0.58, Ending.IN_VAIN: 0.48, Ending.WITHDRAWN: 0.40}
"""How often an employer tells, by how it ended. Who looked in vain has less to say."""
LATE = 0.15
"""Share of the answers that come weeks after the vacancy closed; their mean delay in days."""
LATE_DAYS = 40.0
WRONG = 0.03
"""Share of the answers that are not what happened."""
TWICE = 0.05
"""Share of the answers given again, in the questions sent after the vacancy was closed."""


@dataclass(frozen=True)
class World:
    """What can be made harder than above.

    failed: as FAILED. answers: as ANSWERS. denied: share of those who did not get whom they wanted and say
    they did. misplaced: share of the unemployed whom registers count in the next occupation of the branch.
    """

    failed: Mapping[State, tuple[float, float]] = field(default_factory=lambda: FAILED)
    answers: Mapping[Ending, float] = field(default_factory=lambda: ANSWERS)
    denied: float = 0.0
    misplaced: float = 0.0


AS_ABOVE = World()


@dataclass(frozen=True, eq=False)
class Vacancies:
    """What was looked for. Every array has one entry for each vacancy that was open in the half-year.

    occupation, area: its rows. published, closed: days; closed is NONE when it is open at the end.
    positions: how many are looked for. ending: what happened, NONE while open. answer, answered: what the
    employer said, and the day; NONE without. again: the same vacancy's second answer, NONE for nearly all.
    """

    occupation: IntArray
    area: IntArray
    published: IntArray
    closed: IntArray
    positions: IntArray
    ending: IntArray
    answer: IntArray
    answered: IntArray
    again: IntArray


@dataclass(frozen=True, eq=False)
class Market:
    """One invented country in one half-year.

    state: what is true, shape (occupations, areas), values of State. failed: the true share of attempts that
    fail, same shape. employed, unemployed, hired: persons from the registers, same shape. parent: the
    branch of each occupation, shape (occupations,).
    """

    state: IntArray
    failed: FloatArray
    employed: IntArray
    unemployed: IntArray
    hired: IntArray
    parent: IntArray
    vacancies: Vacancies


def invent(
    seed: int, *, occupations: int = OCCUPATIONS, areas: int = AREAS, world: World = AS_ABOVE
) -> Market:
    """A labour market by its seed, not negative: bit for bit the same, with the same numpy.

    A harder world has the same occupations, and in each the same chances: only what is harder is another.
    """
    drawn = np.random.default_rng([seed, 88])
    shape = occupations, areas
    parent = np.arange(occupations, dtype=np.int64) // BRANCH
    state = _states(drawn, parent=parent, areas=areas)
    employed = np.maximum(20, np.exp(drawn.normal(np.log(EMPLOYED), SPREAD, size=shape))).astype(np.int64)
    share = _between(drawn, UNEMPLOYED, state)
    unemployed = drawn.poisson(employed * share / (1 - share))
    hired = drawn.poisson(employed * _between(drawn, HIRED, state))
    failed = _between(drawn, world.failed, state)
    return Market(
        state=state,
        failed=failed,
        employed=employed,
        unemployed=_counted(unemployed, misplaced=world.misplaced),
        hired=hired,
        parent=parent,
        vacancies=_vacancies(drawn, world, state=state, failed=failed, hired=hired),
    )


def _counted(unemployed: IntArray, *, misplaced: float) -> IntArray:
    """The unemployed as the registers count them: some in the next occupation of the same branch."""
    moved = np.rint(unemployed * misplaced).astype(np.int64)
    branches = moved.reshape(-1, BRANCH, moved.shape[1])
    counted: IntArray = unemployed - moved + np.roll(branches, 1, axis=1).reshape(moved.shape)
    return counted


def _states(drawn: np.random.Generator, *, parent: IntArray, areas: int) -> IntArray:
    """What is true of each occupation in each area: often what is true of its branch there."""
    kinds, shares = np.array(list(SHARES), dtype=np.int64), list(SHARES.values())
    of_branch = drawn.choice(kinds, size=(parent.max() + 1, areas), p=shares)[parent]
    of_itself = drawn.choice(kinds, size=of_branch.shape, p=shares)
    return np.where(drawn.random(of_branch.shape) < IN_FAMILY, of_branch, of_itself)


def _between(
    drawn: np.random.Generator, bounds: Mapping[State, tuple[float, float]], state: IntArray
) -> FloatArray:
    """A share for each state, evenly between its bounds; the shape of `state`."""
    lowest, highest = (np.array([bounds[kind][end] for kind in State])[state] for end in (0, 1))
    share: FloatArray = lowest + (highest - lowest) * drawn.random(state.shape)
    return share


def _vacancies(
    drawn: np.random.Generator, world: World, *, state: IntArray, failed: FloatArray, hired: IntArray
) -> Vacancies:
    number = drawn.poisson(hired * ADVERTISED * (DAYS - EARLIEST) / DAYS)
    occupation, area = (np.repeat(row.ravel(), number.ravel()) for row in np.indices(state.shape))
    published = drawn.integers(EARLIEST, DAYS, size=len(area))
    ending = _endings(drawn, failed[occupation, area])
    closed = published + _days_open(drawn, ending=ending, state=state[occupation, area])
    answer, answered = _answers(drawn, world, ending=ending, closed=closed)
    is_open = closed >= DAYS
    told = (answer != NONE) & ~is_open
    again = told & (drawn.random(len(area)) < TWICE)
    this_half_year = closed >= 0
    columns = {
        "occupation": occupation,
        "area": area,
        "published": published,
        "closed": np.where(is_open, NONE, closed),
        "positions": drawn.geometric(POSITIONS, size=len(area)),
        "ending": np.where(is_open, NONE, ending),
        "answer": np.where(told, answer, NONE),
        "answered": np.where(told, answered, NONE),
        "again": np.where(again, answer, NONE),
    }
    return Vacancies(**{name: column[this_half_year] for name, column in columns.items()})


def _endings(drawn: np.random.Generator, failed: FloatArray) -> IntArray:
    """How each vacancy ends, given the share of attempts that fail where it is."""
    fails = drawn.random(failed.shape) < failed
    other = drawn.random(failed.shape) < OF_FAILED_OTHER_PROFILE
    ending = np.where(fails, np.where(other, Ending.OTHER_PROFILE, Ending.IN_VAIN), Ending.WANTED)
    return np.where(drawn.random(failed.shape) < WITHDRAWN, Ending.WITHDRAWN, ending)


def _days_open(drawn: np.random.Generator, *, ending: IntArray, state: IntArray) -> IntArray:
    mean = np.array([DAYS_TO_FILL[kind] for kind in State])[state]
    mean = np.where(ending == Ending.IN_VAIN, 2 * mean, mean)
    return 1 + drawn.exponential(mean).astype(np.int64)


def _answers(
    drawn: np.random.Generator, world: World, *, ending: IntArray, closed: IntArray
) -> tuple[IntArray, IntArray]:
    """What employers say, and on which day; NONE for those who say nothing."""
    speaks = drawn.random(ending.shape) < np.array([world.answers[kind] for kind in Ending])[ending]
    wrong = drawn.random(ending.shape) < WRONG
    says = np.where(wrong, (ending + drawn.integers(1, len(Ending), size=ending.shape)) % len(Ending), ending)
    denies = drawn.spawn(1)[0].random(ending.shape) < world.denied
    says = np.where(denies & np.isin(ending, (Ending.OTHER_PROFILE, Ending.IN_VAIN)), Ending.WANTED, says)
    late = drawn.random(ending.shape) < LATE
    day = closed + np.where(late, 1 + drawn.exponential(LATE_DAYS, size=ending.shape).astype(np.int64), 0)
    return np.where(speaks, says, NONE), np.where(speaks, day, NONE)
