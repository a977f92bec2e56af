"""A list as people have it, into lines: CSV or XLSX, whatever its columns are called, in any letters."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _
from tablib import Dataset

MOST_LINES = 1000
LARGEST = 2 * 1024 * 1024
LARGEST_UNPACKED = 40 * 1024 * 1024
"""Bytes. An XLSX is packed, and could be far larger than it looks."""

LONGEST_CELL = 200

COLUMNS = ("cvr", "country", "number", "company", "address", "postcode", "person", "email", "phone")

HEADINGS: Mapping[str, Sequence[str]] = {
    "cvr": ("cvr", "cvrnr", "cvrnummer"),
    "country": ("land", "landekode", "country"),
    "number": ("udenlandsknummer", "registernummer", "nummer", "number", "foreignnumber"),
    "company": ("virksomhed", "virksomhedsnavn", "firma", "company"),
    "address": ("adresse", "vej", "gade", "address", "street"),
    "postcode": ("postnr", "postnummer", "postcode", "zip"),
    "person": ("kontaktperson", "person", "navn", "kontakt", "name", "contact"),
    "email": ("email", "mail", "emailadresse", "e-mail"),
    "phone": ("telefon", "tlf", "mobil", "telefonnummer", "phone"),
}
"""What a column may be called, in small letters without spaces and signs; the first is the template's."""

TEMPLATE = {
    "cvr": "CVR-nummer",
    "country": "Land",
    "number": "Udenlandsk nummer",
    "company": "Virksomhed",
    "address": "Adresse",
    "postcode": "Postnummer",
    "person": "Kontaktperson",
    "email": "E-mail",
    "phone": "Telefon",
}


class Unreadable(ValueError):
    """The file as a whole cannot be read; the text is one sentence that says why."""


def read(content: bytes, *, name: str) -> list[tuple[int, dict[str, str]]]:
    """Each line's number, as a spreadsheet counts, and what it says by column; empty lines are left out.

    Raises Unreadable for a file that is too large, is neither CSV nor XLSX, or has none of the columns that
    are needed.
    """
    if len(content) > LARGEST:
        raise Unreadable(_("The file is larger than 2 MB."))
    rows = _of_xlsx(content) if content[:4] == b"PK\x03\x04" else _of_csv(content)
    if not rows:
        raise Unreadable(_("The file is empty."))
    columns = [_column(heading) for heading in rows[0]]
    if not {"cvr", "number", "company"} & set(columns):
        raise Unreadable(
            _("The first line must name the columns, and one of them must be the CVR number or the company.")
        )
    if doubled := next((one for one in columns if one and columns.count(one) > 1), None):
        raise Unreadable(_("The column %(name)s is there twice.") % {"name": TEMPLATE[doubled]})
    lines = [
        (number, {column: cell for column, cell in zip(columns, row, strict=False) if column and cell})
        for number, row in enumerate(rows[1:], 2)
    ]
    lines = [(number, values) for number, values in lines if values]
    if not lines:
        raise Unreadable(_("There is no line below the names of the columns."))
    if len(lines) > MOST_LINES:
        raise Unreadable(_("The file has more than 1,000 lines. Divide it."))
    return lines


def _of_csv(content: bytes) -> list[list[str]]:
    """UTF-8 with or without its mark, else the letters of Windows; semicolon, comma or tab between cells."""
    if b"\x00" in content:
        raise Unreadable(_("The file is neither CSV nor XLSX."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise Unreadable(_("The file cannot be read as CSV: %(error)s.") % {"error": error}) from None
    return [[_cell(cell) for cell in row] for row in rows]


def _of_xlsx(content: bytes) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                raise Unreadable(_("The file is too large when it is unpacked."))
        sheet = Dataset().load(content, format="xlsx", headers=False)
    except Unreadable:
        raise
    except Exception:
        # Whatever openpyxl makes of a damaged file, it is the file that cannot be read.
        raise Unreadable(_("The file cannot be read as XLSX.")) from None
    return [[_cell(cell) for cell in row] for row in sheet]


def _cell(value: object) -> str:
    """As people read it: without spaces around it, and a number without decimals that nobody wrote."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = " ".join(str(value).split())
    # What our own files put before a text that looks like a formula.
    return text[1:] if text[:2] in ("'+", "'=", "'-", "'@") else text


def _column(heading: str) -> str:
    """The column a heading means; "" for one that is not ours."""
    plain = re.sub(r"[^a-zæøå]", "", heading.casefold())
    return next((column for column, names in HEADINGS.items() if plain in _plain(names)), "")


def _plain(names: Iterable[str]) -> set[str]:
    return {re.sub(r"[^a-zæøå]", "", name) for name in names}
