"""A file as a table of texts: CSV or XLSX, as people save them. Pure."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from jobcenter.runtime.csvlines import Unreadable

if TYPE_CHECKING:
    import _csv

PACKED = b"PK\x03\x04"
"""What every XLSX begins with."""

LARGEST_UNPACKED = 200 * 1024 * 1024
"""Bytes. An XLSX is packed, and could be far larger than it looks."""


@dataclass(frozen=True)
class Table:
    """Headings, and below them the lines with their number, counted from 1 as an editor counts.

    Every line has as many cells as there are headings. separator: what stood between them, if anything.
    """

    headings: Sequence[str]
    lines: Iterator[tuple[int, Sequence[str]]]
    separator: str = ""


def table_of(content: bytes) -> Table:
    """Raises Unreadable, with one sentence, when it is no table; for a line too long when it is met."""
    return _of_xlsx(content) if content.startswith(PACKED) else _of_csv(content)


def text_of(value: object) -> str:
    """A cell as a Dane would have typed it: 40.5 as “40,5”, 1346.0 as “1346”, nothing as “”."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{Decimal(repr(value)).normalize():f}".replace(".", ",")
    return str(value).strip()


def _of_csv(content: bytes) -> Table:
    text = _decoded(content)
    separator = _separator(text.split("\n", 1)[0])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        headings = [heading.strip() for heading in next(reader, [])]
    except csv.Error:
        raise _unbalanced(1) from None
    return Table(headings, _lines_of_csv(reader, len(headings), separator), separator)


def _lines_of_csv(reader: _csv.Reader, columns: int, separator: str) -> Iterator[tuple[int, Sequence[str]]]:
    begins = reader.line_num + 1
    try:
        for cells in reader:
            line, begins = begins, reader.line_num + 1
            if len(cells) == columns:
                if any(cells):
                    yield line, cells
            elif any(cell.strip() for cell in cells):
                raise Unreadable(_other_width(line, cells=len(cells), columns=columns, separator=separator))
    except csv.Error:
        raise _unbalanced(begins) from None


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


def _separator(header: str) -> str:
    """Semicolon as Danish spreadsheets write it, unless there are more tabs or commas."""
    return max(";\t,", key=header.count)


def _unbalanced(line: int) -> Unreadable:
    return Unreadable(
        _("Line %(line)s cannot be read: a quotation mark is missing or too many.") % {"line": line}
    )


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


def _of_xlsx(content: bytes) -> Table:
    """The first sheet. Numbers are numbers there, so they are written as people would have."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked > LARGEST_UNPACKED:
            raise Unreadable(_("The file is too large when it is unpacked."))
        sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        rows = [[text_of(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    except Unreadable:
        raise
    except Exception:
        # Whatever openpyxl makes of a damaged file, it is the file that cannot be read.
        raise Unreadable(_("The file cannot be read as XLSX.")) from None
    headings = rows[0] if rows else []
    while headings and not headings[-1]:
        headings.pop()
    return Table(headings, _lines_of_sheet(rows, len(headings)))


def _lines_of_sheet(rows: Sequence[list[str]], columns: int) -> Iterator[tuple[int, Sequence[str]]]:
    for line, cells in enumerate(rows[1:], 2):
        if any(cells[columns:]):
            raise Unreadable(_other_width(line, cells=len(cells), columns=columns, separator=""))
        if any(cells):
            yield line, [*cells[:columns], *[""] * (columns - len(cells))]
