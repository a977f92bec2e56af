"""Job titles out of others' files: Statistics Denmark's classification and ESCO's occupations. Pure.

Statistics Denmark's export is separated by semicolons and begins `SEKVENS;KODE;NIVEAU;TITEL;`; its title
column has the official title of every code, in UTF-8 or Windows' Danish letters.

ESCO's bundle (v1.2, `occupations_da.csv`) has a line for each occupation, with the ISCO group it is in and
three columns of labels; a column holds one label on each line.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jobcenter.runtime.csvlines import Line, Reading, Refusal, Unreadable

STATISTICS_COLUMNS = ("KODE", "NIVEAU", "TITEL")
ESCO_NEEDED = ("conceptType", "iscoGroup", "preferredLabel", "altLabels", "hiddenLabels", "status")
ESCO_FILE = "occupations_da.csv"
LONGEST = 250
SHORTEST_CODE = 4

Row = Mapping[str, str]
Labels = Callable[[Row], tuple[str, list[str]] | None]
"""A line's code and its labels; None for a line that is about something else."""


@dataclass(frozen=True)
class Title:
    title: str
    code: str


def statistics(content: bytes) -> Reading[Title]:
    """The title of every code of four digits and more. Raises Unreadable when the columns are not there."""
    rows = _rows(content, delimiter=";", needed=STATISTICS_COLUMNS)

    def labels(row: Row) -> tuple[str, list[str]] | None:
        code = row["KODE"].strip()
        return (code, [row["TITEL"]]) if len(code) >= SHORTEST_CODE else None

    return _titles(rows, labels)


def esco(content: bytes) -> Reading[Title]:
    """Every label of every released occupation. Raises Unreadable when the columns are not there."""

    def labels(row: Row) -> tuple[str, list[str]] | None:
        if row["conceptType"] != "Occupation":
            return None
        if row["status"] != "released":
            raise ValueError(f"its status is “{row['status']}”, not “released”")
        columns = (row["preferredLabel"], row["altLabels"], row["hiddenLabels"])
        return row["iscoGroup"].strip(), [label for column in columns for label in column.splitlines()]

    return _titles(_rows(content, delimiter=",", needed=ESCO_NEEDED), labels)


def esco_file(path: Path) -> bytes:
    """ESCO's Danish occupations out of the bundle: the zip, its folder unpacked, or the file itself."""
    if path.is_dir():
        path /= ESCO_FILE
    try:
        if path.suffix.lower() != ".zip":
            return path.read_bytes()
        with zipfile.ZipFile(path) as bundle:
            name = next((one for one in bundle.namelist() if Path(one).name == ESCO_FILE), None)
            if not name:
                raise Unreadable(f"There is no {ESCO_FILE} in {path.name}: download it in Danish.")
            return bundle.read(name)
    except (OSError, zipfile.BadZipFile) as error:
        raise Unreadable(f"{path.name} cannot be read: {error}.") from None


def _titles(rows: Iterator[Line[Row]], labels: Labels) -> Reading[Title]:
    """A title for each label; a label may stand once for a code, whatever its capitals."""
    found: Reading[Title] = Reading()
    seen: set[tuple[str, str]] = set()
    for row in rows:
        try:
            given = labels(row.value)
            for label in given[1] if given else ():
                title = " ".join(label.split())
                if not title or not given or (title.lower(), given[0]) in seen:
                    continue
                if len(title) > LONGEST:
                    raise ValueError(f"a title is longer than {LONGEST} characters")
                seen.add((title.lower(), given[0]))
                found.lines.append(Line(row.number, Title(title, given[0])))
        except ValueError as error:
            found.refusals.append(Refusal(row.number, str(error)))
    return found


def _rows(content: bytes, *, delimiter: str, needed: tuple[str, ...]) -> Iterator[Line[Row]]:
    reader = csv.DictReader(io.StringIO(_text(content), newline=""), delimiter=delimiter)
    names = reader.fieldnames or []
    if missing := [name for name in needed if name not in names]:
        raise Unreadable(f"The column {missing[0]} is missing; there are: {', '.join(names) or 'none'}.")
    for row in reader:
        yield Line(reader.line_num, {name: row.get(name) or "" for name in needed})


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
