"""A case system's file, read: every spell it tells of with all that belongs to it, or why it cannot be used.

    art;nøgle;forløb;målgruppe;fra;til;hvad;givet;timer;tilmeldt
    forløb;k7f3a90c41d2e5b8;2026-01-05;ready_for_work;;2026-06-12;job;;;2026-01-02
    samtale;k7f3a90c41d2e5b8;2026-01-05;;2026-01-08;;jobcenter;;;
    tilbud;k7f3a90c41d2e5b8;2026-01-05;;2026-03-02;2026-03-27;virksomhedspraktik;;37;
    fritagelse;k7f3a90c41d2e5b8;2026-01-05;;2026-02-09;2026-02-13;syg;;;

Every line names the person's key and the first day of the spell it belongs to. No message repeats a key: one
that is refused may be a CPR number. Which target groups there are is told by the caller.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise

from django.utils.translation import gettext as _

from jobcenter.pages.privacy import cpr_numbers
from jobcenter.runtime.csvlines import Unreadable

COLUMNS = {
    "art": "kind",
    "nøgle": "person",
    "forløb": "spell",
    "målgruppe": "group",
    "fra": "start",
    "til": "end",
    "hvad": "what",
    "givet": "given",
    "timer": "hours",
    "tilmeldt": "registered",
}
"""Danish name of a column → English name; a file may use either."""

DANISH = {english: danish for danish, english in COLUMNS.items()}

KINDS = {"forløb": "spell", "samtale": "interview", "tilbud": "offer", "fritagelse": "exemption"}

WHATS: Mapping[str, Mapping[str, str]] = {
    "spell": {"job": "job", "uddannelse": "education", "ydelse": "benefit", "andet": "other"},
    "interview": {"jobcenter": "jobcentre", "a-kasse": "fund"},
    "offer": {
        "virksomhedspraktik": "work_trial",
        "løntilskud": "wage_subsidy",
        "nytteindsats": "utility_job",
        "vejledning": "training",
        "læsekursus": "reading_course",
        "paragraf-91": "section_91",
        "andet": "other",
    },
    "exemption": {"syg": "sick", "orlov": "leave", "arbejde": "work"},
}
"""What may stand in “hvad” of each kind of line, and what is stored."""

MOST_HOURS = 60

_KEY = re.compile(r"[0-9A-Za-z_-]{16,64}")
_HIDDEN_CPR = re.compile(r"[a-z]*(\d{10})[a-z]*", re.IGNORECASE)

Key = tuple[str, date]
"""Of a spell: the person, and its first day."""


@dataclass(frozen=True)
class Window:
    """The days a delivery tells of, both included."""

    first: date
    last: date

    def touches(self, spell: SpellLine) -> bool:
        return spell.starts_on <= self.last and (spell.ends_on is None or spell.ends_on >= self.first)


@dataclass(frozen=True)
class ActivityLine:
    event: str
    kind: str
    starts_on: date
    ends_on: date
    given_on: date | None = None
    hours: float | None = None


@dataclass(frozen=True)
class ExemptionLine:
    reason: str
    starts_on: date
    ends_on: date | None


@dataclass
class SpellLine:
    """A spell and the line it stands on, with what other lines say belongs to it."""

    line: int
    person: str
    group: str
    starts_on: date
    ends_on: date | None
    registered_on: date | None
    exit_to: str
    activities: list[ActivityLine] = field(default_factory=list)
    exemptions: list[ExemptionLine] = field(default_factory=list)

    @property
    def key(self) -> Key:
        return self.person, self.starts_on

    @property
    def digest(self) -> str:
        """Of all that is told of the spell, in whatever order the lines come."""
        told = (self.group, self.ends_on, self.registered_on, self.exit_to)
        belongs = sorted(map(repr, [*self.activities, *self.exemptions]))
        return hashlib.sha256(repr((told, belongs)).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Problem:
    """What is wrong with a line, counted from 1 as an editor counts."""

    line: int
    text: str


@dataclass(frozen=True)
class Reading:
    """The spells of a file, of no use while there is a problem."""

    spells: Sequence[SpellLine] = ()
    problems: Sequence[Problem] = ()


class _Wrong(ValueError):
    """Why a line cannot be used."""


def read(content: bytes, *, window: Window, groups: frozenset[str]) -> Reading:
    """Read a whole file. Raises Unreadable, with one sentence, when it cannot be read as a table at all."""
    spells: dict[Key, SpellLine] = {}
    problems: list[Problem] = []
    belongs: list[tuple[int, Mapping[str, str]]] = []

    def attempt(line: int, do: Callable[[], None]) -> None:
        try:
            do()
        except _Wrong as wrong:
            problems.append(Problem(line, str(wrong)))

    def add(line: int, row: Mapping[str, str]) -> None:
        if _kind(row) != "spell":
            belongs.append((line, row))
            return
        spell = _spell(row, line=line, window=window, groups=groups)
        if first := spells.get(spell.key):
            raise _Wrong(_("it repeats the spell in line %(line)s") % {"line": first.line})
        spells[spell.key] = spell

    for line, row in _rows(content):
        attempt(line, lambda: add(line, row))  # noqa: B023 called at once
    for line, told in belongs:
        attempt(line, lambda: _attach(told, spells=spells, window=window))  # noqa: B023
    for spell in spells.values():
        attempt(spell.line, lambda: _put_in_order(spell))  # noqa: B023
    problems += _overlapping(spells.values())
    if not spells and not problems:
        raise Unreadable(_("There is no spell in the file."))
    return Reading(spells=list(spells.values()), problems=sorted(problems, key=lambda one: one.line))


def person(text: str) -> str:
    """A person's key. Raises ValueError for what looks like a CPR number, without repeating it."""
    joined = re.sub(r"[^0-9A-Za-z]", "", text)
    hidden = _HIDDEN_CPR.fullmatch(joined)
    if cpr_numbers(text) or (hidden and cpr_numbers(f"{hidden[1][:6]}-{hidden[1][6:]}")):
        raise _Wrong(
            _(
                "the key looks like a CPR number; "
                "the case system must make a key that says nothing of the person"
            )
        )
    if not _KEY.fullmatch(text) or text.isdecimal():
        raise _Wrong(_("the key must have 16 to 64 letters and digits, with letters among them"))
    return text


