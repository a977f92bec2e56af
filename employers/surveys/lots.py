"""Which vacancies of a week are asked about, drawn by lot from a stored seed. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple


class Candidate(NamedTuple):
    """A vacancy that may be asked about, and its company, by their primary keys."""

    vacancy: int
    company: int


def lot(seed: str, vacancy: int) -> str:
    """The vacancy's lot under the seed, 64 hexadecimal digits: the lowest are drawn.

    It depends on nothing else, so that neither the order nor the others in the week can change it, and it is
    the same on every machine: SHA-256 is a standard, a language's own random numbers are not.
    """
    return sha256(f"{seed}:{vacancy}".encode()).hexdigest()


def wanted(number: int, *, percent: int, all_up_to: int) -> int:
    """How many of so many are asked: all of a few, else the share, rounded up, and never fewer than the few.

    percent: 1 to 100. Raises ValueError for numbers that cannot be.
    """
    if number < 0 or not 1 <= percent <= 100 or all_up_to < 0:
        raise ValueError(f"{percent} % of {number}, all up to {all_up_to}, cannot be drawn")
    if number <= all_up_to:
        return number
    return max(all_up_to, -(-number * percent // 100))


def draw(frame: Iterable[Candidate], *, seed: str, percent: int, all_up_to: int) -> list[int]:
    """The vacancies to ask about, lowest lot first: one of each company at most, and of those the share.

    A company's own vacancies draw among themselves first. Whoever adds a company to the frame can only push
    others out at the end of the list, never change their order.
    """
    lots = sorted((lot(seed, one.vacancy), one) for one in set(frame))
    first_of_company: dict[int, int] = {}
    for _lot, one in lots:
        first_of_company.setdefault(one.company, one.vacancy)
    return list(first_of_company.values())[
        : wanted(len(first_of_company), percent=percent, all_up_to=all_up_to)
    ]
