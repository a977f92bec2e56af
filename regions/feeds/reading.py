"""A table of measurements, read: every figure it holds, or every reason why it cannot be used. Pure.

The portal's own files have one line for each figure:

    måling;målgruppe;jobcenter;periode;tæller;nævner
    job_after_6_months;ready_for_work;0259;2026QMAT03;547;1346

Numbers are written as Danes write them (1.346 and 26,3). A missing figure is empty, "-", ".." or ".".
Which measures, groups and places there are is told by the caller (`Known`). A million lines are read with
one look-up for each text: what a text means is worked out the first time it is met.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.utils.translation import gettext as _

from jobcenter.runtime.csvlines import Unreadable
from regions.feeds.figures import Figure, Key
from regions.feeds.layout import DANISH, OWN, Layout, plan_of_own
from regions.feeds.table import Table, table_of
from regions.measures.periods import Frequency, NotAPeriod, Period, latest_ended, parse

Text = TypeVar("Text")
Meaning = TypeVar("Meaning")
Counts = tuple[int, int]

MISSING = frozenset({"", "-", "..", "."})
ROUNDING = 0.051
"""A per cent that is published with one decimal lies no further from its counts than this."""

MOST = 1e12
"""No figure is more: the country's wages in kroner are fewer. Above it is a slip, or no number at all."""

_NUMBER = re.compile(r"(?P<sign>[-−])?(?P<whole>\d+|\d{1,3}(?:\.\d{3})+)(?:,(?P<decimals>\d+))?")


@dataclass(frozen=True)
class KnownMeasure:
    """mature_after: months from the end of a period until its figures are final.
    mature_until: the last day of the latest period of which that is so today. frequency: the kind of its
    periods; None where any will do.
    """

    is_per_cent: bool
    needs_group: bool
    mature_after: int = 0
    mature_until: date = date.max
    frequency: Frequency | None = None


@dataclass(frozen=True)
class Known:
    """What a figure can be about. `own_…`: the places this deliverer may tell about.

    `…_named`: code by name in small letters. wholes: names, in small letters, of what holds many places (the
    country, a region); tables tell of them too, and nothing is stored of them.
    """

    measures: Mapping[str, KnownMeasure]
    groups: frozenset[str]
    municipalities: frozenset[str]
    jobcentres: frozenset[str]
    own_municipalities: frozenset[str]
    own_jobcentres: frozenset[str]
    today: date
    municipality_named: Mapping[str, str] = field(default_factory=dict)
    jobcentre_named: Mapping[str, str] = field(default_factory=dict)
    wholes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Problem:
    """What is wrong with a line, counted from 1 as an editor counts."""

    line: int
    text: str


@dataclass(frozen=True)
class Reading:
    """The figures of a table, of no use while there is a problem.

    missing: places without a figure. wholes: figures of a region or the country, which nobody stores.
    """

    figures: Sequence[Figure] = ()
    missing: int = 0
    wholes: int = 0
    problems: Sequence[Problem] = ()


def read(content: bytes, *, known: Known, layout: Layout = OWN) -> Reading:
    """Read a whole file. Raises Unreadable, with one sentence, when it cannot be read as a table at all."""
    return read_table(table_of(content), known=known, layout=layout)


