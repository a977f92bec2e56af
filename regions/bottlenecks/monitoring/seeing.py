"""Indicators as somebody may see them: a jobcentre its own municipalities' in full, all else without what is
hidden.

What rests on a hidden number is hidden with it: the rate and its interval, the share of answers, and the
category. Where only the persons are hidden, the category says no more than the employers do, as it does where
nothing is known of them. How long vacancies are open, and how many positions, is nobody's secret.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, replace
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.scope import StaffRequest
from jobcenter.classifications.models import Occupation, Outlook
from regions.bottlenecks.figures.signs import Sign, Unit, signs
from regions.bottlenecks.models import Category, Figures, Indicators, Place, Rule
from regions.bottlenecks.monitoring.places import Spot

Kind = Literal["answers", "persons", "vacancies"]


@dataclass(frozen=True)
class Number:
    """One indicator: what it is called and measured in, what it rests on, and what figures have of it."""

    name: str | Promise
    unit: Unit
    rests_on: Kind
    of: Callable[[Figures], float | None]


NUMBERS: Mapping[str, Number] = {
    "rate": Number(_("Failed recruitment"), "percent", "answers", lambda one: one.rate),
    "lower": Number(_("Lower end, 95 %"), "percent", "answers", lambda one: one.lower),
    "upper": Number(_("Upper end, 95 %"), "percent", "answers", lambda one: one.upper),
    "shrunk": Number(_("Drawn to the country's"), "percent", "answers", lambda one: one.shrunk),
    "answered": Number(_("Share of answers"), "percent", "answers", lambda one: one.answered),
    "unemployment": Number(_("Unemployment"), "percent", "persons", lambda one: one.stock.unemployment_rate),
    "turnover": Number(_("Turnover"), "percent", "persons", lambda one: one.stock.turnover),
    "tightness": Number(
        _("Open positions for each unemployed"), "number", "persons", lambda one: one.stock.tightness
    ),
    "days": Number(_("Days open"), "days", "vacancies", lambda one: one.median_days),
    "candidates": Number(
        _("Candidates for each open position"),
        "number",
        "persons",
        lambda one: one.stock.candidates_per_position,
    ),
}

COUNTED: Mapping[str, tuple[str | Promise, Kind]] = {
    "attempts": (_("Attempts"), "answers"),
    "failed": (_("In vain or with another profile"), "answers"),
    "employed": (_("Employed"), "persons"),
    "unemployed": (_("Unemployed"), "persons"),
    "hires": (_("Hires"), "persons"),
    "candidates": (_("Candidates"), "persons"),
    "positions": (_("Open positions"), "vacancies"),
    "observed": (_("Vacancies published"), "vacancies"),
}
"""Numbers as they were counted: what they are called, and what they rest on."""

ANSWERS = ("attempts", "failed", "withdrawn", "unknown")
FROM_ANSWERS = ("other_profile", "lower", "upper", "shrunk", "sure")
PERSONS = ("employed", "unemployed", "hires", "candidates")

EMPLOYERS_SAY: Mapping[Category, Category] = {
    **dict.fromkeys(Outlook.HARD_TO_FILL, Category.PROBLEMS),
    **dict.fromkeys(Outlook.EASY_TO_FILL, Category.NO_PROBLEMS),
    Category.NOT_ASSESSED: Category.NOT_ASSESSED,
}
"""What is left of a category without the unemployed."""

HIDDEN = _("hidden: small numbers")
RESTS_ON: Mapping[str, Kind] = {"failed": "answers", "days": "vacancies"}
"""What a sign rests on, where it is not persons."""


@dataclass(frozen=True)
class Seen:
    """What a reader may see. figures: without what is hidden from this reader."""

    figures: Indicators
    hides_answers: bool
    hides_persons: bool

    @property
    def category(self) -> Category | None:
        """None where it rests on hidden answers."""
        return None if self.hides_answers else Category(self.figures.category)

    def hides(self, kind: Kind) -> bool:
        return {"answers": self.hides_answers, "persons": self.hides_persons}.get(kind, False)

    def counted(self, name: str) -> int | None:
        """One of COUNTED; None where it is hidden or not known."""
        _title, kind = COUNTED[name]
        return None if self.hides(kind) else getattr(self.figures, name)

    def number(self, name: str) -> float | None:
        """One of NUMBERS; None where it is hidden or not known."""
        return NUMBERS[name].of(self.figures)

    def signs(self, rule: Rule) -> Iterator[Sign]:
        """What each indicator says, in the order of the balance; of a hidden one, that it is."""
        for sign in signs(self.figures, rule=rule):
            is_hidden = self.hides(RESTS_ON.get(sign.key, "persons"))
            yield replace(sign, value=None, shape="too_few", says=HIDDEN) if is_hidden else sign


Cell = tuple[Occupation, Spot, Seen | None]
"""Of the matrix. None where nobody looks, works or is unemployed."""


def as_seen(found: Indicators, *, own: Collection[str] = ()) -> Seen:
    """own: codes of the municipalities whose numbers the reader may read in full."""
    is_own = found.place == Place.MUNICIPALITY and found.code in own
    hides_answers, hides_persons = (
        hides and not is_own for hides in (found.hides_answers, found.hides_persons)
    )
    figures = copy(found)
    if hides_answers:
        for name in ANSWERS:
            setattr(figures, name, 0)
    for name in (*(FROM_ANSWERS if hides_answers else ()), *(PERSONS if hides_persons else ())):
        setattr(figures, name, None)
    if hides_answers:
        figures.category = Category.NOT_ASSESSED
    elif hides_persons:
        figures.category = EMPLOYERS_SAY[Category(found.category)]
    return Seen(figures, hides_answers, hides_persons)


def own_municipalities(request: StaffRequest) -> frozenset[str]:
    """Codes of those a jobcentre's people serve; nobody else has any. One query for a jobcentre."""
    jobcentre = getattr(request, "jobcentre", None)
    return frozenset(jobcentre.municipalities().values_list("code", flat=True)) if jobcentre else frozenset()
