"""Results as a file: CSV and XLSX for a spreadsheet, JSON-stat for a program. Never more than the page tells.

Every line says what it is of, which version of the definition it follows and how old its data are, so that
it can be read without the others. What is hidden, what is missing and what is zero are told apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from jobcenter.centres.models import Jobcentre
from jobcenter.geography.models import Municipality
from jobcenter.pages import sheets
from jobcenter.pages.sheets import Column
from regions.comparison import replying
from regions.comparison.beside import Beside, interval_of
from regions.comparison.history import Counted
from regions.comparison.models import Comparison, Result
from regions.comparison.profile import Brief
from regions.comparison.replying import Replies
from regions.comparison.showing import Figures, figures_of
from regions.comparison.standing import standing
from regions.dashboard.country import Country
from regions.dashboard.picture import Picture
from regions.measures import jsonstat
from regions.measures.direction import Direction
from regions.measures.jsonstat import Dimension
from regions.measures.models import Measure, Measurement
from regions.measures.periods import parse
from regions.measures.small_numbers import WORDS, limits_on
from regions.measures.suppression import State
from regions.oversight.law import Law, laws_of


@dataclass(frozen=True)
class Line:
    """One jobcentre in one comparison. result: None where it has no figures.

    law: what it is held against, where that is not what was expected. own_date: what day its own figure is
    as of; None where that has been replaced, or there is none.
    """

    comparison: Comparison
    jobcentre: Jobcentre
    figures: Figures
    result: Result | None
    law: Law | None = None
    own_date: date | None = None

    @property
    def data_date(self) -> date | None:
        """As of what day the data are; where the figure was replaced, those the comparison rests on."""
        return self.own_date or self.comparison.data_date if self.result else None

    @property
    def assessment(self) -> str | Promise:
        if self.result is None:
            return ""
        if self.law:
            return self.law.keeping(self.result).word
        direction = Direction(self.comparison.measure.direction)
        return standing(z=self.result.z_adjusted, direction=direction).word

    @property
    def required(self) -> float | None:
        """The share that the law requires, in per cent."""
        return 100 * self.law.requirement.required_share if self.law and self.law.requirement else None

    def end(self, name: str) -> float | None:
        """An end of the share's interval, in per cent; there is none of a share that is not told."""
        interval = interval_of(self.figures)
        return None if interval is None else 100 * float(getattr(interval, name))

    def score(self, name: str) -> float | None:
        """z or p, which hidden numbers could be worked out from."""
        return None if self.result is None or self.figures.is_hidden else getattr(self.result, name)


NUMBERS: Mapping[str, tuple[str | Promise, Callable[[Line], float | None]]] = {
    "actual": (gettext_lazy("Actual"), lambda line: line.figures.actual),
    "base": (gettext_lazy("Out of"), lambda line: line.figures.base),
    "expected": (gettext_lazy("Expected"), lambda line: line.figures.expected),
    "ratio": (gettext_lazy("In per cent of expected"), lambda line: line.figures.ratio),
    "difference": (gettext_lazy("Difference, persons"), lambda line: line.figures.difference),
    "points": (gettext_lazy("Difference, percentage points"), lambda line: line.figures.points),
    "lower": (gettext_lazy("Share, lower end"), lambda line: line.end("lower")),
    "upper": (gettext_lazy("Share, upper end"), lambda line: line.end("upper")),
    "required": (gettext_lazy("Required share"), lambda line: line.required),
    "z": ("z", lambda line: line.score("z")),
    "z_adjusted": (gettext_lazy("z, adjusted for over-dispersion"), lambda line: line.score("z_adjusted")),
    "p_adjusted": (
        gettext_lazy("p, adjusted for the number of comparisons"),
        lambda line: line.score("p_adjusted"),
    ),
}
"""Code → what it is called, and what a line has of it."""


def of_picture(picture: Picture) -> list[Line]:
    """The area's jobcentres as its page shows them, and those that have no figures."""
    lines = [Line(picture.comparison, row.jobcentre, row.figures, row.result) for row in picture.rows]
    without = (
        Line(picture.comparison, jobcentre, Figures(State.MISSING), None) for jobcentre in picture.without
    )
    return [*lines, *without]


def of_beside(shown: Beside) -> list[Line]:
    """Those that are compared with each other, as the comparison tool shows them."""
    return [Line(shown.comparison, row.jobcentre, row.figures, row.result) for row in shown.rows]


def of_country(country: Country) -> list[Line]:
    """Every jobcentre of the country, as its page shows them, and those that have no figures."""
    lines = [Line(country.comparison, one.jobcentre, one.figures, one.result) for one in country.places]
    without = (
        Line(country.comparison, jobcentre, Figures(State.MISSING), None) for jobcentre in country.without
    )
    return [*lines, *without]


