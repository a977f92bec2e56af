"""A file of measurements, read: every figure it holds, or every reason why it cannot be used. Pure.

The file has one line for each figure:

    måling;målgruppe;jobcenter;periode;tæller;nævner
    job_after_6_months;ready_for_work;0259;2026QMAT03;547;1346

Numbers are written as Danes write them (1.346 and 26,3). A missing figure is empty, "-", ".." or ".".
Which measures, groups and places there are is told by the caller (`Known`).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from jobcenter.runtime.csvlines import Unreadable
from regions.feeds.figures import Figure, Key
from regions.measures.periods import NotAPeriod, Period, parse

COLUMNS = {
    "måling": "measure",
    "målgruppe": "group",
    "kommune": "municipality",
    "jobcenter": "jobcentre",
    "periode": "period",
    "tæller": "numerator",
    "nævner": "denominator",
    "værdi": "value",
}
"""Danish name of a column → English name; a file may use either."""

DANISH = {english: danish for danish, english in COLUMNS.items()}
MISSING = frozenset({"", "-", "..", "."})
ROUNDING = 0.051
"""A per cent that is published with one decimal lies no further from its counts than this."""

_NUMBER = re.compile(r"(?P<sign>[-−])?(?P<whole>\d+|\d{1,3}(?:\.\d{3})+)(?:,(?P<decimals>\d+))?")


@dataclass(frozen=True)
class KnownMeasure:
    is_per_cent: bool
    needs_group: bool


@dataclass(frozen=True)
class Known:
    """What a figure can be about. `own_…`: the places this deliverer may tell about."""

    measures: Mapping[str, KnownMeasure]
    groups: frozenset[str]
    municipalities: frozenset[str]
    jobcentres: frozenset[str]
    own_municipalities: frozenset[str]
    own_jobcentres: frozenset[str]
    today: date


@dataclass(frozen=True)
class Problem:
    """What is wrong with a line, counted from 1 as an editor counts."""

    line: int
    text: str


@dataclass(frozen=True)
class Reading:
    """The figures of a file, of no use while there is a problem. missing: lines without a figure."""

    figures: Sequence[Figure] = ()
    missing: int = 0
    problems: Sequence[Problem] = ()


def read(content: bytes, *, known: Known) -> Reading:
    """Read a whole file. Raises Unreadable, with one sentence, when it cannot be read as a table at all."""
    figures: list[Figure] = []
    problems: list[Problem] = []
    missing = 0
    first_line_of: dict[Key, int] = {}
    for line, row in _rows(_decoded(content)):
        try:
            figure = _figure(row, line=line, known=known)
            if figure is None:
                missing += 1
                continue
            first = first_line_of.setdefault(figure.key, line)
            if first != line:
                raise _Wrong(_("it gives the same figure as line %(line)s") % {"line": first})
            figures.append(figure)
        except _Wrong as wrong:
            problems.append(Problem(line, str(wrong)))
    if not figures and not problems:
        raise Unreadable(_("There is no figure in the file."))
    return Reading(figures=figures, missing=missing, problems=problems)


class _Wrong(ValueError):
    """Why a line cannot be used."""


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            _(
                "The file is not saved as UTF-8: line %(line)s has a character that cannot be read. "
                "Save it again as “CSV UTF-8”."
            )
            % {"line": line}
        ) from None
    if "\0" in text:
        raise Unreadable(_("The file is not a text file. Save it as “CSV UTF-8”."))
    return text


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line that is not empty, by the English names of its columns, with its number."""
    header = text.split("\n", 1)[0].rstrip("\r")
    separator, columns = _columns(header)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    try:
        for cells in reader:
            line, begins = begins, reader.line_num + 1
            if line == 1 or not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(columns):
                raise Unreadable(
                    _other_width(line, cells=len(cells), columns=len(columns), separator=separator)
                )
            yield line, dict(zip(columns, (cell.strip() for cell in cells), strict=True))
    except csv.Error:
        raise Unreadable(
            _("Line %(line)s cannot be read: a quotation mark is missing or too many.") % {"line": begins}
        ) from None


def _columns(header: str) -> tuple[str, list[str]]:
    """The separator, and the English names of the columns in their order."""
    found = {separator: _names(header, separator) for separator in (";", ",")}
    separator = max(found, key=lambda each: sum(name in DANISH for name in found[each]))
    names = found[separator]
    if not any(name in DANISH for name in names):
        raise Unreadable(
            _(
                "The first line must hold the names of the columns, with semicolon or comma "
                "between them: %(names)s."
            )
            % {"names": ", ".join(COLUMNS)}
        )
    for name in names:
        if name not in DANISH:
            raise Unreadable(
                _("The column “%(name)s” is not known. The columns are: %(names)s.")
                % {"name": name, "names": ", ".join(COLUMNS)}
            )
        if names.count(name) > 1:
            raise Unreadable(_("The column “%(name)s” is there twice.") % {"name": DANISH[name]})
    for needed in (("measure",), ("period",), ("municipality", "jobcentre"), ("value", "numerator")):
        if not any(name in names for name in needed):
            raise Unreadable(
                _("The column “%(name)s” is missing.")
                % {"name": _("” or “").join(DANISH[name] for name in needed)}
            )
    for one, other in (("numerator", "denominator"), ("denominator", "numerator")):
        if one in names and other not in names:
            raise Unreadable(_("The column “%(name)s” is missing.") % {"name": DANISH[other]})
    return separator, names


def _names(header: str, separator: str) -> list[str]:
    names = (name.strip().strip('"').strip().casefold() for name in header.split(separator))
    return [COLUMNS.get(name, name) for name in names]


