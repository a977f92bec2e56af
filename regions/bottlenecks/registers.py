"""A file of register figures, read: every occupation in every municipality it tells of, or why it cannot be
used.

    halvår;stilling;kommune;beskæftigede;ledige;ansættelser;kandidater
    2026H01;8344;0259;412;9;38;6
    2026H01;2221;0259;655;*;51;2

A figure that is withheld because it is small stands as *, and is not known; it is not none.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jobcenter.runtime.csvlines import Unreadable

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

_HALF_YEAR = re.compile(r"[12]\d{3}H0[12]")

Key = tuple[str, str, str]
"""Half-year, occupation and municipality, as codes."""

Persons = tuple[int | None, ...]
"""In the order of NUMBERS; None is withheld."""


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


def read(content: bytes, *, occupations: Collection[str], municipalities: Collection[str]) -> Reading:
    """Read a file whose first line names its columns, separated by semicolons or commas.

    occupations, municipalities: the codes there are. Raises Unreadable, with a sentence that says why, when
    the file is not UTF-8, lacks a column or has no line.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        said = _("The file is not UTF-8: byte %(byte)s cannot be read.") % {"byte": error.start + 1}
        raise Unreadable(said) from None
    first, _rest, _end = text.partition("\n")
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",")
    named = [COLUMNS.get(name.strip().lower(), name.strip().lower()) for name in rows.fieldnames or ()]
    rows.fieldnames = named
    for danish, english in COLUMNS.items():
        if english not in named:
            raise Unreadable(_("The column “%(column)s” is missing.") % {"column": danish})
    figures: dict[Key, Persons] = {}
    problems: list[Problem] = []
    for row in rows:
        try:
            key = _key(row, occupations=occupations, municipalities=municipalities)
            if key in figures:
                raise ValueError(_("The occupation and municipality stand in the file already."))
            figures[key] = tuple(_number(row, name) for name in NUMBERS)
        except ValueError as error:
            problems.append(Problem(rows.line_num, str(error)))
    if not figures and not problems:
        raise Unreadable(_("The file has no line of figures."))
    return Reading(figures, problems)


def _key(
    row: Mapping[str, str | None], *, occupations: Collection[str], municipalities: Collection[str]
) -> Key:
    period, occupation, municipality = (
        (row[name] or "").strip() for name in ("period", "occupation", "municipality")
    )
    if not _HALF_YEAR.fullmatch(period):
        raise ValueError(_("“%(text)s” is no half-year such as 2026H01.") % {"text": period})
    if occupation not in occupations:
        raise ValueError(_("“%(text)s” is no occupation of four digits.") % {"text": occupation})
    if municipality not in municipalities:
        raise ValueError(_("“%(text)s” is no municipality's code.") % {"text": municipality})
    return period, occupation, municipality


def _number(row: Mapping[str, str | None], name: str) -> int | None:
    text = (row[name] or "").strip()
    if text in WITHHELD:
        return None
    text = text.replace(".", "")
    if not (text.isascii() and text.isdigit()) or int(text) > MOST:
        raise ValueError(_("“%(text)s” is no number of persons.") % {"text": row[name]})
    return int(text)
