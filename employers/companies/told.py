"""What the CVR register's distribution says in its messages, read into plain values. Pure.

The register tells everything with its period: names, addresses, industries and states, the former and the
present. What holds today is what has begun and not ended; of a company that has ceased, what held last.
Source: the message shape of the system-to-system access to CVR data (Erhvervsstyrelsen), types
Vrvirksomhed and VrproduktionsEnhed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Message = Mapping[str, Any]

NORMAL = "NORMAL"
MOST_BAND = 1000
"""From so many employees on, the register's last band is open."""


class Unexpected(ValueError):
    """The message does not have the shape that the register's has; says what is missing."""


@dataclass(frozen=True)
class ToldWorkplace:
    """A production unit as told. municipality: a code of four digits. employees: None where not told."""

    p_number: str
    name: str
    address: str
    postcode: str
    municipality: str
    employees: int | None
    opened_on: date | None
    closed_on: date | None


@dataclass(frozen=True)
class Told:
    """A company as told. industry: six digits of DB07 or DB25. employees: a band such as “50–99”.

    units: the P-numbers that belong to it today; empty where it has none.
    """

    cvr: str
    name: str
    address: str
    postcode: str
    industry: str
    employees: str
    status: str
    is_active: bool
    ceased_on: date | None
    advertising_protected: bool
    units: tuple[str, ...]


def sources(answer: Any, kind: str) -> list[Message]:
    """The entries of one kind in an answer of `_search`. Raises Unexpected."""
    try:
        hits = answer["hits"]["hits"]
        return [hit["_source"][kind] for hit in hits]
    except (KeyError, TypeError) as error:
        raise Unexpected(f"no {kind} in the answer: {error}") from None


def company(message: Message, *, on: date) -> Told:
    """A Vrvirksomhed. Raises Unexpected without a number or a name."""
    try:
        lives = message.get("livsforloeb") or []
        ended = _end(lives)
        status = _now(message.get("virksomhedsstatus") or [], on=on)
        address = _now(message.get("beliggenhedsadresse") or [], on=on)
        industry = _now(message.get("hovedbranche") or [], on=on)
        name = _now(message["navne"], on=on)
        if not name or not name["navn"]:
            raise Unexpected("the company has no name")
        return Told(
            cvr=f"{int(message['cvrNummer']):08}",
            name=" ".join(str(name["navn"]).split())[:200],
            address=_address(address),
            postcode=_postcode(address),
            industry=str(industry["branchekode"]) if industry else "",
            employees=_band(message),
            status=str(status["status"]) if status else "",
            is_active=ended is None,
            ceased_on=ended,
            advertising_protected=bool(message.get("reklamebeskyttet")),
            units=tuple(_p_number(unit) for unit in message.get("penheder") or [] if _holds(unit, on=on)),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise (
            error if isinstance(error, Unexpected) else Unexpected(f"a company of another shape: {error!r}")
        ) from None


def workplace(message: Message, *, on: date) -> ToldWorkplace:
    """A VrproduktionsEnhed. Raises Unexpected without a number, or an address in a Danish municipality."""
    try:
        address = _now(message.get("beliggenhedsadresse") or [], on=on)
        if not address or not address.get("kommune"):
            raise Unexpected("the workplace has no address in a municipality")
        name = _now(message.get("navne") or [], on=on)
        lives = message.get("livsforloeb") or []
        begins = [_day(life["periode"]["gyldigFra"]) for life in lives]
        return ToldWorkplace(
            p_number=_p_number(message),
            name=" ".join(str(name["navn"]).split())[:200] if name else "",
            address=_address(address),
            postcode=_postcode(address),
            municipality=f"{int(address['kommune']['kommuneKode']):04}",
            employees=_count(message),
            opened_on=min((day for day in begins if day), default=None),
            closed_on=_end(lives),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise (
            error if isinstance(error, Unexpected) else Unexpected(f"a workplace of another shape: {error!r}")
        ) from None


def _p_number(unit: Message) -> str:
    return f"{int(unit['pNummer']):010}"


def _now(entries: Sequence[Message], *, on: date) -> Message | None:
    """The entry that holds on the day, else the one that held last; None of none."""
    return max(entries, key=lambda entry: (_holds(entry, on=on), _begin(entry)), default=None)


def _holds(entry: Message, *, on: date) -> bool:
    begin, end = _begin(entry), _day((entry.get("periode") or {}).get("gyldigTil"))
    return begin <= on and (end is None or end >= on)


def _begin(entry: Message) -> date:
    return _day((entry.get("periode") or {}).get("gyldigFra")) or date.min


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _end(lives: Iterable[Message]) -> date | None:
    """The day on which the last of its lives ended; None while one goes on, or if nothing is told."""
    ends = [_day((life.get("periode") or {}).get("gyldigTil")) for life in lives]
    return None if not ends or None in ends else max(end for end in ends if end)


def _address(address: Message | None) -> str:
    """“c/o Hansen, Bremerholm 29B, 2. th”: the street, the house, the door; free text where that is all."""
    if not address:
        return ""
    if address.get("fritekst"):
        return " ".join(str(address["fritekst"]).split())[:200]
    house = f"{address.get('husnummerFra') or ''}{address.get('bogstavFra') or ''}"
    if until := f"{address.get('husnummerTil') or ''}{address.get('bogstavTil') or ''}":
        house = f"{house}-{until}"
    floor = f"{address['etage']}." if address.get("etage") else ""
    door = " ".join(part for part in (floor, address.get("sidedoer")) if part)
    street = " ".join(part for part in (address.get("vejnavn"), house) if part)
    care_of = f"c/o {address['conavn']}" if address.get("conavn") else ""
    return ", ".join(part for part in (care_of, street, door) if part)[:200]


def _postcode(address: Message | None) -> str:
    number = address.get("postnummer") if address else None
    return f"{int(number):04}" if number else ""


def _newest(message: Message) -> Message | None:
    """What is told last about its staff: by the month, else by the quarter, else by the year."""
    for kind in (
        "erstMaanedsbeskaeftigelse",
        "maanedsbeskaeftigelse",
        "kvartalsbeskaeftigelse",
        "aarsbeskaeftigelse",
    ):
        told: list[Message] = message.get(kind) or []
        newest = max(
            told,
            key=lambda one: (one.get("aar") or 0, one.get("maaned") or 0, one.get("kvartal") or 0),
            default=None,
        )
        if newest:
            return newest
    return None


def _band(message: Message) -> str:
    """“50–99” of the code ANTAL_50_99; "" where nothing is told."""
    newest = _newest(message)
    parts = str((newest or {}).get("intervalKodeAntalAnsatte") or "").removeprefix("ANTAL_").split("_")
    if len(parts) != 2 or not parts[0].isdigit():
        return ""
    low, high = parts
    if int(low) >= MOST_BAND or not high:
        return f"{low}+"
    return low if low == high else f"{low}–{high}"


def _count(message: Message) -> int | None:
    """How many work there: told as such, or the lowest of the band."""
    newest = _newest(message) or {}
    if newest.get("antalAnsatte") is not None:
        return int(newest["antalAnsatte"])
    low = str(newest.get("intervalKodeAntalAnsatte") or "").removeprefix("ANTAL_").split("_")[0]
    return int(low) if low.isdigit() else None