def read_table(table: Table, *, known: Known, layout: Layout = OWN) -> Reading:
    plan = plan_of_own(table.headings) if layout is OWN else layout.plan(table.headings)
    meanings = _Meanings(known=known, layout=layout)
    figures: list[Figure] = []
    problems: list[Problem] = []
    missing = wholes = 0
    first_line_of: dict[Key, int] = {}
    for line, cells in table.lines:
        row = (*cells, *plan.constants)
        for take in plan.takes:
            try:
                subject = meanings.subjects[row[take.measure], row[take.group]]
                place = meanings.places[row[take.municipality], row[take.jobcentre]]
                if place is None:
                    wholes += 1
                    continue
                period = meanings.periods[row[take.period]]
                if period.frequency not in subject.told_in:
                    raise _Wrong(subject.of_another_kind(period, today=known.today))
                if period.ends_on > subject.mature_until:
                    raise _Wrong(subject.not_mature(period))
                said = (
                    meanings.numbers[row[take.value]],
                    meanings.numbers[row[take.numerator]],
                    meanings.numbers[row[take.denominator]],
                )
                if said == NOTHING:
                    missing += 1
                    continue
                counted = _counted(subject, *said, factor=layout.factor)
                if counted is None:
                    missing += 1
                    continue
                figure = Figure(line, subject.measure, subject.group, *place, period, *counted)  # type: ignore[arg-type]
                first = first_line_of.setdefault(figure.key, line)
                if first != line:
                    raise _Wrong(_("it gives the same figure as line %(line)s") % {"line": first})
                figures.append(figure)
            except _Wrong as wrong:
                problems.append(Problem(line, str(wrong)))
    if not figures and not problems:
        raise Unreadable(_("There is no figure in the file."))
    return Reading(figures=figures, missing=missing, wholes=wholes, problems=problems)


NOTHING = (None, None, None)


class _Wrong(ValueError):
    """Why a figure cannot be used."""


class _Remembered(dict[Text, Meaning]):
    """What a text means, worked out when it is first met."""

    def __init__(self, find: Callable[[Text], Meaning]) -> None:
        super().__init__()
        self.find = find

    def __missing__(self, text: Text) -> Meaning:
        meaning = self[text] = self.find(text)
        return meaning


@dataclass(frozen=True)
class _Subject:
    """What a figure is of."""

    measure: str
    group: str | None
    is_per_cent: bool
    mature_after: int
    mature_until: date
    told_in: frozenset[Frequency]

    def of_another_kind(self, period: Period, *, today: date) -> str:
        examples = sorted(latest_ended(frequency, on=today).code for frequency in self.told_in)
        return _(
            "figures of “%(measure)s” are not told in periods like %(period)s: write it like %(examples)s"
        ) % {"measure": self.measure, "period": period.code, "examples": _(" or ").join(examples)}

    def not_mature(self, period: Period) -> str:
        return _(
            "the period %(period)s is not mature: figures of “%(measure)s” are final %(months)s months after "
            "it has ended"
        ) % {"period": period.code, "measure": self.measure, "months": self.mature_after}


class _Meanings:
    """What the texts of a table mean, each worked out once."""

    def __init__(self, *, known: Known, layout: Layout) -> None:
        self.known, self.layout = known, layout
        self.subjects = _Remembered(self._subject)
        self.places = _Remembered(self._place)
        self.periods = _Remembered(self._period)
        self.numbers = _Remembered(_number)

    def _subject(self, texts: tuple[str, str]) -> _Subject:
        code, group = (
            self.layout.words.get(name, {}).get(text.strip(), text.strip())
            for name, text in zip(("measure", "group"), texts, strict=True)
        )
        measure = self.known.measures.get(code)
        if measure is None:
            raise _Wrong(_("there is no measure “%(code)s”") % {"code": code})
        if group and group not in self.known.groups:
            raise _Wrong(_("there is no target group “%(code)s”") % {"code": group})
        if measure.needs_group and not group:
            raise _Wrong(_("the measure “%(code)s” needs a target group") % {"code": code})
        return _Subject(
            measure=code,
            group=group or None,
            is_per_cent=measure.is_per_cent,
            mature_after=measure.mature_after,
            mature_until=measure.mature_until,
            told_in=measure.frequency.told_in if measure.frequency else frozenset(Frequency),
        )

    def _place(self, texts: tuple[str, str]) -> tuple[str | None, str | None] | None:
        """Codes of the municipality and of the jobcentre: one of them; None for what holds many places."""
        municipality, jobcentre = (text.strip() for text in texts)
        if bool(municipality) == bool(jobcentre):
            raise _Wrong(_("it must name a municipality or a jobcentre, and not both"))
        if (municipality or jobcentre).casefold() in self.known.wholes:
            return None
        if municipality:
            return self._municipality(municipality), None
        return None, self._jobcentre(jobcentre)

    def _municipality(self, text: str) -> str:
        code = self.known.municipality_named.get(text.casefold()) or _code(text)
        if code not in self.known.municipalities:
            raise _Wrong(_("there is no municipality with the code %(code)s") % {"code": code})
        if code not in self.known.own_municipalities:
            raise _Wrong(_("%(code)s lies outside your area") % {"code": code})
        return code

    def _jobcentre(self, text: str) -> str:
        code = self.known.jobcentre_named.get(text.casefold()) or _code(text)
        if code not in self.known.jobcentres:
            raise _Wrong(_("there is no jobcentre with the code %(code)s") % {"code": code})
        if code not in self.known.own_jobcentres:
            raise _Wrong(_("%(code)s lies outside your area") % {"code": code})
        return code

    def _period(self, text: str) -> Period:
        code = text.strip()
        try:
            period = parse(code.upper())
        except NotAPeriod:
            raise _Wrong(
                _("“%(code)s” is no period; write it like 2026M09, 2026Q03, 2026H01, 2026Y01 or 2026QMAT03")
                % {"code": code}
            ) from None
        if period.ends_on >= self.known.today:
            raise _Wrong(_("the period %(code)s has not ended yet") % {"code": code})
        return period


