"""A published comparison as a file: never more than its page tells, and the same for as long as it stands.

Numbers are rounded as on the page or a little finer: expected values rest on everybody's figures, the
hidden ones too, and no more of them is told than anybody needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from jobcenter.pages import sheets
from jobcenter.pages.sheets import Column
from regions.measures import jsonstat
from regions.measures.jsonstat import Dimension
from regions.measures.periods import parse
from regions.measures.small_numbers import WORDS
from regions.measures.suppression import State
from regions.publications.models import FrozenResult
from regions.publications.reading import Row, Shown


def rounded(name: str, decimals: int) -> Callable[[FrozenResult], float | None]:
    def told(frozen: FrozenResult) -> float | None:
        value = getattr(frozen, name)
        return sheets.rounded(value, decimals) if isinstance(value, float) else value

    return told


NUMBERS: Mapping[str, tuple[str | Promise, Callable[[FrozenResult], float | None]]] = {
    "actual": (gettext_lazy("Actual"), rounded("actual", 0)),
    "base": (gettext_lazy("Out of"), rounded("base", 0)),
    "share": (gettext_lazy("Share"), rounded("share", 4)),
    "expected": (gettext_lazy("Expected"), rounded("expected", 1)),
    "difference": (gettext_lazy("Difference, persons"), rounded("difference", 1)),
    "points": (gettext_lazy("Difference, percentage points"), rounded("points", 2)),
    "ratio": (gettext_lazy("In per cent of expected"), rounded("ratio", 1)),
    "z_adjusted": (gettext_lazy("z, adjusted for over-dispersion"), rounded("z_adjusted", 2)),
    "p_adjusted": (gettext_lazy("p, adjusted for the number of comparisons"), rounded("p_adjusted", 4)),
}
"""Code → what it is called, and what a result has of it."""


def asked(request: HttpRequest, shown: Shown) -> HttpResponseBase | None:
    """The comparison as the file the address asks for, else None."""
    frozen = shown.frozen
    name = _("Issue %(number)s, %(measure)s") % {
        "number": frozen.publication.number or _("draft"),
        "measure": frozen.code,
    }
    return sheets.asked(request, name, columns(shown), shown.rows, cube=lambda: cube(name, shown))


def columns(shown: Shown) -> list[Column[Row]]:
    frozen, issue = shown.frozen, shown.frozen.publication
    names = {row.participant.jobcentre_id: row.participant.short_name for row in (*shown.rows, *shown.rest)}
    return [
        Column(_("Issue"), lambda row: issue.number),
        Column(_("Measure"), lambda row: frozen.code.split(".")[0]),
        Column(_("Title"), lambda row: frozen.definition.title),
        Column(_("Target group"), lambda row: frozen.group),
        Column(_("Period"), lambda row: frozen.period),
        Column(_("Code"), lambda row: row.participant.code),
        Column(_("Jobcentre"), lambda row: row.participant.name),
        *(Column(title, _of(number)) for title, number in NUMBERS.values()),
        Column(_("Status"), lambda row: WORDS[State(row.frozen.state)]),
        Column(
            _("Peers, the nearest first"), lambda row: ", ".join(names[peer] for peer in row.frozen.peers)
        ),
        Column(_("Definition version"), lambda row: frozen.definition.version),
        Column(_("Data date"), lambda row: frozen.data_date),
        Column(_("Year of the framework conditions"), lambda row: frozen.conditions_year),
        Column(_("Source"), lambda row: frozen.definition.source),
    ]


def _of(number: Callable[[FrozenResult], float | None]) -> Callable[[Row], float | None]:
    return lambda row: number(row.frozen)


def cube(label: str, shown: Shown) -> dict[str, object]:
    """Period × jobcentre × number, of one measure and target group."""
    frozen = shown.frozen
    values: dict[jsonstat.Key, float | None] = {}
    hidden: set[jsonstat.Key] = set()
    for row in shown.rows:
        for code, (_title, number) in NUMBERS.items():
            key = (frozen.period, row.participant.code, code)
            values[key] = number(row.frozen)
            if row.frozen.is_hidden:
                hidden.add(key)
    return jsonstat.dataset(
        label=f"{label}: {frozen}",
        source=frozen.definition.source,
        updated=frozen.data_date,
        dimensions=[
            Dimension(
                "period",
                _("Period"),
                {frozen.period: parse(frozen.period).in_words(language=get_language() or "da")},
                role="time",
            ),
            Dimension(
                "jobcentre",
                _("Jobcentre"),
                {row.participant.code: row.participant.name for row in shown.rows},
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
            _("%(measure)s, %(group)s, %(period)s: definition version %(version)s, data as of %(day)s.")
            % {
                "measure": frozen.code.split(".")[0],
                "group": frozen.group,
                "period": frozen.period,
                "version": frozen.definition.version,
                "day": frozen.data_date.isoformat(),
            }
        ],
    )
