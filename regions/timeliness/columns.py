"""How the deadlines were kept, as files: what the pages tell of them and no more.

Every line names its rule's version and the last day of the data; hidden, missing and zero are told apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext as _

from jobcenter.centres.models import Jobcentre
from jobcenter.pages.sheets import Column
from regions.measures import jsonstat
from regions.measures.jsonstat import Dimension
from regions.measures.models import Measure
from regions.measures.small_numbers import WORDS
from regions.measures.suppression import State
from regions.timeliness.keeping import Line, Standing
from regions.timeliness.late import Late

Told = Line | Standing

LATE: list[Column[Late]] = [
    Column(gettext_lazy("Key"), lambda one: one.spell.person),
    Column(gettext_lazy("Spell from"), lambda one: one.spell.starts_on),
    Column(gettext_lazy("Target group"), lambda one: one.rule.target_group),
    Column(gettext_lazy("Deadline"), lambda one: one.rule.title),
    Column(gettext_lazy("Came due on"), lambda one: one.deadline.due_on),
    Column(gettext_lazy("Days late"), lambda one: one.deadline.days_late),
    Column(
        gettext_lazy("Status"), lambda one: gettext("done late") if one.is_done else gettext("not done yet")
    ),
]
"""For the jobcentre itself."""


def state_of(told: Told) -> State:
    if told.due is None:
        return State.SUPPRESSED
    if not told.due:
        return State.MISSING
    return State.SHOWN if told.timely else State.ZERO


def numbers_of(told: Told) -> dict[str, float | None]:
    """How many came due, and how many of them in time; the share in per cent."""
    if not told.due:
        return {"share": None, "timely": None, "due": None}
    return {"share": round(100 * (told.share or 0), 4), "timely": told.timely, "due": told.due}


def numbers() -> dict[str, str]:
    return {"share": _("Kept in time, per cent"), "timely": _("In time"), "due": _("Came due")}


def _number_columns() -> list[Column[Any]]:
    def column(code: str, title: str) -> Column[Any]:
        return Column(title, lambda told: numbers_of(told)[code])

    return [
        *(column(code, title) for code, title in numbers().items()),
        Column(_("Status"), lambda told: WORDS[state_of(told)]),
    ]


def of_standings(
    period: str, *, reach: Mapping[int, date], measures: Iterable[Measure]
) -> list[Column[Standing]]:
    """The jobcentres in a quarter. reach: by jobcentre, the last day its data tell of."""
    versions = versions_in_words(measures)
    return [
        Column(_("Code"), lambda one: one.jobcentre.code),
        Column(_("Jobcentre"), lambda one: one.jobcentre.name),
        Column(_("Period"), lambda one: period),
        *_number_columns(),
        Column(_("Definition version"), lambda one: versions),
        Column(_("Data date"), lambda one: reach.get(one.jobcentre.pk)),
    ]


def of_lines(jobcentre: Jobcentre, period: str, *, reach: date | None) -> list[Column[Line]]:
    """A jobcentre's deadlines in a quarter. How late is there for those alone who are told it."""
    return [
        Column(_("Code"), lambda line: jobcentre.code),
        Column(_("Jobcentre"), lambda line: jobcentre.name),
        Column(_("Period"), lambda line: period),
        Column(_("Measure"), lambda line: line.rule.measure.code),
        Column(_("Deadline"), lambda line: line.rule.title),
        Column(_("Target group"), lambda line: line.rule.target_group),
        Column(_("Whose duty"), lambda line: line.rule.get_duty_display()),
        *_number_columns(),
        Column(_("Up to a week late"), lambda line: line.kept and line.kept.late_a_week),
        Column(_("Up to a month"), lambda line: line.kept and line.kept.late_a_month),
        Column(_("More"), lambda line: line.kept and line.kept.late_more),
        Column(_("Not done yet"), lambda line: line.kept and line.kept.not_done),
        Column(_("Definition version"), lambda line: line.rule.measure.version),
        Column(_("The rule is in force from"), lambda line: line.rule.valid_from),
        Column(_("Data date"), lambda line: reach),
    ]


def versions_in_words(measures: Iterable[Measure]) -> str:
    """“interviews_on_time 2; offers_on_time 1”."""
    return "; ".join(f"{measure.code} {measure.version}" for measure in measures)


def standings_as_cube(
    label: str,
    standings: Sequence[Standing],
    *,
    period: Dimension,
    reach: Mapping[int, date],
    measures: Sequence[Measure],
) -> dict[str, Any]:
    """Period × jobcentre × number."""
    cells = {(*period.categories, one.jobcentre.code): one for one in standings}
    jobcentres = {one.jobcentre.code: one.jobcentre.name for one in standings}
    return _cube(
        label,
        cells,
        [period, Dimension("jobcentre", _("Jobcentre"), jobcentres, role="geo")],
        updated=max(reach.values(), default=None),
        measures=measures,
    )


def lines_as_cube(
    label: str, lines: Sequence[Line], *, period: Dimension, reach: date | None
) -> dict[str, Any]:
    """Period × rule × target group × number."""
    cells = {(*period.categories, _code(line), line.rule.target_group.code): line for line in lines}
    measures = {line.rule.measure_id: line.rule.measure for line in lines}
    return _cube(
        label,
        cells,
        [
            period,
            Dimension("deadline", _("Deadline"), {_code(line): line.rule.title for line in lines}),
            Dimension(
                "group",
                _("Target group"),
                {line.rule.target_group.code: str(line.rule.target_group) for line in lines},
            ),
        ],
        updated=reach,
        measures=list(measures.values()),
    )


def _code(line: Line) -> str:
    """Of the version of a rule: two may hold in one quarter, for those who began before a day and after."""
    return f"{line.rule.code}-{line.rule.valid_from:%Y-%m-%d}"


def _cube(
    label: str,
    cells: Mapping[jsonstat.Key, Told],
    dimensions: Sequence[Dimension],
    *,
    updated: date | None,
    measures: Sequence[Measure],
) -> dict[str, Any]:
    values = {
        (*cell, code): number for cell, told in cells.items() for code, number in numbers_of(told).items()
    }
    hidden = {
        (*cell, code)
        for cell, told in cells.items()
        for code in numbers()
        if state_of(told) is State.SUPPRESSED
    }
    return jsonstat.dataset(
        label=label,
        source="; ".join(dict.fromkeys(measure.source for measure in measures)),
        updated=updated,
        dimensions=[*dimensions, Dimension("number", _("Figure"), numbers(), role="metric")],
        values=values,
        suppressed=frozenset(hidden),
        notes=[
            _("%(measure)s: definition version %(version)s.")
            % {"measure": measure.code, "version": measure.version}
            for measure in measures
        ],
    )