def _other_width(line: int, *, cells: int, columns: int, separator: str) -> str:
    if separator == "," and cells > columns:
        return _(
            "Line %(line)s has %(cells)s fields, and the first line %(columns)s. Decimal commas in a file "
            "with comma between the fields look like that: save it with semicolon between the fields."
        ) % {"line": line, "cells": cells, "columns": columns}
    return _("Line %(line)s has %(cells)s fields, and the first line %(columns)s.") % {
        "line": line,
        "cells": cells,
        "columns": columns,
    }


def _figure(row: Mapping[str, str], *, line: int, known: Known) -> Figure | None:
    """What a line says; None when its figure is missing. Raises _Wrong with the reason."""
    code = row["measure"]
    measure = known.measures.get(code)
    if measure is None:
        raise _Wrong(_("there is no measure “%(code)s”") % {"code": code})
    group = row.get("group") or None
    if group and group not in known.groups:
        raise _Wrong(_("there is no target group “%(code)s”") % {"code": group})
    if measure.needs_group and not group:
        raise _Wrong(_("the measure “%(code)s” needs a target group") % {"code": code})
    municipality, jobcentre = _place(row, known=known)
    period = _period(row["period"], today=known.today)

    value, numerator, denominator = (
        _number(row.get(name, ""), column=DANISH[name]) for name in ("value", "numerator", "denominator")
    )
    if numerator is not None or denominator is not None:
        counts = _counts(numerator, denominator, is_per_cent=measure.is_per_cent)
        if counts is None:
            return None
        value = _share(value, counts)
        return Figure(line, code, group, municipality, jobcentre, period, value, *counts)
    if value is None:
        return None
    if measure.is_per_cent and value > 100:
        raise _Wrong(_("%(value)s is more than 100 per cent") % {"value": row["value"]})
    return Figure(line, code, group, municipality, jobcentre, period, value)


def _place(row: Mapping[str, str], *, known: Known) -> tuple[str | None, str | None]:
    """Codes of the municipality and of the jobcentre: one of them."""
    municipality, jobcentre = (_code(row.get(name, "")) for name in ("municipality", "jobcentre"))
    if bool(municipality) == bool(jobcentre):
        raise _Wrong(_("it must name a municipality or a jobcentre, and not both"))
    if municipality and municipality not in known.municipalities:
        raise _Wrong(_("there is no municipality with the code %(code)s") % {"code": municipality})
    if jobcentre and jobcentre not in known.jobcentres:
        raise _Wrong(_("there is no jobcentre with the code %(code)s") % {"code": jobcentre})
    if (municipality and municipality not in known.own_municipalities) or (
        jobcentre and jobcentre not in known.own_jobcentres
    ):
        raise _Wrong(_("%(code)s lies outside your area") % {"code": municipality or jobcentre})
    return municipality, jobcentre


def _code(text: str) -> str | None:
    """A code of four digits; spreadsheets drop the 0 it begins with."""
    return text.zfill(4) if text.isdecimal() else text or None


def _period(code: str, *, today: date) -> Period:
    try:
        period = parse(code.upper())
    except NotAPeriod:
        raise _Wrong(
            _("“%(code)s” is no period; write it like 2026M09, 2026Q03, 2026H01, 2026Y01 or 2026QMAT03")
            % {"code": code}
        ) from None
    if period.ends_on >= today:
        raise _Wrong(_("the period %(code)s has not ended yet") % {"code": code})
    return period


def _number(text: str, *, column: str) -> float | None:
    """A number as Danes write it; None when it is missing. Raises _Wrong for anything else."""
    if text in MISSING:
        return None
    match = _NUMBER.fullmatch(text.replace("\N{NO-BREAK SPACE}", ""))
    if not match:
        raise _Wrong(
            _(
                "“%(text)s” in “%(column)s” is no number: write a comma before decimals (12,5) "
                "and dots only between thousands (1.250)"
            )
            % {"text": text, "column": column}
        )
    if match["sign"]:
        raise _Wrong(_("“%(column)s” is negative: %(text)s") % {"column": column, "text": text})
    return float(f"{match['whole'].replace('.', '')}.{match['decimals'] or 0}")


def _counts(
    numerator: float | None, denominator: float | None, *, is_per_cent: bool
) -> tuple[int, int] | None:
    """Numerator and denominator as whole persons; None when there is nobody to count among."""
    if not is_per_cent:
        raise _Wrong(_("only per cents have a numerator and a denominator"))
    if numerator is None or denominator is None:
        given, lacking = ("tæller", "nævner") if denominator is None else ("nævner", "tæller")
        raise _Wrong(_("it has “%(given)s” and no “%(lacking)s”") % {"given": given, "lacking": lacking})
    for column, count in (("tæller", numerator), ("nævner", denominator)):
        if not count.is_integer():
            raise _Wrong(_("“%(column)s” counts persons and must be whole") % {"column": column})
    if numerator > denominator:
        raise _Wrong(
            _("“tæller” (%(numerator)s) is more than “nævner” (%(denominator)s)")
            % {"numerator": int(numerator), "denominator": int(denominator)}
        )
    return (int(numerator), int(denominator)) if denominator else None


def _share(value: float | None, counts: tuple[int, int]) -> float:
    """The per cent; the one given, if it fits the counts."""
    exact = 100 * counts[0] / counts[1]
    if value is None:
        return exact
    if abs(value - exact) > ROUNDING:
        raise _Wrong(
            _("“værdi” does not fit: %(numerator)s of %(denominator)s is %(exact)s per cent")
            % {"numerator": counts[0], "denominator": counts[1], "exact": f"{exact:.1f}".replace(".", ",")}
        )
    return value
