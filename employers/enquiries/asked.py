"""What an employer asks for, once everything in it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from employers.companies.countries import number_shown
from employers.companies.register import Registered, RegisteredWorkplace
from employers.enquiries.models import Details
from jobcenter.geography.models import Municipality


class Incomplete(Exception):
    """Something in a step of the draft is missing or no longer holds."""

    def __init__(self, step: str) -> None:
        super().__init__(step)
        self.step = step


@dataclass(frozen=True)
class Identity:
    """What a company is known by: a CVR number in Denmark, else its country and its number there."""

    country: str
    cvr: str | None = None
    foreign_number: str = ""


@dataclass(frozen=True)
class Place:
    """A workplace: one of the register's, or an address that was typed in (`registered` None)."""

    registered: RegisteredWorkplace | None
    address: str
    postcode: str
    municipality: Municipality


@dataclass(frozen=True)
class Contact:
    name: str
    email: str
    phone: str


@dataclass(frozen=True)
class Asked:
    """`vacancy`: the fields of a vacancy, where somebody is to be recruited; else None and a message.

    details: what else the kind asks, not saved yet. health_words: words in it that tell of somebody's health.
    others: the other workplaces it concerns.

    `registered`: what the register says; None where somebody typed the company's name by hand.
    """

    identity: Identity
    company: str
    registered: Registered | None
    place: Place
    contact: Contact
    vacancy: dict[str, Any] | None
    message: str
    details: Details | None = None
    health_words: tuple[str, ...] = ()
    others: tuple[RegisteredWorkplace, ...] = ()
    why_another: str = ""

    @property
    def told(self) -> list[tuple[str, str]]:
        """Name and answer of what else the kind asks, in words."""
        return self.details.told() if self.details else []

    @property
    def number(self) -> str:
        """“CVR 44 91 20 38”, or country and number."""
        return number_shown(
            cvr=self.identity.cvr, country=self.identity.country, number=self.identity.foreign_number
        )
