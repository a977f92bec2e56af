"""A CSV file into checked values: what can be used, and what was refused, line by line. Pure."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

Value = TypeVar("Value")
Other = TypeVar("Other")


NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
"""As programs write it. What Python also takes for one, 1_0, is a slip in a file."""


class Unreadable(ValueError):
    """The file as a whole cannot be read; the text is one sentence that says why."""


@dataclass(frozen=True)
class Refusal:
    """A line that was not used, counted from 1 as an editor counts, and the reason."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


@dataclass(frozen=True)
class Line(Generic[Value]):
    """What a line says, and which line it was."""

    number: int
    value: Value


@dataclass(frozen=True)
class Reading(Generic[Value]):
    """The lines that can be used, and those that cannot."""

    lines: list[Line[Value]] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    def then(self, make: Callable[[Value], Other]) -> Reading[Other]:
        """What `make` makes of each value; where it raises ValueError, the line is refused."""
        made: Reading[Other] = Reading(refusals=list(self.refusals))
        for line in self.lines:
            try:
                made.lines.append(Line(line.number, make(line.value)))
            except ValueError as error:
                made.refusals.append(Refusal(line.number, str(error)))
        return made


def read(
    content: bytes,
    parse: Callable[[Mapping[str, str]], Value],
    *,
    columns: Collection[str],
    key: Callable[[Value], Hashable],
) -> Reading[Value]:
    """Parse every line of a comma-separated UTF-8 file whose first line names its columns.

    parse: makes a value of one line's texts by column; raises ValueError with the reason to refuse it.
    key: what may occur once only; the second line with the same key is refused.
    Raises Unreadable when the file is not UTF-8 or not CSV, or when a column is missing or there twice.
    Spaces around a column's name are none of it.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(f"The file is not UTF-8: byte {error.start + 1} cannot be read.") from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise Unreadable(f"Line {line} holds a character that is none (NUL): the file is damaged.")
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        return _read(rows, parse, columns=columns, key=key)
    except csv.Error as error:
        raise Unreadable(f"Line {rows.reader.line_num} is not comma-separated text: {error}.") from None


def _read(
    rows: csv.DictReader[str],
    parse: Callable[[Mapping[str, str]], Value],
    *,
    columns: Collection[str],
    key: Callable[[Value], Hashable],
) -> Reading[Value]:
    rows.fieldnames = names = [name.strip() for name in rows.fieldnames or ()]
    missing = [column for column in columns if column not in names]
    for separator, called in ((";", "semicolons"), ("\t", "tabs")):
        if missing and len(names) == 1 and separator in names[0]:
            raise Unreadable(f"The columns are separated by {called}, and commas are needed.")
    if missing:
        raise Unreadable(f"The column {missing[0]} is missing.")
    if twice := [name for name in names if names.count(name) > 1]:
        raise Unreadable(f"The column {twice[0]} is there more than once.")
    reading: Reading[Value] = Reading()
    seen: dict[Hashable, int] = {}
    for row in rows:
        number = rows.line_num
        try:
            if None in row or None in row.values():
                raise ValueError("it has another number of fields than the first line")
            value = parse(row)
            first = seen.setdefault(key(value), number)
            if first != number:
                raise ValueError(f"it repeats line {first}")
        except ValueError as error:
            reading.refusals.append(Refusal(number, str(error)))
        else:
            reading.lines.append(Line(number, value))
    return reading


def filled(row: Mapping[str, str], column: str) -> str:
    """The text in a column, without spaces at its ends. Raises ValueError when there is none."""
    text = row[column].strip()
    if not text:
        raise ValueError(f"{column} is empty")
    return text


def digits(row: Mapping[str, str], column: str, *, count: int) -> str:
    """A code of so many digits, kept as text since it may begin with 0."""
    text = filled(row, column)
    if len(text) != count or not (text.isascii() and text.isdigit()):
        raise ValueError(f"{column} must have {count} digits, not “{text}”")
    return text


def number(row: Mapping[str, str], column: str, *, lowest: float, highest: float) -> float:
    """A number with a decimal point, between two limits."""
    text = filled(row, column)
    if not NUMBER.fullmatch(text):
        raise ValueError(f"{column} must be a number with a decimal point, not “{text}”")
    found = float(text)
    if not lowest <= found <= highest:
        raise ValueError(f"{column} must lie between {lowest:g} and {highest:g}, not {text}")
    return found


def whole_number(row: Mapping[str, str], column: str, *, lowest: int, highest: int) -> int:
    text = filled(row, column)
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"{column} must be a whole number, not “{text}”")
    return int(number(row, column, lowest=lowest, highest=highest))


@dataclass(frozen=True)
class Period:
    """From a day, and until the first day it is no longer true; None: still true."""

    valid_from: date
    valid_to: date | None


def period(row: Mapping[str, str]) -> Period:
    """The columns valid_from and valid_to, as year-month-day; the last may be empty."""
    start = _day(row, "valid_from")
    end = _day(row, "valid_to") if row["valid_to"].strip() else None
    if end and end <= start:
        raise ValueError(f"valid_to must be after valid_from, not {end}")
    return Period(start, end)


def _day(row: Mapping[str, str], column: str) -> date:
    text = filled(row, column)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{column} must be a date such as 2007-01-01, not “{text}”") from None
