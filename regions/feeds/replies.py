"""What Jobindsats' API answers, read: its tables, what a table can be asked about, and its figures. Pure.

    v3   {"columns": ["Område", "Periode", "Andel i job"], "rows": [["Køge", "2026QMAT03", "40,6"], …]}
    v2   [{"TableID": "y60b15", "Variables": [{"Name": "area", "Label": "Område"}, …], "Data": [["Køge", …]]}]

Figures are texts with a decimal comma and dots between thousands, or numbers; what is missing is null or one
of `reading.MISSING`. Periods are codes as in `measures.periods`.

Source: Jobindsats, “API Eksempler” (4 March 2022) for v2; for v3 what its public clients send and read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from jobcenter.runtime.csvlines import Unreadable
from regions.feeds.table import Table, text_of


@dataclass(frozen=True)
class Listed:
    """A table there is: its id and name, and the subject it belongs to."""

    table: str
    name: str
    subject: str


@dataclass(frozen=True)
class About:
    """What a table can be asked about: ids or names by dimension. Periods and areas are dimensions too."""

    table: str
    dimensions: Mapping[str, Sequence[str]]


def figures(content: bytes) -> Table:
    """The figures of a reply, of either version. Raises Unreadable, with one sentence, when it is none."""
    said = _parsed(content)
    match said:
        case {"columns": [*columns], "rows": [*rows]}:
            headings = [str(column) for column in columns]
        case [{"Variables": [*variables], "Data": [*rows]}]:
            headings = [
                str(variable.get("Label") or variable.get("Name")) if isinstance(variable, dict) else ""
                for variable in variables
            ]
        case _:
            raise _of_another_shape()
    return Table(headings, _lines(rows, len(headings)))


def tables(content: bytes) -> list[Listed]:
    """The tables there are, of either version. Raises Unreadable."""
    try:
        return list(_tables(_parsed(content)))
    except (KeyError, TypeError, AttributeError):
        raise _of_another_shape() from None


def about(content: bytes, *, table: str) -> About:
    """What a table can be asked about, of either version. Raises Unreadable."""
    said = _parsed(content)
    said = said[0] if isinstance(said, list) and said else said
    try:
        if "dimensions" in said:
            return About(table, dict(_hierarchies(said["dimensions"])))
        lists = {name: values for name, values in said.items() if isinstance(values, list)}
        return About(table, {name: [_named(value) for value in values] for name, values in lists.items()})
    except (KeyError, TypeError, AttributeError):
        raise _of_another_shape() from None


def _tables(said: Any) -> Iterator[Listed]:
    for one in said:
        if "table_groups" in one:
            for group in one["table_groups"]:
                for table in group["tables"]:
                    yield Listed(table["table_id"], table["table_name"], one["subject_name"])
        else:
            yield Listed(one["TableID"], one["TableName"], one["SubjectName"])


def _hierarchies(dimensions: Any) -> Iterator[tuple[str, list[str]]]:
    for dimension in dimensions:
        for hierarchy in dimension["hierarchies"]:
            values = [value["value_name"] for level in hierarchy["levels"] for value in level["values"]]
            yield f"{dimension['dimension_id']} {hierarchy['hierarchy_id']}", values


def _named(value: Any) -> str:
    return str(value["ID"]) if isinstance(value, dict) else str(value)


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Unreadable(_("The reply is not UTF-8.")) from None
    except RecursionError:
        raise Unreadable(_("The reply is nested too deeply to be a table.")) from None
    except json.JSONDecodeError as error:
        if error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated"):
            raise Unreadable(
                _("The reply is not whole: it breaks off after %(count)s characters.")
                % {"count": len(error.doc)}
            ) from None
        raise Unreadable(
            _("The reply is no JSON: character %(place)s cannot be read.") % {"place": error.pos + 1}
        ) from None


def _lines(rows: Sequence[Any], columns: int) -> Iterator[tuple[int, Sequence[str]]]:
    for line, cells in enumerate(rows, 1):
        if not isinstance(cells, list) or len(cells) != columns:
            raise Unreadable(
                _("Row %(line)s of the reply has another number of figures than there are columns.")
                % {"line": line}
            )
        yield line, [text_of(cell) for cell in cells]


def _of_another_shape() -> Unreadable:
    return Unreadable(_("The reply has another shape than Jobindsats' replies have."))
