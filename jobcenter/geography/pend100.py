"""Statistics Denmark's table PEND100 as its StatBank exports it: text in, figures out. Pure.

The employed (end of November) by municipality of residence, area of workplace, sex and time. An export has
one line for each combination, with codes, with names or with both. The areas include regions and provinces,
which are sums of municipalities, and "abroad". There are men and women, and perhaps a total.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from jobcenter.runtime.csvlines import Refusal, Unreadable

RESIDENCE = {
    *("bopkom", "bopælskommune", "bopælsområde", "bopæl", "bopomr", "område"),
    *("municipality of residence", "area of residence", "residence", "region of residence"),
}
WORKPLACE = {
    *("arbejdssted", "arbkom", "arbsted", "arbejdsstedskommune", "arbejdsstedsområde"),
    *("municipality of workplace", "area of workplace", "workplace", "region of workplace", "place of work"),
}
TIME = {"tid", "time", "år", "year"}
VALUE = {"indhold", "value", "content", "antal", "contents"}

TOTAL = {"tot", "i alt", "ialt", "total", "all"}
"""What stands for all the values of a division such as sex."""

NO_FIGURE = {"..", "…", "."}
NOBODY = {"-", "–"}

ABROAD = "950"
BEYOND = {ABROAD, "411", "0411"}
BEYOND_NAMES = {"uden for danmark", "abroad", "outside denmark", "christiansø"}
SUMS = ("hele landet", "all denmark", "region ", "landsdel ", "province ", "i alt", "total")

ELSEWHERE = ""
"""Of a workplace outside all municipalities: abroad, or on Christiansø, which is in none."""

Pair = tuple[str, str]


@dataclass
class Export:
    """What an export says, and what became of each of its lines.

    employed: by year, then by residence and workplace (codes of four digits, or ELSEWHERE).
    counted, totals, sums, beyond, missing: numbers of lines.
    """

    employed: dict[int, dict[Pair, int]] = field(default_factory=dict)
    counted: int = 0
    totals: int = 0
    sums: int = 0
    beyond: int = 0
    missing: int = 0
    refusals: list[Refusal] = field(default_factory=list)

    @property
    def fates(self) -> list[str]:
        """In sentences: what became of the lines that were not refused."""
        told = (
            (self.counted, "counted"),
            (self.sums, "sums of municipalities, left out"),
            (self.totals, "totals of other lines, left out"),
            (self.beyond, "of residents outside all municipalities, left out"),
            (self.missing, "without a figure, taken for nobody"),
        )
        return [f"{number} {fate}" for number, fate in told if number]


@dataclass(frozen=True)
class _Line:
    number: int
    residence: str
    workplace: str
    year: int
    division: tuple[str, ...]
    employed: int | None


def read(content: bytes, *, names: Mapping[str, str], year: int | None = None) -> Export:
    """Read an export. names: the codes of the municipalities (four digits) by name, in small letters.

    year: of a file without a column of time. Raises Unreadable where the file as a whole cannot be one.
    """
    header, rows = _rows(content)
    columns = _Columns.of(header)
    if columns.time is None and year is None:
        raise Unreadable("There is no column of time (TID): say which year the figures are of.")
    export = Export()
    lines: list[_Line] = []
    seen: dict[tuple[str, str, int, tuple[str, ...]], int] = {}
    for number, row in rows:
        try:
            if len(row) != len(header):
                raise ValueError(f"it has {len(row)} fields, and the first line {len(header)}")
            line = _line(number, row, columns=columns, names=names, year=year, export=export)
            if line is None:
                continue
            workplace = line.workplace or row[columns.workplace].strip()
            first = seen.setdefault((line.residence, workplace, line.year, line.division), number)
            if first != number:
                raise ValueError(f"it repeats line {first}")
        except ValueError as error:
            export.refusals.append(Refusal(number, str(error)))
        else:
            lines.append(line)
    _count(lines, into=export)
    return export


@dataclass(frozen=True)
class _Columns:
    """Where in a line things stand. divisions: sex, age and whatever else the employed are divided by."""

    residence: int
    workplace: int
    time: int | None
    value: int
    divisions: tuple[int, ...]

    @classmethod
    def of(cls, header: Sequence[str]) -> _Columns:
        called = [name.strip().casefold() for name in header]

        def where(names: set[str]) -> int | None:
            return next((column for column, name in enumerate(called) if name in names), None)

        def needed(names: set[str], *, told: str) -> int:
            column = where(names)
            if column is None:
                raise Unreadable(f"There is no column of {told}. Is this an export of PEND100?")
            return column

        residence = needed(RESIDENCE, told="residence (BOPKOM)")
        workplace = needed(WORKPLACE, told="workplace (ARBEJDSSTED)")
        value = needed(VALUE, told="figures (INDHOLD)")
        time = where(TIME)
        named = {residence, workplace, value, time}
        return cls(
            residence=residence,
            workplace=workplace,
            time=time,
            value=value,
            divisions=tuple(column for column in range(len(header)) if column not in named),
        )


def _rows(content: bytes) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The first line's fields, and the other lines with their numbers; blank lines are passed over."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    head = text.partition("\n")[0]
    separator = max(";\t,", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)

    def lines() -> Iterator[tuple[int, list[str]]]:
        try:
            for row in reader:
                if any(value.strip() for value in row):
                    yield reader.line_num, row
        except csv.Error as error:
            raise Unreadable(f"Line {reader.line_num} cannot be read: {error}.") from None

    found = lines()
    first = next(found, None)
    if first is None:
        raise Unreadable("The file is empty.")
    return first[1], found


def _line(
    number: int,
    row: Sequence[str],
    *,
    columns: _Columns,
    names: Mapping[str, str],
    year: int | None,
    export: Export,
) -> _Line | None:
    """The line, or None where it is of no municipality; raises ValueError with the reason to refuse it."""
    residence, workplace = row[columns.residence].strip(), row[columns.workplace].strip()
    if _is_sum(residence) or _is_sum(workplace):
        export.sums += 1
        return None
    if _is_beyond(residence):
        export.beyond += 1
        return None
    return _Line(
        number=number,
        residence=_municipality(residence, names=names),
        workplace=ELSEWHERE if _is_beyond(workplace) else _municipality(workplace, names=names),
        year=_year(row[columns.time]) if columns.time is not None else year or 0,
        division=tuple(row[column].strip().casefold() for column in columns.divisions),
        employed=_employed(row[columns.value].strip()),
    )


def _split(text: str) -> tuple[str, str]:
    """Code and name of "101", "København" and "101 København"."""
    found = re.fullmatch(r"(\d+)\s*(.*)", text)
    return (found[1], found[2].strip()) if found else ("", text)


def _is_sum(text: str) -> bool:
    """The country (000), a region (081–085) or a province (01–11), by code or by name."""
    code, name = _split(text)
    if code:
        return len(code) <= 2 or (len(code) == 3 and code.startswith("0"))
    return name.casefold().startswith(SUMS)


def _is_beyond(text: str) -> bool:
    code, name = _split(text)
    return code in BEYOND or (not code and name.casefold() in BEYOND_NAMES)


def _municipality(text: str, *, names: Mapping[str, str]) -> str:
    """The code of four digits. Raises ValueError for a municipality that is not."""
    code, name = _split(text)
    found = code.zfill(4) if code else names.get(name.casefold(), "")
    if found not in set(names.values()):
        raise ValueError(f"there is no municipality “{text}”")
    return found


def _year(text: str) -> int:
    if not re.fullmatch(r"\d{4}", text.strip()):
        raise ValueError(f"the year must have four digits, not “{text.strip()}”")
    return int(text)


def _employed(text: str) -> int | None:
    """Persons; None where the table has no figure. Raises ValueError for anything but a whole number."""
    if text in NO_FIGURE:
        return None
    if text in NOBODY:
        return 0
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"the number of employed must be a whole number, not “{text}”")
    return int(text)


def _count(lines: Sequence[_Line], *, into: Export) -> None:
    """Add the parts up; a total is used only where a division has no parts anywhere in the file."""
    divisions = zip(*(line.division for line in lines), strict=True)
    parts = [any(value not in TOTAL for value in values) for values in divisions]
    employed: defaultdict[int, Counter[Pair]] = defaultdict(Counter)
    for line in lines:
        if any(value in TOTAL and has_parts for value, has_parts in zip(line.division, parts, strict=True)):
            into.totals += 1
        elif line.employed is None:
            into.missing += 1
        else:
            into.counted += 1
            employed[line.year][line.residence, line.workplace] += line.employed
    into.employed = {year: dict(pairs) for year, pairs in employed.items()}
