"""What a line of a classification says. Pure: text in, checked values out, ValueError with the reason."""

from collections.abc import Mapping
from dataclasses import dataclass

from jobcenter.runtime.csvlines import filled, whole_number

COLUMNS = ("code", "level", "parent", "title_da", "title_en")

DIGITS_OF_LEVEL = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6}
"""How long a DISCO-08 code is on each level; the fifth is Denmark's own."""


@dataclass(frozen=True)
class Entry:
    """`parent` is the code one level up; "" where the file holds none."""

    code: str
    level: int
    parent: str
    title_da: str
    title_en: str


def occupation(row: Mapping[str, str]) -> Entry:
    """A line of DISCO-08, whose codes begin with their parent's."""
    entry = industry(row)
    if not entry.code.isdigit() or len(entry.code) != DIGITS_OF_LEVEL.get(entry.level):
        raise ValueError(f"a code on level {entry.level} cannot be “{entry.code}”")
    if not entry.code.startswith(entry.parent) or (entry.level > 1) != bool(entry.parent):
        raise ValueError(f"the parent of {entry.code} cannot be “{entry.parent}”")
    return entry


def industry(row: Mapping[str, str]) -> Entry:
    return Entry(
        code=filled(row, "code"),
        level=whole_number(row, "level", lowest=1, highest=5),
        parent=row["parent"].strip(),
        title_da=filled(row, "title_da"),
        title_en=row["title_en"].strip(),
    )
