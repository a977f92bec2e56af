"""A file of framework conditions: every value it holds, or every reason why it cannot be used. Pure.

The file has one line for each value, as CSV or XLSX:

    jobcenter;år;rammevilkår;værdi
    0259;2025;no_qualification;24,1

A condition is a defined thing (`conditions.toml`) and never the result or its mirror. One that is tried is
told so: by its name, and by its values where they follow a result of the same year too closely.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from jobcenter.runtime.csvlines import Unreadable
from regions.comparison.arrays import FloatArray
from regions.feeds.table import Table, table_of

COLUMNS = {"jobcenter": "jobcentre", "år": "year", "rammevilkår": "condition", "værdi": "value"}
"""Danish name of a column → English name; a file may use either."""

MIRROR = re.compile(
    r"ledig|arbejdsløs|beskæftig|i job|dagpenge|kontanthjælp|sygedagpenge|ydelse|indkomst|løn"
    r"|employ|benefit|social.assistance|income|wage|earning|job_after",
    re.IGNORECASE,
)
"""Words of what is a result by another name: employment, benefits, income."""

TOO_ALIKE = 0.95
"""A correlation, either way, from which values are a result of the same year by another name."""

MOST = 1e12
"""No value is more, nor less than as much below zero, where the condition says no bound of its own."""

ENOUGH = 10
"""Jobcentres with both figures, under which a correlation says nothing."""

Key = tuple[str, int, str]
"""Codes of jobcentre and condition, and the year between them: of these there is one value."""

Results = Mapping[tuple[str, int], Mapping[str, float]]
"""What a result is called and its year → jobcentre's code → figure."""