def _code(text: str) -> str:
    """A code of four digits; spreadsheets drop the 0 it begins with."""
    return text.zfill(4) if text.isdecimal() else text


def _number(text: str) -> float | None:
    """A number as Danes write it; None when it is missing. Raises _Wrong for anything else."""
    if text.isdigit() and text.isascii():
        return _within_reason(text, float(text))
    text = text.strip()
    if text in MISSING:
        return None
    match = _NUMBER.fullmatch(text.replace("\N{NO-BREAK SPACE}", ""))
    if not match:
        raise _Wrong(
            _(
                "“%(text)s” is no number: write a comma before decimals (12,5) "
                "and dots only between thousands (1.250)"
            )
            % {"text": text}
        )
    if match["sign"]:
        raise _Wrong(_("a figure is negative: %(text)s") % {"text": text})
    return _within_reason(text, float(f"{match['whole'].replace('.', '')}.{match['decimals'] or 0}"))


def _within_reason(text: str, number: float) -> float:
    if number > MOST:
        raise _Wrong(_("%(beginning)s… is too large to be a figure") % {"beginning": text[:12]})
    return number


def _counted(
    subject: _Subject,
    value: float | None,
    numerator: float | None,
    denominator: float | None,
    *,
    factor: float,
) -> tuple[float, int | None, int | None] | None:
    """Value, numerator and denominator; None when there is nobody to count among. Raises _Wrong."""
    if value is not None and factor != 1:
        value = round(value * factor, 9)
    if numerator is None and denominator is None:
        assert value is not None
        if subject.is_per_cent and value > 100:
            raise _Wrong(_("%(value)s is more than 100 per cent") % {"value": _danish(value)})
        return value, None, None
    counts = _counts(numerator, denominator, is_per_cent=subject.is_per_cent)
    return counts and (_share(value, counts), *counts)


def _counts(numerator: float | None, denominator: float | None, *, is_per_cent: bool) -> Counts | None:
    """Numerator and denominator as whole persons; None when there is nobody to count among."""
    if not is_per_cent:
        raise _Wrong(_("only per cents have a numerator and a denominator"))
    if numerator is None or denominator is None:
        given, lacking = ("numerator", "denominator") if denominator is None else ("denominator", "numerator")
        raise _Wrong(
            _("it has “%(given)s” and no “%(lacking)s”")
            % {"given": DANISH[given], "lacking": DANISH[lacking]}
        )
    for column, count in (("numerator", numerator), ("denominator", denominator)):
        if not count.is_integer():
            raise _Wrong(_("“%(column)s” counts persons and must be whole") % {"column": DANISH[column]})
    if numerator > denominator:
        raise _Wrong(
            _("“tæller” (%(numerator)s) is more than “nævner” (%(denominator)s)")
            % {"numerator": int(numerator), "denominator": int(denominator)}
        )
    return (int(numerator), int(denominator)) if denominator else None


def _share(value: float | None, counts: Counts) -> float:
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


def _danish(value: float) -> str:
    return f"{value:g}".replace(".", ",")