def of_periods(jobcentre: Jobcentre, compared: Iterable[Counted]) -> list[Line]:
    """One jobcentre on one measure, period by period."""
    return [Line(one.comparison, jobcentre, one.figures, one.result) for one in compared]


def of_profile(jobcentre: Jobcentre, lines: Iterable[Brief]) -> list[Line]:
    """One jobcentre's latest result on every measure."""
    return [Line(line.comparison, jobcentre, line.figures, line.latest) for line in lines]


def of_measure(measure: Measure, *, reader: Jobcentre | None) -> list[Line]:
    """Every jobcentre's results on a measure, the newest period first. Two queries. reader: to whom alone its
    own small numbers are told."""
    limits = limits_on(timezone.localdate())
    results = (
        Result.objects.filter(comparison__measure=measure)
        .select_related("comparison__measure", "comparison__target_group", "jobcentre")
        .order_by("-comparison__ends_on", "comparison__target_group__code", "jobcentre__sort_key")
    )
    return [
        Line(
            result.comparison,
            result.jobcentre,
            figures_of(result, limits=limits, is_own=result.jobcentre == reader),
            result,
        )
        for result in results
    ]


def asked(request: HttpRequest, name: str, lines: Callable[[], Sequence[Line]]) -> HttpResponseBase | None:
    """Results as the file the address asks for, else None. name: of the file, and the title of the cube."""
    if sheets.ASKED not in request.GET:
        return None
    told = dated(held(lines()))
    replies = replying.beside(line.result for line in told if line.result)
    return sheets.asked(request, name, columns(replies), told, cube=lambda: results_as_cube(name, told))


def dated(lines: Sequence[Line]) -> list[Line]:
    """Each with what day its own figure is as of. One query."""
    figures = Measurement.objects.filter(
        measure__in={line.comparison.measure_id for line in lines},
        period__in={line.comparison.period for line in lines},
        jobcentre__in={line.jobcentre.pk for line in lines},
    ).values_list("measure", "target_group", "period", "jobcentre", "delivery__data_date")
    day_of = {tuple(about): day for *about, day in figures}

    def own_date(line: Line) -> date | None:
        one = line.comparison
        return day_of.get((one.measure_id, one.target_group_id, one.period, line.jobcentre.pk))

    return [replace(line, own_date=own_date(line)) for line in lines]


def held(lines: Sequence[Line]) -> list[Line]:
    """Each with the law it is held against, where it is. One query if any is, else none."""
    laws = laws_of(line.comparison for line in lines)
    return [replace(line, law=laws.get(line.comparison.pk)) for line in lines]


def columns(replies: Replies) -> list[Column[Line]]:
    return [
        Column(_("Measure"), lambda line: line.comparison.measure.code),
        Column(_("Title"), lambda line: line.comparison.measure.title),
        Column(_("Target group"), lambda line: line.comparison.target_group),
        Column(_("Period"), lambda line: line.comparison.period),
        Column(_("Code"), lambda line: line.jobcentre.code),
        Column(_("Jobcentre"), lambda line: line.jobcentre.name),
        Column(_("Assessment"), lambda line: line.assessment),
        *(Column(title, _rounded(number)) for title, number in NUMBERS.values()),
        Column(_("Status"), lambda line: WORDS[line.figures.state]),
        Column(_("Definition version"), lambda line: line.comparison.definition_version),
        Column(_("Data date"), lambda line: line.data_date),
        Column(_("Source"), lambda line: line.comparison.measure.source),
        Column(_("The jobcentre's comment"), lambda line: _said_of(line, replies)),
    ]


def _said_of(line: Line, replies: Replies) -> str:
    """With who said it and when, as on the page."""
    reply = replies.get(line.result.pk) if line.result else None
    return f"{reply.text} ({reply.by.name}, {timezone.localdate(reply.at):%Y-%m-%d})" if reply else ""


def _rounded(number: Callable[[Line], float | None]) -> Callable[[Line], float | None]:
    def told(line: Line) -> float | None:
        value = number(line)
        return sheets.rounded(value, 4) if isinstance(value, float) else value

    return told


