"""A company as a register gives it, whichever register it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from employers.companies.cvr import p_number_shown, shown
from jobcenter.classifications.models import Industry
from jobcenter.geography.models import Municipality


class RegisterAway(Exception):
    """The register does not answer, and nothing is kept: people write what it would have told."""


@dataclass(frozen=True)
class RegisteredWorkplace:
    """A production unit. `name` is "" where it is the company's own.

    `town` is the postcode's name; "" for a postcode nobody knows.
    """

    p_number: str
    name: str
    address: str
    postcode: str
    town: str
    municipality: Municipality
    employees: int | None
    opened_on: date | None = None
    closed_on: date | None = None

    @property
    def whole_address(self) -> str:
        """“Lageret, Industriholmen 14, 4652 Hårlev”; without the name where it is the company's own."""
        place = f"{self.postcode} {self.town}".strip()
        return ", ".join(part for part in (self.name, self.address, place) if part)

    @property
    def p_number_shown(self) -> str:
        return p_number_shown(self.p_number)


@dataclass(frozen=True)
class Registered:
    """A company. `employees` is a band such as “50–99”. Its open workplaces come with the largest first.

    is_active: False once it has ceased. advertising_protected: what the register says of it may not be
    used to approach it, unless it has agreed or a law allows it (the CVR Act, §§ 19 and 22).
    told_at: when the register last told something of it.
    """

    cvr: str
    name: str
    address: str
    postcode: str
    town: str
    industry: Industry | None
    employees: str
    is_active: bool
    advertising_protected: bool
    workplaces: Sequence[RegisteredWorkplace]
    status: str = ""
    ceased_on: date | None = None
    told_at: datetime | None = None

    @property
    def cvr_shown(self) -> str:
        return shown(self.cvr)

    @property
    def place(self) -> str:
        return f"{self.postcode} {self.town}".strip()
