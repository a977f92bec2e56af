"""What each column of a source's table holds, however its owner lays it out. Pure.

A long table has one figure on each line: a column says which measure, another which period. A wide one has
several: one column for each period, or for each measure. What no column says is the same on every line.

    Område;2026Q01;2026Q02        Køge;40,6;41,2
    {"columns": {"Område": "jobcentre", "2026Q01": "value of 2026Q01", "2026Q02": "value of 2026Q02"},
     "constants": {"measure": "job_after_6_months", "group": "ready_for_work"}}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from jobcenter.runtime.csvlines import Unreadable
from regions.measures.periods import NotAPeriod, parse

DANISH = {
    "measure": "måling",
    "group": "målgruppe",
    "municipality": "kommune",
    "jobcentre": "jobcenter",
    "period": "periode",
    "numerator": "tæller",
    "denominator": "nævner",
    "value": "værdi",
}
"""What a column can hold, and what the portal's own files call it; a file may use either name."""

NAMED = {danish: english for english, danish in DANISH.items()}

VALUE_OF = "value of "
"""A column of a wide table: followed by the period, or the code of the measure, that its figures are of."""

IGNORED = ""


@dataclass(frozen=True)
class Take:
    """Where one figure of a line stands: for each thing that is said of it, the number of the cell."""

    measure: int
    group: int
    municipality: int
    jobcentre: int
    period: int
    numerator: int
    denominator: int
    value: int


@dataclass(frozen=True)
class Plan:
    """How each line is read. `constants` are put behind its own cells, so that all is found by number."""

    constants: Sequence[str]
    takes: Sequence[Take]


@dataclass(frozen=True)
class Layout:
    """columns: heading → what it holds, an English name of DANISH, `value of …`, or "" for nothing of ours.
    constants: English name → text, for what no column says. words: of "measure" and "group", what the
    source calls them → our code. factor: what values are multiplied by (100 for shares between 0 and 1).
    aliases: another name that a column comes with → its heading; the versions of an API differ in that.
    """

    columns: Mapping[str, str]
    constants: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    factor: float = 1.0
    aliases: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_wide(self) -> bool:
        return any(held.startswith(VALUE_OF) for held in self.columns.values())

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def plan(self, headings: Sequence[str]) -> Plan:
        """Where everything stands in a table with these headings. Raises Unreadable with what is wrong."""
        headings = [self.aliases.get(heading, heading) for heading in headings]
        for heading in self.columns:
            if self.columns[heading] and heading not in headings:
                raise Unreadable(_("The column “%(name)s” is missing.") % {"name": heading})
        for heading in headings:
            if heading not in self.columns:
                raise Unreadable(
                    _("The column “%(name)s” is new: nothing is known of what it holds.") % {"name": heading}
                )
        return _plan([self.columns[heading] for heading in headings], self.constants)


OWN = Layout(columns={})
"""The portal's own way: a long table whose headings name what the columns hold."""


def plan_of_own(headings: Sequence[str]) -> Plan:
    """Where everything stands in a file of our own. Raises Unreadable with what is wrong."""
    names = [heading.strip().casefold() for heading in headings]
    names = [NAMED.get(name, name) for name in names]
    if not any(name in DANISH for name in names):
        raise Unreadable(
            _(
                "The first line must hold the names of the columns, with semicolon or comma "
                "between them: %(names)s."
            )
            % {"names": ", ".join(NAMED)}
        )
    for name in names:
        if name not in DANISH:
            raise Unreadable(
                _("The column “%(name)s” is not known. The columns are: %(names)s.")
                % {"name": name, "names": ", ".join(NAMED)}
            )
    return _plan(names, {})


def guess(headings: Sequence[str]) -> Layout:
    """What the columns most likely hold, by their names or period codes, for somebody to correct."""
    return Layout(columns={heading: _guess(heading) for heading in headings})


def _guess(heading: str) -> str:
    name = heading.strip().casefold()
    if is_period(name):
        return VALUE_OF + name.upper()
    usual = {
        "område": "municipality",
        "area": "municipality",
        "period": "period",
        "kommunenavn": "municipality",
    }
    return usual.get(name) or NAMED.get(name) or (name if name in DANISH else IGNORED)


def is_period(text: str) -> bool:
    try:
        parse(text.upper())
    except NotAPeriod:
        return False
    return True


def _plan(held: Sequence[str], constants: Mapping[str, str]) -> Plan:
    """held: what each column holds, in their order."""
    names = [name for name in held if name and not name.startswith(VALUE_OF)]
    for name in names:
        if names.count(name) > 1:
            raise Unreadable(_("The column “%(name)s” is there twice.") % {"name": DANISH[name]})
    wide = [
        (cell, name.removeprefix(VALUE_OF)) for cell, name in enumerate(held) if name.startswith(VALUE_OF)
    ]
    given = {*names, *(name for name, text in constants.items() if text)}
    if wide:
        given |= {"value", "period" if is_period(wide[0][1]) else "measure"}
    for needed in (("measure",), ("period",), ("municipality", "jobcentre"), ("value", "numerator")):
        if not given & set(needed):
            raise Unreadable(
                _("The column “%(name)s” is missing.")
                % {"name": _("” or “").join(DANISH[name] for name in needed)}
            )
    for one, other in (("numerator", "denominator"), ("denominator", "numerator")):
        if one in given and other not in given:
            raise Unreadable(_("The column “%(name)s” is missing.") % {"name": DANISH[other]})
    behind = ["", *constants.values(), *(text for _cell, text in wide)]
    where = dict.fromkeys(DANISH, len(held))
    where |= {name: len(held) + 1 + number for number, name in enumerate(constants)}
    where |= {name: cell for cell, name in enumerate(held) if name in DANISH}
    first = len(held) + 1 + len(constants)
    takes = [
        Take(**{**where, "value": cell, "period" if is_period(text) else "measure": first + number})
        for number, (cell, text) in enumerate(wide)
    ]
    return Plan(constants=behind, takes=takes or [Take(**where)])