def results_as_cube(label: str, lines: Sequence[Line]) -> dict[str, object]:
    """Measure × target group × period × jobcentre × number."""
    comparisons = {line.comparison.pk: line.comparison for line in lines}.values()
    values: dict[jsonstat.Key, float | None] = {}
    hidden: set[jsonstat.Key] = set()
    for line in lines:
        comparison = line.comparison
        cell = (comparison.measure.code, comparison.target_group.code, comparison.period, line.jobcentre.code)
        for code, (_title, number) in NUMBERS.items():
            values[(*cell, code)] = _rounded(number)(line)
            if line.figures.is_hidden:
                hidden.add((*cell, code))
    return jsonstat.dataset(
        label=label,
        source="; ".join(dict.fromkeys(one.measure.source for one in comparisons)),
        updated=max((one.data_date for one in comparisons), default=None),
        dimensions=[
            Dimension("measure", _("Measure"), {one.measure.code: one.measure.title for one in comparisons}),
            Dimension(
                "group",
                _("Target group"),
                {one.target_group.code: str(one.target_group) for one in comparisons},
            ),
            _periods(one.period for one in comparisons),
            Dimension(
                "jobcentre",
                _("Jobcentre"),
                {line.jobcentre.code: line.jobcentre.name for line in lines},
                role="geo",
            ),
            Dimension(
                "number",
                _("Figure"),
                {code: str(title) for code, (title, _get) in NUMBERS.items()},
                role="metric",
            ),
        ],
        values=values,
        suppressed=frozenset(hidden),
        notes=[
            _("%(measure)s, %(group)s, %(period)s: definition version %(version)s, newest data: %(day)s.")
            % {
                "measure": one.measure.code,
                "group": one.target_group.code,
                "period": one.period,
                "version": one.definition_version,
                "day": one.data_date.isoformat(),
            }
            for one in comparisons
        ],
    )


@dataclass(frozen=True)
class Fact:
    """A municipality's figure of a fact about the labour market; None where it has none."""

    measure: Measure
    period: str
    municipality: Municipality
    figure: Measurement | None

    @property
    def state(self) -> State:
        if self.figure is None:
            return State.MISSING
        return State.SHOWN if self.figure.value else State.ZERO


def facts_of(measure: Measure, period: str, figures: Iterable[Measurement]) -> list[Fact]:
    """Every municipality, in Danish order. One query beside that of the figures."""
    by_municipality = {figure.municipality_id: figure for figure in figures}
    everyone = Municipality.objects.order_by("sort_key")
    return [Fact(measure, period, one, by_municipality.get(one.pk)) for one in everyone]


def facts_asked(
    request: HttpRequest, name: str, facts: Callable[[], Sequence[Fact]]
) -> HttpResponseBase | None:
    """Facts as the file the address asks for, else None."""
    told = facts()
    return sheets.asked(request, name, fact_columns(), told, cube=lambda: facts_as_cube(name, told))


def fact_columns() -> list[Column[Fact]]:
    return [
        Column(_("Measure"), lambda fact: fact.measure.code),
        Column(_("Title"), lambda fact: fact.measure.title),
        Column(_("Period"), lambda fact: fact.period),
        Column(_("Code"), lambda fact: fact.municipality.code),
        Column(_("Municipality"), lambda fact: fact.municipality.name),
        Column(_("Value"), lambda fact: fact.figure and fact.figure.value),
        Column(_("Out of"), lambda fact: fact.figure and fact.figure.denominator),
        Column(_("Status"), lambda fact: WORDS[fact.state]),
        Column(_("Definition version"), lambda fact: fact.measure.version),
        Column(_("Data date"), lambda fact: fact.figure and fact.figure.delivery.data_date),
        Column(_("Source"), lambda fact: fact.figure.delivery.source if fact.figure else ""),
    ]


def facts_as_cube(label: str, facts: Sequence[Fact]) -> dict[str, object]:
    """Measure × period × municipality × number."""
    values: dict[jsonstat.Key, float | None] = {}
    for fact in facts:
        cell = (fact.measure.code, fact.period, fact.municipality.code)
        values[(*cell, "value")] = fact.figure.value if fact.figure else None
        values[(*cell, "base")] = fact.figure.denominator if fact.figure else None
    told = [fact.figure.delivery for fact in facts if fact.figure]
    measures = {fact.measure.code: fact.measure for fact in facts}
    return jsonstat.dataset(
        label=label,
        source="; ".join(dict.fromkeys(delivery.source for delivery in told)),
        updated=max((delivery.data_date for delivery in told), default=None),
        dimensions=[
            Dimension("measure", _("Measure"), {code: one.title for code, one in measures.items()}),
            _periods(fact.period for fact in facts),
            Dimension(
                "municipality",
                _("Municipality"),
                {fact.municipality.code: fact.municipality.name for fact in facts},
                role="geo",
            ),
            Dimension("number", _("Figure"), {"value": _("Value"), "base": _("Out of")}, role="metric"),
        ],
        values=values,
        notes=[
            _("%(measure)s: definition version %(version)s.") % {"measure": code, "version": one.version}
            for code, one in measures.items()
        ],
    )


def _periods(codes: Iterable[str]) -> Dimension:
    language = get_language() or "da"
    named = {code: parse(code).in_words(language=language) for code in sorted(set(codes))}
    return Dimension("period", _("Period"), named, role="time")
