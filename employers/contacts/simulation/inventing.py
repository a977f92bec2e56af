"""An invented quarter in one labour catchment: its companies, and all that jobcentres would do of themselves.

Nobody and nothing in it exists. The generator knows nothing of how jobcentres are coordinated and imports
nothing of it: what the advice prevents, it prevents among people who were not made for it.

Sources: Dansk Industri 2024 (seven companies of ten in contact with a jobcentre within a year, most of them
quarterly), KL 2020 (who began: jobcentre 51 %, company 31 %, candidate 13 %), Middelfart 2013 (four kinds of
companies), and figures of 2015 (work trials or wage subsidies with 29 % of companies, recruitment with 11 %).
What no source tells is the house's own guess, and named so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

FIRST_DAY = date(2026, 1, 5)
WORKING_DAYS = 65
"""Thirteen weeks from a Monday, holidays left out of account."""
OPENS_AT, MINUTES_OPEN = 8, 8 * 60

OWN, CALLED, ANSWER, PLACEMENT, STATUTORY = "own", "called", "answer", "placement", "statutory"
"""What begins a contact. CALLED: the company rang us; each such call is answered later."""
BEGAN = {OWN: 0.51, CALLED: 0.31, PLACEMENT: 0.13, STATUTORY: 0.05}
"""KL 2020; the rest, 5 %, is taken for what the law demands."""

PURPOSES = {
    "work_trial": 0.22,
    "wage_subsidy": 0.15,
    "recruitment": 0.14,
    "vacancy": 0.14,
    "inclusive": 0.10,
    "retention": 0.08,
    "upskilling": 0.07,
    "bottleneck": 0.05,
    "other": 0.05,
}
"""The first three in the proportion of 2015, 29 to 11; the rest guessed."""


@dataclass(frozen=True)
class Kind:
    """One of Middelfart's four kinds of companies. share: of all. contacts: expected in a quarter."""

    share: float
    contacts: float
    has_lead: bool = False


KINDS = (
    Kind(share=0.08, contacts=3.0, has_lead=True),
    Kind(share=0.22, contacts=1.1),
    Kind(share=0.40, contacts=0.5),
    Kind(share=0.30, contacts=0.1),
)
"""Formal cooperation, informal, now and then, little demand. Guess, such that seven of ten are in contact
within a year."""

FROM_A_NEED = 0.7
"""Guess: so much of what jobcentres begin themselves comes of a need that several can see, such as an
advertisement or news in the paper. The rest is routine."""
OTHERS_WHO_SEE = 1.3
"""Guess: so many more than one jobcentre see it, on average."""
DAYS_UNTIL_SEEN = 4.0
DAYS_AHEAD = 9
"""Guess: a contact is thought of at most so many working days before it is made."""
WRITTEN_DOWN, HELD = 0.6, 0.2
"""Guess: so many plans stand in the common calendar, and with so many the company is held as well."""
SEVERAL_WORKPLACES = 0.15
WITHOUT_WORKPLACE = 0.1
LOGGED_AT_ONCE = 0.9
"""Guess: the others log in the evening."""
WITH_CAP, WITH_TOPIC, WITH_PAUSE = 0.05, 0.06, 0.04
LONGEST_PATIENCE = 42


@dataclass(frozen=True)
class Town:
    """A municipality with a jobcentre. Degrees."""

    name: str
    population: int
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Company:
    """workplaces: the town of each. pause: its first day, and the first day after it."""

    workplaces: tuple[int, ...]
    lead: int | None = None
    most: int | None = None
    unwanted: tuple[str, ...] = ()
    pause: tuple[date, date] | None = None


@dataclass(frozen=True)
class Intention:
    """What a caseworker would do if nobody said anything.

    thought_at: when it came up. at: when the contact would be made. logged_after: so long afterwards others
    can see it. is_written: others see the plan. is_held: the company is held until then. patience: so long it
    can wait before it has lost its point. mood: 0 to 1; heeds the advice when below the compliance.
    """

    number: int
    jobcentre: int
    company: int
    workplace: int | None
    purpose: str
    began: str
    thought_at: datetime
    at: datetime
    logged_after: timedelta = timedelta(minutes=10)
    is_written: bool = False
    is_held: bool = False
    patience: timedelta = timedelta(days=14)
    mood: float = 0.5


@dataclass(frozen=True)
class World:
    """jobcentres: their names, by the number the others call them by."""

    jobcentres: tuple[str, ...]
    companies: tuple[Company, ...]
    intentions: tuple[Intention, ...]


def invent(towns: Sequence[Town], *, companies: int, seed: int) -> World:
    """A quarter in which the towns are one catchment. Raises ValueError without towns or companies."""
    if not towns or companies < 1:
        raise ValueError("a world needs a town and a company")
    rng = np.random.default_rng(seed)
    near = _nearness(towns)
    kinds = rng.choice(len(KINDS), size=companies, p=[kind.share for kind in KINDS])
    population = np.array([town.population for town in towns], dtype=np.float64)
    made = [_company(rng, KINDS[kind], population / population.sum()) for kind in kinds]
    wanted = [
        intention
        for number, (company, kind) in enumerate(zip(made, kinds, strict=True))
        for intention in _Inventor(rng, near, number, company).intentions(KINDS[kind])
    ]
    wanted.sort(key=lambda one: (one.thought_at, one.at, one.company, one.jobcentre))
    return World(
        jobcentres=tuple(town.name for town in towns),
        companies=tuple(made),
        intentions=tuple(replace(one, number=number) for number, one in enumerate(wanted)),
    )