def _rows(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line that is not empty, by the English names of its columns, with its number."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            _("The file is not saved as UTF-8: line %(line)s has a character that cannot be read.")
            % {"line": line}
        ) from None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    try:
        names = [COLUMNS.get(name.strip().casefold(), name.strip().casefold()) for name in next(reader, [])]
        if missing := [DANISH[name] for name in DANISH if name not in names]:
            raise Unreadable(_("The column “%(name)s” is missing.") % {"name": missing[0]})
        for cells in reader:
            if not any(cells):
                continue
            if len(cells) != len(names):
                raise Unreadable(
                    _("Line %(line)s has %(cells)s fields, and the first line %(columns)s.")
                    % {"line": reader.line_num, "cells": len(cells), "columns": len(names)}
                )
            yield reader.line_num, dict(zip(names, (cell.strip() for cell in cells), strict=True))
    except csv.Error:
        raise Unreadable(
            _("Line %(line)s cannot be read: a quotation mark is missing or too many.")
            % {"line": reader.line_num}
        ) from None


def _kind(row: Mapping[str, str]) -> str:
    text = row["kind"].casefold()
    kind = KINDS.get(text, text)
    if kind not in WHATS:
        raise _Wrong(_("“art” must be one of %(kinds)s") % {"kinds": ", ".join(KINDS)})
    return kind


def _spell(row: Mapping[str, str], *, line: int, window: Window, groups: frozenset[str]) -> SpellLine:
    if row["group"] not in groups:
        raise _Wrong(_("there is no target group “%(code)s”") % {"code": row["group"]})
    starts_on, ends_on = _day(row, "spell"), _day_or_none(row, "end")
    if ends_on and ends_on < starts_on:
        raise _Wrong(_("it ends before it begins"))
    if ends_on and ends_on > window.last:
        raise _Wrong(_("it ends after the last day the file tells of"))
    if row["what"] and not ends_on:
        raise _Wrong(_("it says what the spell was left for, and not when"))
    spell = SpellLine(
        line=line,
        person=person(row["person"]),
        group=row["group"],
        starts_on=starts_on,
        ends_on=ends_on,
        registered_on=_day_or_none(row, "registered"),
        exit_to=_what(row, "spell") if row["what"] else "",
    )
    if not window.touches(spell):
        raise _Wrong(_("no day of it lies within the days the file tells of"))
    return spell


