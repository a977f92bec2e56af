"""Which jobcentre leads a company in a labour catchment (tovholder), when nothing is agreed and when it is.

Pure: facts in, the jobcentre and what decided it out. A company deals with one jobcentre in a catchment, the
one it has agreed on; else the one that answers for all its workplaces there; else, of those it knows, the one
with most contacts in the last twelve months. Where that is a tie, the head office decides, then where most
people work, and at last the lowest code, so that everybody finds the same one.

Jobcentres are known by their codes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Decided(StrEnum):
    """What the choice fell on, in the order it is looked at."""

    AGREED = "agreed"
    WORKPLACES = "workplaces"
    CONTACTS = "contacts"
    HEAD_OFFICE = "head_office"
    EMPLOYEES = "employees"
    CODE = "code"


@dataclass(frozen=True)
class Site:
    """An open workplace in the catchment. jobcentre: the one that answers for its municipality."""

    jobcentre: str
    employees: int = 0
    is_head_office: bool = False


@dataclass(frozen=True)
class Agreed:
    """That the company has agreed to deal with somebody in a jobcentre."""

    jobcentre: str
    since: date
    order: int = 0


@dataclass(frozen=True)
class Facts:
    """What is known of one company in one catchment. contacts: in the last twelve months, by jobcentre."""

    sites: Sequence[Site] = ()
    contacts: Mapping[str, int] = field(default_factory=dict)
    agreed: Sequence[Agreed] = ()


@dataclass(frozen=True)
class Leading:
    """The jobcentre that leads, what decided it, and the numbers behind.

    sites and employees: of the whole company in the catchment; contacts and its_employees: the leading
    jobcentre's. next_most and next_jobcentre: the contacts of the one that comes after it. tied: how many had
    as many contacts as the leading one, itself included.
    """

    jobcentre: str
    decided: Decided
    sites: int = 0
    contacts: int = 0
    next_jobcentre: str = ""
    next_most: int = 0
    tied: int = 1
    employees: int = 0
    its_employees: int = 0


def lead(facts: Facts) -> Leading | None:
    """Choose; None where nobody answers for a workplace and nobody has been in contact.

    Of several agreements the oldest counts. A jobcentre without a workplace of the company may lead one that
    is spread over several others: it is the one the company knows.
    """
    if facts.agreed:
        oldest = min(facts.agreed, key=lambda one: (one.since, one.order))
        return _leading(facts, oldest.jobcentre, Decided.AGREED)
    homes = {site.jobcentre for site in facts.sites}
    if len(homes) == 1:
        return _leading(facts, homes.pop(), Decided.WORKPLACES)
    left = sorted(homes | {code for code, number in facts.contacts.items() if number})
    for decided, points in _tests(facts):
        most = max((points(code) for code in left), default=0)
        left = [code for code in left if points(code) == most]
        if len(left) == 1:
            return _leading(facts, left[0], decided)
    return _leading(facts, left[0], Decided.CODE) if left else None


def _tests(facts: Facts) -> list[tuple[Decided, Callable[[str], int]]]:
    head_offices = {site.jobcentre for site in facts.sites if site.is_head_office}
    return [
        (Decided.CONTACTS, lambda code: facts.contacts.get(code, 0)),
        (Decided.HEAD_OFFICE, lambda code: int(code in head_offices)),
        (Decided.EMPLOYEES, lambda code: _employees(facts, code)),
    ]


def _employees(facts: Facts, code: str) -> int:
    return sum(site.employees for site in facts.sites if site.jobcentre == code)


def _leading(facts: Facts, code: str, decided: Decided) -> Leading:
    own = facts.contacts.get(code, 0)
    others = {other: number for other, number in facts.contacts.items() if other != code and number}
    following = min(others, key=lambda other: (-others[other], other), default="")
    return Leading(
        jobcentre=code,
        decided=decided,
        sites=len(facts.sites),
        contacts=own,
        next_jobcentre=following,
        next_most=others.get(following, 0),
        tied=1 + sum(number == own for number in others.values()),
        employees=sum(site.employees for site in facts.sites),
        its_employees=_employees(facts, code),
    )
