"""What an employer asks for, once everything in it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from employers.companies.register import Registered, RegisteredWorkplace
from jobcenter.geography.models import Municipality


class Incomplete(Exception):
    """Something in a step of the draft is missing or no longer holds."""

    def __init__(self, step: str) -> None:
        super().__init__(step)
        self.step = step


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

    `registered`: what the register says; None where somebody typed the company's name by hand.
    """

    cvr: str
    company: str
    registered: Registered | None
    place: Place
    contact: Contact
    vacancy: dict[str, Any] | None
    message: str
