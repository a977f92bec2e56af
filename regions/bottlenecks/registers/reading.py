"""A file of register figures, read: every occupation in every municipality it tells of, or why it cannot be
used. Pure.

    halvår;stilling;kommune;beskæftigede;ledige;ansættelser;kandidater
    2026H01;8344;0259;412;9;38;6
    2026H01;2221;0259;655;*;51;2

A figure that is withheld because it is small stands as *, and is not known; it is not none.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jobcenter.runtime.csvlines import Unreadable
from regions.feeds.table import Table, table_of
from regions.measures.periods import Frequency, NotAPeriod, Period, parse

COLUMNS = {
    "halvår": "period",
    "stilling": "occupation",
    "kommune": "municipality",
    "beskæftigede": "employed",
    "ledige": "unemployed",
    "ansættelser": "hires",
    "kandidater": "candidates",
}
"""Danish name of a column → English name; a file may use either."""

NUMBERS = ("employed", "unemployed", "hires", "candidates")
WITHHELD = {"*", "", "-", ".."}
"""How a number that is not told may stand."""

MOST = 10_000_000
"""More persons than that are a mistake."""

Key = tuple[str, str, str]
"""Half-year, occupation and municipality, as codes."""

Persons = tuple[int | None, ...]
"""In the order of NUMBERS; None is withheld."""


@dataclass(frozen=True)
class Known:
    """Codes of the occupations and municipalities there are, and the half-years that can be told of.

    first: None where any can. latest: the last that is over.
    """

    occupations: Collection[str]
    municipalities: Collection[str]
    first: Period | None
    latest: Period


@dataclass(frozen=True)
class Problem:
    """What is wrong with a line, counted from 1 as an editor counts."""

    line: int
    text: str


@dataclass(frozen=True)
class Reading:
    """The figures of a file, of no use while there is a problem."""

    figures: Mapping[Key, Persons]
    problems: Sequence[Problem] = ()


def read(content: bytes, *, known: Known) -> Reading:
    """Read a file, CSV or XLSX, whose first line names its columns; what stands in others is left alone.

    Raises Unreadable, with a sentence that says why, when it is no table, lacks a column or has no line.
    """
    table = table_of(content)
    names = _columns(table)
    figures: dict[Key, Persons] = {}
    problems: list[Problem] = []
    lines: dict[Key, int] = {}
    for line, cells in table.lines:
        row = {name: cell.strip() for name, cell in zip(names, cells, strict=True)}
        try:
            key = _key(row, known)
            if key in figures:
                raise ValueError(
                    _("The same half-year, occupation and municipality stand on line %(line)s already.")
                    % {"line": lines[key]}
                )
            figures[key], lines[key] = tuple(_number(row[name]) for name in NUMBERS), line
        except ValueError as error:
            problems.append(Problem(line, str(error)))
    if not figures and not problems:
        raise Unreadable(_("The file has no line of figures."))
    return Reading(figures, problems)


def _columns(table: Table) -> list[str]:
    names = [COLUMNS.get(heading.casefold(), heading.casefold()) for heading in table.headings]
    for danish, english in COLUMNS.items():
        if names.count(english) != 1:
            raise Unreadable(_("The column “%(name)s” must be there once.") % {"name": danish})
    return names


def _key(row: Mapping[str, str], known: Known) -> Key:
    period, occupation, municipality = row["period"].upper(), row["occupation"], row["municipality"].zfill(4)
    _half_year(period, known)
    if occupation not in known.occupations:
        raise ValueError(_("“%(text)s” is no occupation of four digits.") % {"text": occupation})
    if municipality not in known.municipalities:
        raise ValueError(_("“%(text)s” is no municipality's code.") % {"text": row["municipality"]})
    return period, occupation, municipality


def _half_year(code: str, known: Known) -> None:
    """Raises ValueError with the reason when figures of it cannot be used."""
    try:
        period = parse(code)
    except NotAPeriod:
        period = None
    if period is None or period.frequency != Frequency.HALF_YEAR:
        raise ValueError(_("“%(text)s” is no half-year such as 2026H01.") % {"text": code})
    if period.last > known.latest.last:
        raise ValueError(
            _("%(text)s is not over yet: register figures are those of the half-year's last day.")
            % {"text": code}
        )
    if known.first and period.last < known.first.last:
        raise ValueError(
            _("%(text)s is too old: no bottlenecks are assessed before %(first)s.")
            % {"text": code, "first": known.first.code}
        )


def _number(text: str) -> int | None:
    if text in WITHHELD:
        return None
    digits = text.replace(".", "")
    if not (digits.isascii() and digits.isdigit()) or int(digits) > MOST:
        raise ValueError(_("“%(text)s” is no number of persons.") % {"text": text})
    return int(digits)
