"""Any list as a file for a spreadsheet: exactly the rows the page would show, as CSV or as XLSX.

Figures may be had as a cube besides (JSON-stat), where the view says how they are one.

A text that begins like a formula is run as one when the file is opened. It may come from anybody who has
written to us, so it is made harmless here, for every list. Source: OWASP, "CSV Injection".
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import get_language
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

Row = TypeVar("Row")

ASKED = "hent"
"""The word in a list's address that asks for a file, beside its filters."""

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IN_ASCII = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})
AT_ONCE = 500
WIDTHS = (10, 60)
LONGEST_IN_EXCEL = 32_767

_UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Zs"}
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML has no way to write."""


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A heading, and what a row has under it: text, number, date, time or None."""

    heading: str | Promise
    value: Callable[[Row], Any]


def asked(
    request: HttpRequest,
    name: str,
    columns: Sequence[Column[Row]],
    rows: Iterable[Row],
    *,
    cube: Callable[[], Mapping[str, Any]] | None = None,
) -> HttpResponseBase | None:
    """The list as a file if the address asks for one, else None. A view asks before it makes pages.

    name: of the file, to which the day is added. rows: as the filters and the reader's rights leave them;
    a QuerySet is fetched in parts. cube: the same figures as JSON-stat.
    """
    kind = request.GET.get(ASKED)
    if kind not in ("csv", "xlsx", "json") or (kind == "json" and not cube):
        return None
    file_name = f"{in_ascii(name)}-{timezone.localdate():%Y-%m-%d}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{file_name}"'}
    if cube and kind == "json":
        dumps = {"ensure_ascii": False, "indent": 1, "allow_nan": False}
        return JsonResponse(cube(), json_dumps_params=dumps, headers=headers)
    headings = [str(column.heading) for column in columns]
    cells = ([column.value(row) for column in columns] for row in _in_parts(rows))
    if kind == "xlsx":
        return HttpResponse(xlsx([headings, *cells]), content_type=XLSX_TYPE, headers=headers)
    lines = csv_lines(headings, cells, with_comma=get_language() != "en")
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[Any]], *, with_comma: bool) -> Iterator[str]:
    """Lines with semicolons, after the mark by which Excel knows UTF-8. with_comma: for decimals."""
    yield "\ufeff" + _line(headings)
    for row in rows:
        yield _line([_written(cell, with_comma=with_comma) for cell in row])


def xlsx(rows: Iterable[Sequence[Any]]) -> bytes:
    """A workbook with one sheet, its first row in bold."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    rows = list(rows)
    for place, width in enumerate(_widths(rows), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, row in enumerate(rows):
        sheet.append([_cell(sheet, value, is_heading=number == 0) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def harmless(text: str) -> str:
    """The text, with an apostrophe before it if a spreadsheet could take it for a formula.

    Signs that only look like = + - @ (full-width, small, superscript, the minus of mathematics) count as
    those, and what cannot be seen before them is passed over.
    """
    seen = text.lstrip("".join({letter for letter in text if unicodedata.category(letter) in _UNSEEN}))
    first = unicodedata.normalize("NFKC", seen[:1]).replace("\N{MINUS SIGN}", "-")[:1]
    return f"'{text}" if (first and first in "=+-@") or text[:1] in ("\t", "\r", "\n") else text


def in_ascii(name: str) -> str:
    """For the name of a file: “Sjælland, år 1” is “sjaelland-aar-1”."""
    return slugify(name.translate(IN_ASCII))


def rounded(value: float, decimals: int) -> float:
    """To so many decimals; to two digits where those would leave one or none, so that no number is 0."""
    is_small = 0 < abs(value) < 10 ** (1 - decimals)
    return float(f"{value:.2g}") if is_small else round(value, decimals)


def _in_parts(rows: Iterable[Row]) -> Iterable[Row]:
    return rows.iterator(chunk_size=AT_ONCE) if isinstance(rows, QuerySet) else rows


def _line(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter=";", quoting=csv.QUOTE_ALL).writerow(cells)
    return line.getvalue()


def _plain(value: Any) -> Any:
    """Numbers and days as they are, a time as the clock shows it, all else as text."""
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None, second=0, microsecond=0)
    if value is None or isinstance(value, int | float | Decimal | date):
        return value
    return str(value)


def _written(value: Any, *, with_comma: bool) -> str:
    plain = _plain(value)
    match plain:
        case None:
            return ""
        case datetime():
            return f"{plain:%Y-%m-%d %H:%M}"
        case float() | Decimal():
            number = f"{plain}".upper()
            return number.replace(".", ",") if with_comma else number
        case str():
            return harmless(plain)
        case _:
            return str(plain)


def _cell(sheet: Any, value: Any, *, is_heading: bool) -> Any:
    """A text is marked as text: it stands as it was written, and is no formula even when edited."""
    plain = _plain(value)
    if isinstance(plain, str):
        text = _CONTROLS.sub("", plain)[:LONGEST_IN_EXCEL]
        cell = WriteOnlyCell(sheet, value=text)
        cell.data_type = "s"
        cell.quotePrefix = harmless(text) != text
    else:
        cell = WriteOnlyCell(sheet, value=plain)
        if isinstance(plain, date):
            cell.number_format = "yyyy-mm-dd hh:mm" if isinstance(plain, datetime) else "yyyy-mm-dd"
    if is_heading:
        cell.font = Font(bold=True)
    return cell


def _widths(rows: Sequence[Sequence[Any]]) -> list[int]:
    least, most = WIDTHS
    shown = zip(*rows[:AT_ONCE], strict=True)
    longest = (max(len(str(_plain(cell) or "")) for cell in column) for column in shown)
    return [min(max(least, letters + 2), most) for letters in longest]
