"""What the central business register says about a CVR number or a name: one small interface, two registers.

The default is the local copy, filled from extracts. With REGISTER_URL set it is the register itself, over
the network, whose answers are kept in the same copy. Either way an employer sees what anyone may read in
the register, and nothing that we know ourselves: no contact persons, no earlier enquiries.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from django.conf import settings

from employers.companies.copied import Copy
from employers.companies.distribution import Distribution
from employers.companies.registered import RegisterAway, Registered, RegisteredWorkplace

__all__ = ["Register", "RegisterAway", "Registered", "RegisteredWorkplace", "lookup", "named"]


class Register(Protocol):
    """Where companies are looked up."""

    def company(self, cvr: str) -> Registered | None:
        """The company with the number, eight digits, or None. Raises RegisterAway."""

    def named(self, typed: str, *, most: int) -> Sequence[Registered]:
        """Companies whose name fits what was typed, best first, without their workplaces."""


def lookup(cvr: str) -> Registered | None:
    """The company with the number, eight digits, or None. Raises RegisterAway."""
    return _chosen().company(cvr)


def named(typed: str, *, most: int) -> Sequence[Registered]:
    """Companies whose name fits what was typed, best first, without their workplaces."""
    return _chosen().named(typed, most=most)


def _chosen() -> Register:
    return _register(settings.REGISTER_URL, settings.REGISTER_USER, settings.REGISTER_PASSWORD)


@lru_cache(maxsize=4)
def _register(url: str, user: str, password: str) -> Register:
    """One for a process, so that connections are kept and a register that is away is left alone."""
    return Distribution(url=url, user=user, password=password) if url else Copy()