@dataclass(frozen=True)
class Known:
    """conditions: lowest and highest value by code. measures: whatever name of a measure → its title.

    stored: the values that stand.
    """

    conditions: Mapping[str, tuple[float | None, float | None]]
    measures: Mapping[str, str]
    jobcentres: frozenset[str]
    this_year: int
    results: Results = field(default_factory=dict)
    stored: Mapping[Key, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """The values of a file, of no use while there is a problem. problems: by line; 0 is the file's."""

    values: Mapping[Key, float] = field(default_factory=dict)
    problems: Sequence[tuple[int, str]] = ()


@dataclass(frozen=True)
class Told:
    """A line of a difference, by names. before: None where there was no value."""

    jobcentre: str
    condition: str
    year: int
    before: float | None
    after: float


@dataclass(frozen=True)
class Difference:
    """added: new values. changed: before and after."""

    added: Mapping[Key, float]
    changed: Mapping[Key, tuple[float, float]]
    unchanged: int

    @property
    def is_empty(self) -> bool:
        return not self.added and not self.changed

    @property
    def digest(self) -> str:
        """What tells one difference from another: a page says which one was read."""
        return sha256(json.dumps(self.as_json(), sort_keys=True).encode()).hexdigest()

    def lines(self, jobcentres: Mapping[str, str], conditions: Mapping[str, str]) -> list[Told]:
        """What changes first, then what is new. jobcentres, conditions: names by code."""
        values: list[tuple[Key, float | None, float]] = [
            *((key, before, after) for key, (before, after) in sorted(self.changed.items())),
            *((key, None, after) for key, after in sorted(self.added.items())),
        ]
        return [
            Told(jobcentres.get(jobcentre, jobcentre), conditions.get(code, code), year, before, after)
            for (jobcentre, year, code), before, after in values
        ]

    def as_json(self) -> dict[str, Any]:
        return {
            "added": [[*key, value] for key, value in sorted(self.added.items())],
            "changed": [[*key, before, after] for key, (before, after) in sorted(self.changed.items())],
            "unchanged": self.unchanged,
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Difference:
        return cls(
            added={(row[0], row[1], row[2]): row[3] for row in told.get("added", ())},
            changed={(row[0], row[1], row[2]): (row[3], row[4]) for row in told.get("changed", ())},
            unchanged=told.get("unchanged", 0),
        )


def read(content: bytes, *, known: Known) -> Reading:
    """Try every line. Raises Unreadable, with one sentence, when the file is no such table at all."""
    table = table_of(content)
    names = _columns(table, known)
    values: dict[Key, float] = {}
    problems: list[tuple[int, str]] = []
    for line, cells in table.lines:
        row = dict(zip(names, (cell.strip() for cell in cells), strict=True))
        try:
            key, value = _value(row, known)
            if key in values:
                raise ValueError(_("the same jobcentre, year and condition stand on an earlier line"))
            values[key] = value
        except ValueError as wrong:
            problems.append((line, str(wrong)))
    if not values and not problems:
        raise Unreadable(_("There is no value in the file."))
    return Reading(values, [*problems, *((0, text) for text in mirrored(values, known))])


def mirrored(values: Mapping[Key, float], known: Known) -> list[str]:
    """A sentence for each condition whose values would follow a result of the same year.

    Together with those that stand: a mirror brought a few jobcentres at a time is one all the same.
    """
    brought = {(condition, year) for _jobcentre, year, condition in values}
    columns: dict[tuple[str, int], dict[str, float]] = {}
    for (jobcentre, year, condition), value in {**known.stored, **values}.items():
        if (condition, year) in brought:
            columns.setdefault((condition, year), {})[jobcentre] = value
    said = []
    for (condition, year), by_jobcentre in columns.items():
        for (result, result_year), figures in known.results.items():
            if result_year == year and abs(alike := likeness(by_jobcentre, figures)) >= TOO_ALIKE:
                said.append(
                    _(
                        "The values of “%(condition)s” in %(year)s follow the result “%(result)s” of the "
                        "same year (correlation %(alike)s): that is the result or its mirror, not a "
                        "framework condition."
                    )
                    % {
                        "condition": condition,
                        "year": year,
                        "result": result,
                        "alike": f"{alike:.2f}".replace(".", ","),
                    }
                )
    return said


def likeness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """How alike two figures are over the jobcentres with both, −1 to 1; 0 where there are too few.

    Correlation of the values or of their ranks, whichever is the stronger: a mirror may be bent.
    """
    both = sorted(one.keys() & other.keys())
    if len(both) < ENOUGH:
        return 0.0
    pairs = np.array([[one[code], other[code]] for code in both])
    return max(_correlation(pairs), _correlation(np.apply_along_axis(ranks, 0, pairs)), key=abs)


def ranks(values: FloatArray) -> FloatArray:
    """1 for the lowest; equal values share the mean of their places. Shape (values,)."""
    _values, place, count = np.unique(values, return_inverse=True, return_counts=True)
    shared: FloatArray = (np.cumsum(count) - (count - 1) / 2)[place]
    return shared


def _correlation(pairs: FloatArray) -> float:
    """pairs: shape (jobcentres, 2). 0 where one of the two does not vary."""
    apart = pairs - pairs.mean(axis=0)
    length = np.sqrt((apart**2).sum(axis=0))
    if (length <= 1e-12 * (1 + np.abs(pairs).max(axis=0))).any():
        return 0.0
    return float(np.clip((apart / length).prod(axis=1).sum(), -1, 1))


def difference(values: Mapping[Key, float], *, stored: Mapping[Key, float]) -> Difference:
    """What the values would change. A value that is not in the file stays as it is."""
    return Difference(
        added={key: value for key, value in values.items() if key not in stored},
        changed={
            key: (stored[key], value)
            for key, value in values.items()
            if key in stored and stored[key] != value
        },
        unchanged=sum(stored.get(key) == value for key, value in values.items()),
    )


def _columns(table: Table, known: Known) -> list[str]:
    names = [COLUMNS.get(heading.casefold(), heading.casefold()) for heading in table.headings]
    for name in names:
        if name not in COLUMNS.values():
            raise Unreadable(_refused(name, known))
    for danish, name in COLUMNS.items():
        if names.count(name) != 1:
            raise Unreadable(_("The column “%(name)s” must be there once.") % {"name": danish})
    return names


def _refused(name: str, known: Known) -> str:
    """Why something of that name is no framework condition."""
    title = known.measures.get(name.casefold())
    if title or MIRROR.search(name):
        return _(
            "“%(name)s” is a result or its mirror: employment, income and benefits of the same year can "
            "never be a framework condition, since a jobcentre would be held against its own result."
        ) % {"name": title or name}
    return _("“%(name)s” is no defined framework condition. Those that can be delivered are: %(codes)s.") % {
        "name": name,
        "codes": ", ".join(known.conditions),
    }


def _value(row: Mapping[str, str], known: Known) -> tuple[Key, float]:
    """What a line says. Raises ValueError with the reason."""
    code, jobcentre = row["condition"].casefold(), row["jobcentre"].zfill(4)
    if code not in known.conditions:
        raise ValueError(_refused(row["condition"], known))
    if jobcentre not in known.jobcentres:
        raise ValueError(_("there is no jobcentre with the code %(code)s") % {"code": row["jobcentre"]})
    if not re.fullmatch(r"\d{4}", row["year"]) or not 2000 <= int(row["year"]) <= known.this_year:
        raise ValueError(_("“%(year)s” is no year up to this one") % {"year": row["year"]})
    if not re.fullmatch(r"[-−]?\d+(,\d+)?", row["value"]):
        raise ValueError(
            _("“%(value)s” is no number: write a comma before decimals") % {"value": row["value"]}
        )
    value = float(row["value"].replace("−", "-").replace(",", "."))
    lowest, highest = known.conditions[code]
    if value < (-MOST if lowest is None else lowest) or value > (MOST if highest is None else highest):
        raise ValueError(
            _("%(value)s cannot be a value of “%(code)s”") % {"value": row["value"], "code": code}
        )
    return (jobcentre, int(row["year"]), code), value