def _attach(row: Mapping[str, str], *, spells: Mapping[Key, SpellLine], window: Window) -> None:
    """Put an activity or an exempt period with its spell."""
    spell = spells.get((person(row["person"]), _day(row, "spell")))
    if spell is None:
        raise _Wrong(_("the spell it belongs to is not in the file"))
    starts_on, ends_on = _day(row, "start"), _day_or_none(row, "end")
    if ends_on and ends_on < starts_on:
        raise _Wrong(_("it ends before it begins"))
    kind = _kind(row)
    what = _what(row, kind)
    if kind == "exemption":
        spell.exemptions.append(ExemptionLine(what, starts_on, ends_on))
        return
    if starts_on < min(spell.starts_on, spell.registered_on or spell.starts_on):
        raise _Wrong(_("it lies before the spell it belongs to"))
    if spell.ends_on and starts_on > spell.ends_on:
        raise _Wrong(_("it lies after the spell it belongs to"))
    if kind == "interview":
        if starts_on > window.last:
            raise _Wrong(_("the interview lies after the last day the file tells of"))
        spell.activities.append(ActivityLine(kind, what, starts_on, starts_on))
        return
    if ends_on is None:
        raise _Wrong(_("an offer needs a last day in “til”"))
    given_on = _day_or_none(row, "given")
    if what == "wage_subsidy" and given_on is None:
        raise _Wrong(_("a job with wage subsidy needs the day it was given in “givet”"))
    spell.activities.append(ActivityLine(kind, what, starts_on, ends_on, given_on, _hours(row)))


def _put_in_order(spell: SpellLine) -> None:
    """Sort what belongs to a spell. Raises _Wrong where two exempt periods overlap."""
    spell.exemptions.sort(key=lambda one: one.starts_on)
    spell.activities.sort(key=lambda one: (one.starts_on, one.event, one.kind))
    for one, following in pairwise(spell.exemptions):
        if one.ends_on is None or following.starts_on <= one.ends_on:
            raise _Wrong(_("two exempt periods of the spell overlap"))


def _overlapping(spells: Iterable[SpellLine]) -> Iterator[Problem]:
    """Spells of one person that share a day."""
    in_order = sorted(spells, key=lambda one: one.key)
    for one, following in pairwise(in_order):
        if one.person == following.person and (one.ends_on is None or following.starts_on <= one.ends_on):
            yield Problem(
                following.line,
                _("it overlaps the spell of the same person in line %(line)s") % {"line": one.line},
            )


def _what(row: Mapping[str, str], kind: str) -> str:
    allowed = WHATS[kind]
    text = row["what"].casefold()
    if text in allowed.values():
        return text
    if text not in allowed:
        raise _Wrong(_("“hvad” must be one of %(allowed)s") % {"allowed": ", ".join(allowed)})
    return allowed[text]


def _day(row: Mapping[str, str], column: str) -> date:
    found = _day_or_none(row, column)
    if found is None:
        raise _Wrong(_("“%(column)s” has no day") % {"column": DANISH[column]})
    return found


def _day_or_none(row: Mapping[str, str], column: str) -> date | None:
    text = row[column]
    if not text:
        return None
    for written in ("%Y-%m-%d", "%d-%m-%Y"):
        try:
            return datetime.strptime(text, written).date()  # noqa: DTZ007 a day has no time zone
        except ValueError:
            continue
    raise _Wrong(_("“%(column)s” is no day such as 2026-01-31") % {"column": DANISH[column]})


def _hours(row: Mapping[str, str]) -> float:
    try:
        hours = float(row["hours"].replace(",", "."))
    except ValueError:
        hours = 0.0
    if not 0 < hours <= MOST_HOURS:
        raise _Wrong(_("an offer needs its hours a week in “timer”, at most %(most)s") % {"most": MOST_HOURS})
    return hours
