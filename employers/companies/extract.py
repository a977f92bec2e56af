"""The lines of an extract from the register: checked one by one, and refused one by one. Pure.

Two files, of companies and of their workplaces: UTF-8, comma-separated, with the columns' names in the first
line. Which columns there are stands in COMPANY_COLUMNS and WORKPLACE_COLUMNS; OPTIONAL may be left out.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from employers.companies.cvr import checked

COMPANY_COLUMNS = (
    *("cvr", "name", "address", "postcode", "industry", "employees"),
    *("is_active", "advertising_protected", "status", "ceased_on"),
)
WORKPLACE_COLUMNS = (
    *("p_number", "cvr", "name", "address", "postcode", "municipality", "employees"),
    *("opened_on", "closed_on"),
)
OPTIONAL = frozenset(("status", "ceased_on", "opened_on", "closed_on"))

LONGEST = {"name": 200, "address": 200, "employees": 20, "status": 60}
MOST_EMPLOYEES = 100_000

Row = Mapping[str, str]
Value = TypeVar("Value")


class Unreadable(ValueError):
    """A file as a whole cannot be read; the text is one sentence that says why."""


@dataclass(frozen=True)
class Refused:
    """Why a line cannot be used, and its number if it has one that can be read."""

    line: int
    key: str
    reason: str


@dataclass(frozen=True)
class Line(Generic[Value]):
    """What a line says, and which line of the file it is, counted from 1."""

    line: int
    value: Value


@dataclass(frozen=True)
class CompanyLine:
    """`industry`: a code of NACE 2.1, or "". `employees`: a band such as “50–99”, or ""."""

    cvr: str
    name: str
    address: str
    postcode: str
    industry: str
    employees: str
    is_active: bool
    status: str
    ceased_on: date | None
    advertising_protected: bool


@dataclass(frozen=True)
class WorkplaceLine:
    p_number: str
    cvr: str
    name: str
    address: str
    postcode: str
    municipality: str
    employees: int | None
    opened_on: date | None
    closed_on: date | None


def companies(content: bytes) -> Iterator[Line[CompanyLine] | Refused]:
    """Raises Unreadable."""
    return _each(content, _company, columns=COMPANY_COLUMNS, key=lambda line: line.cvr)


def workplaces(content: bytes) -> Iterator[Line[WorkplaceLine] | Refused]:
    """Raises Unreadable."""
    return _each(content, _workplace, columns=WORKPLACE_COLUMNS, key=lambda line: line.p_number)


def _each(
    content: bytes,
    parse: Callable[[Row], Value],
    *,
    columns: Sequence[str],
    key: Callable[[Value], Hashable],
) -> Iterator[Line[Value] | Refused]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(
            _("The file is not UTF-8: byte %(place)d cannot be read.") % {"place": error.start + 1}
        ) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        names = [name.strip() for name in next(reader, [])]
        missing = [column for column in columns if column not in names and column not in OPTIONAL]
        if missing:
            raise Unreadable(_("The column %(column)s is missing.") % {"column": missing[0]})
        without = dict.fromkeys(OPTIONAL, "")
        seen: dict[Hashable, int] = {}
        for cells in reader:
            row = {**without, **dict(zip(names, cells, strict=False))}
            try:
                if len(cells) != len(names):
                    raise ValueError(_("it has another number of fields than the first line"))
                value = parse(row)
                first = seen.setdefault(key(value), reader.line_num)
                if first != reader.line_num:
                    raise ValueError(_("it repeats line %(line)d") % {"line": first})
            except ValueError as error:
                yield Refused(reader.line_num, (cells[0] if cells else "")[:40], str(error))
            else:
                yield Line(reader.line_num, value)
    except csv.Error as error:
        raise Unreadable(
            _("Line %(line)d is not comma-separated text: %(error)s.")
            % {"line": reader.line_num, "error": error}
        ) from None


def _company(row: Row) -> CompanyLine:
    is_active, ceased_on = _yes(row, "is_active"), _day(row, "ceased_on")
    if ceased_on and is_active:
        raise ValueError(_("a company that has ceased is not active"))
    return CompanyLine(
        cvr=_cvr(row),
        name=_filled(row, "name"),
        address=_text(row, "address"),
        postcode=_digits(row, "postcode", 4) if row["postcode"].strip() else "",
        industry=row["industry"].strip(),
        employees=_text(row, "employees"),
        is_active=is_active,
        status=_text(row, "status"),
        ceased_on=ceased_on,
        advertising_protected=_yes(row, "advertising_protected"),
    )


def _workplace(row: Row) -> WorkplaceLine:
    """A P-number has ten digits and no check digit that can be relied on."""
    opened_on, closed_on = _day(row, "opened_on"), _day(row, "closed_on")
    if opened_on and closed_on and closed_on < opened_on:
        raise ValueError(_("a workplace must open before it closes"))
    return WorkplaceLine(
        p_number=_digits(row, "p_number", 10),
        cvr=_cvr(row),
        name=_filled(row, "name"),
        address=_filled(row, "address"),
        postcode=_digits(row, "postcode", 4),
        municipality=_digits(row, "municipality", 4),
        employees=_count(row, "employees"),
        opened_on=opened_on,
        closed_on=closed_on,
    )


def _cvr(row: Row) -> str:
    try:
        return checked(_filled(row, "cvr"))
    except ValidationError:
        raise ValueError(_("“%(text)s” is no CVR number") % {"text": row["cvr"]}) from None


def _text(row: Row, column: str) -> str:
    text = row[column].replace("\0", "").strip()
    if len(text) > LONGEST[column]:
        raise ValueError(
            _("%(column)s has more than %(most)d characters") % {"column": column, "most": LONGEST[column]}
        )
    return text


def _filled(row: Row, column: str) -> str:
    text = _text(row, column) if column in LONGEST else row[column].strip()
    if not text:
        raise ValueError(_("%(column)s is empty") % {"column": column})
    return text


def _digits(row: Row, column: str, count: int) -> str:
    text = _filled(row, column)
    if len(text) != count or not (text.isascii() and text.isdigit()):
        raise ValueError(
            _("%(column)s must have %(count)d digits, not “%(text)s”")
            % {"column": column, "count": count, "text": text}
        )
    return text


def _count(row: Row, column: str) -> int | None:
    text = row[column].strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and int(text) <= MOST_EMPLOYEES):
        raise ValueError(
            _("%(column)s must be a whole number, not “%(text)s”") % {"column": column, "text": text}
        )
    return int(text)


def _yes(row: Row, column: str) -> bool:
    text = _filled(row, column)
    if text not in ("yes", "no"):
        raise ValueError(_("%(column)s must be yes or no, not “%(text)s”") % {"column": column, "text": text})
    return text == "yes"


def _day(row: Row, column: str) -> date | None:
    text = row[column].strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError(
            _("%(column)s must be a date such as 2007-01-31, not “%(text)s”")
            % {"column": column, "text": text}
        ) from None