def _nearness(towns: Sequence[Town]) -> FloatArray:
    """How likely a jobcentre (column) is to look at a company in a town (row); each row sums to 1."""
    latitude = np.radians([town.latitude for town in towns])
    longitude = np.radians([town.longitude for town in towns])
    east = (longitude[:, None] - longitude[None, :]) * np.cos(latitude.mean())
    kilometres = 6371 * np.hypot(latitude[:, None] - latitude[None, :], east)
    weight = np.sqrt([town.population for town in towns])[None, :] / (5 + kilometres) ** 2
    nearness: FloatArray = weight / weight.sum(axis=1, keepdims=True)
    return nearness


def _company(rng: np.random.Generator, kind: Kind, share: FloatArray) -> Company:
    """share: of the people in each town; workplaces lie where people live."""
    several = rng.random() < SEVERAL_WORKPLACES
    towns = [int(town) for town in rng.choice(len(share), size=1 + several * rng.geometric(0.4), p=share)]
    first = FIRST_DAY + timedelta(days=int(rng.integers(0, 91)))
    pause = first, first + timedelta(weeks=int(rng.integers(3, 9)))
    return Company(
        workplaces=tuple(towns),
        lead=towns[0] if kind.has_lead else None,
        most=int(rng.integers(2, 5)) if rng.random() < WITH_CAP else None,
        unwanted=(_purpose(rng),) if rng.random() < WITH_TOPIC else (),
        pause=pause if rng.random() < WITH_PAUSE else None,
    )


def _purpose(rng: np.random.Generator) -> str:
    return str(rng.choice(list(PURPOSES), p=list(PURPOSES.values())))


@dataclass(frozen=True)
class _Inventor:
    """Draws what jobcentres and one company would do."""

    rng: np.random.Generator
    near: FloatArray
    number: int
    company: Company

    def intentions(self, kind: Kind) -> Iterator[Intention]:
        own, rng = kind.contacts * BEGAN[OWN], self.rng
        for _ in range(rng.poisson(own * FROM_A_NEED / (1 + OTHERS_WHO_SEE))):
            yield from self._of_a_need()
        for _ in range(rng.poisson(own * (1 - FROM_A_NEED))):
            yield self._own(self._jobcentre(), self._workplace(), _purpose(rng), seen_on=self._day())
        for _ in range(rng.poisson(kind.contacts * BEGAN[CALLED])):
            yield from self._call()
        for began in (PLACEMENT, STATUTORY):
            for _ in range(rng.poisson(kind.contacts * BEGAN[began])):
                purpose = str(rng.choice(["work_trial", "wage_subsidy"]))
                yield self._at(self._jobcentre(), self._workplace(), purpose, began, self._day())

    def _of_a_need(self) -> Iterator[Intention]:
        """Everybody who sees it thinks of the same, each in their own time."""
        workplace, purpose, day = self._workplace(), _purpose(self.rng), self._day()
        near = self.near[self.company.workplaces[workplace or 0]]
        seeing = min(1 + self.rng.poisson(OTHERS_WHO_SEE), len(near))
        for jobcentre in self.rng.choice(len(near), size=seeing, replace=False, p=near):
            seen_on = day + int(self.rng.exponential(DAYS_UNTIL_SEEN))
            yield self._own(int(jobcentre), workplace, purpose, seen_on=seen_on)

    def _own(self, jobcentre: int, workplace: int | None, purpose: str, *, seen_on: int) -> Intention:
        rng = self.rng
        is_written = bool(rng.random() < WRITTEN_DOWN)
        return replace(
            self._at(jobcentre, workplace, purpose, OWN, seen_on + int(rng.integers(0, DAYS_AHEAD + 1))),
            thought_at=_moment(rng, seen_on, latest=60),
            is_written=is_written,
            is_held=is_written and bool(rng.random() < HELD / WRITTEN_DOWN),
            patience=timedelta(days=int(rng.integers(7, LONGEST_PATIENCE + 1))),
            mood=float(rng.random()),
        )

    def _call(self) -> Iterator[Intention]:
        """The company rings the one it knows, often its own; the answer comes within two working days."""
        jobcentre, workplace, purpose = self._jobcentre(), self._workplace(), _purpose(self.rng)
        called = self._at(jobcentre, workplace, purpose, CALLED, day := self._day())
        yield called
        answered = self._at(jobcentre, workplace, purpose, ANSWER, day + 1 + int(self.rng.integers(0, 2)))
        yield replace(answered, thought_at=called.at)

    def _at(self, jobcentre: int, workplace: int | None, purpose: str, began: str, day: int) -> Intention:
        at = _moment(self.rng, day, earliest=60)
        in_the_evening = self.rng.random() >= LOGGED_AT_ONCE
        return Intention(
            number=0,
            jobcentre=jobcentre,
            company=self.number,
            workplace=workplace,
            purpose=purpose,
            began=began,
            thought_at=at,
            at=at,
            logged_after=timedelta(hours=10) if in_the_evening else timedelta(minutes=10),
        )

    def _day(self) -> int:
        return int(self.rng.integers(0, WORKING_DAYS))

    def _workplace(self) -> int | None:
        """None: nobody wrote down which."""
        if self.rng.random() < WITHOUT_WORKPLACE:
            return None
        return int(self.rng.integers(0, len(self.company.workplaces)))

    def _jobcentre(self) -> int:
        return int(self.rng.choice(len(self.near), p=self.near[self.company.workplaces[0]]))


def _moment(rng: np.random.Generator, day: int, *, earliest: int = 0, latest: int = MINUTES_OPEN) -> datetime:
    """A minute of a working day; days after the quarter are counted on. Thoughts come in the first hour."""
    weeks, weekday = divmod(day, 5)
    midnight = datetime.combine(FIRST_DAY + timedelta(weeks=weeks, days=weekday), time(OPENS_AT), tzinfo=UTC)
    return midnight + timedelta(minutes=int(rng.integers(earliest, latest)))
