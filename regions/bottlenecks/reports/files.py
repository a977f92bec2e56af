"""Issues as files: what the public page shows of each line, and for staff what was proposed and remarked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from jobcenter.classifications.models import Outlook
from jobcenter.pages.sheets import Column
from regions.bottlenecks.models import Category, Line, Report, Rule
from regions.measures import jsonstat
from regions.measures.jsonstat import Dimension
from regions.measures.periods import parse

Number = Callable[[Line], float | None]

NUMBERS: dict[str, tuple[str | Promise, Number]] = {
    "failed": (gettext_lazy("In vain or with another profile"), lambda line: line.failed),
    "attempts": (gettext_lazy("Recruitment attempts"), lambda line: line.attempts),
    "rate": (gettext_lazy("Rate"), lambda line: _rounded(line.rate)),
    "lower": (gettext_lazy("95 % interval, from"), lambda line: _rounded(line.lower)),
    "upper": (gettext_lazy("95 % interval, to"), lambda line: _rounded(line.upper)),
    "closed": (gettext_lazy("Closed vacancies"), lambda line: line.closed),
    "answered": (gettext_lazy("Share of answers"), lambda line: _rounded(line.answered)),
}
"""By their codes in the cube; shares from 0 to 1."""


def columns(rules: Mapping[int, Rule]) -> list[Column[Line]]:
    """Of lines with their reports, which know whether they are replaced. rules: by the reports' keys."""
    return [
        Column(_("Area"), lambda line: line.report.area.name),
        Column(_("Half-year"), lambda line: line.report.period),
        Column(_("Issue"), lambda line: line.report.number),
        Column(pgettext("report", "Published"), lambda line: _day(line.report.published_at)),
        Column(_("Replaced"), lambda line: _("yes") if line.report.is_replaced else _("no")),
        Column(_("Rule version"), lambda line: rules[line.report_id].version),
        Column(_("DISCO"), lambda line: line.occupation.code),
        Column(_("Occupation"), lambda line: line.occupation.title),
        Column(_("Category"), lambda line: Category(line.category).label),
        *(Column(name, number) for name, number in NUMBERS.values()),
    ]


def staff_columns(rules: Mapping[int, Rule]) -> list[Column[Line]]:
    """Of drafts too; with what the rule proposed and what was remarked, which the public is not told."""
    return [
        *columns(rules),
        Column(_("Proposed category"), lambda line: Category(line.proposed).label),
        Column(_("Remark"), lambda line: line.comment),
    ]


def cube(label: str, lines: Iterable[Line], rules: Mapping[int, Rule]) -> dict[str, Any]:
    """The lines as JSON-stat: half-year × occupation × area × number. rules: by the reports' keys.

    Whether it is hard to find people is 1 or 0, and missing where the category is "not assessed".
    """
    told = list(lines)
    reports = {line.report_id: line.report for line in told}.values()
    language = get_language() or "da"
    return jsonstat.dataset(
        label=label,
        source=_("The portal's closed vacancies"),
        updated=max(
            (timezone.localdate(one.published_at or one.computed_at) for one in reports), default=None
        ),
        dimensions=[
            Dimension(
                "period",
                _("Half-year"),
                {one.period: parse(one.period).in_words(language=language) for one in reports},
                role="time",
            ),
            Dimension(
                "occupation",
                _("Occupation"),
                {line.occupation.code: line.occupation.title for line in told},
            ),
            Dimension("area", _("Area"), {one.area.code: one.area.name for one in reports}, role="geo"),
            Dimension("number", _("Figure"), _names(), role="metric"),
        ],
        values={
            (line.report.period, line.occupation.code, line.report.area.code, code): value
            for line in told
            for code, value in _values(line).items()
        },
        notes=[_issue(one, rules[one.pk]) for one in reports],
    )


def name_of(report: Report) -> str:
    """Of the file of one issue."""
    return _("Bottlenecks %(area)s %(period)s issue %(number)s") % {
        "area": report.area.name,
        "period": report.period,
        "number": report.number,
    }


def rules_of(reports: Sequence[Report]) -> dict[int, Rule]:
    """The rule each report follows, by the report's key. One query."""
    rules = list(Rule.objects.all())
    return {
        report.pk: rule
        for report in reports
        for rule in rules
        if rule.valid_from <= report.ends_on and (not rule.valid_to or report.ends_on < rule.valid_to)
    }


def _values(line: Line) -> dict[str, float | None]:
    assessed = line.category in {*Outlook.HARD_TO_FILL, *Outlook.EASY_TO_FILL}
    return {
        **{code: number(line) for code, (_name, number) in NUMBERS.items()},
        "hard": int(line.category in Outlook.HARD_TO_FILL) if assessed else None,
    }


def _names() -> dict[str, str]:
    return {
        **{code: str(name) for code, (name, _number) in NUMBERS.items()},
        "hard": _("Hard to find people for (1: yes, 0: no)"),
    }


def _issue(report: Report, rule: Rule) -> str:
    about = {"area": report.area.name, "period": report.period, "version": rule.version}
    if not report.published_at:
        about["state"] = report.get_state_display()
        return _("%(area)s, %(period)s: %(state)s, rule version %(version)s") % about
    about |= {"number": report.number, "day": f"{timezone.localdate(report.published_at):%Y-%m-%d}"}
    said = _("%(area)s, %(period)s: issue %(number)s, published %(day)s, rule version %(version)s") % about
    return f"{said}. {_('A newer issue has replaced it.')}" if report.is_replaced else said


def _day(time: datetime | None) -> date | None:
    return timezone.localdate(time) if time else None


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
