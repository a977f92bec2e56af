"""What the figures of a flag say, in sentences: written once, when the flag is raised, and frozen with it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jobcenter.pages import words
from regions.comparison.templatetags.regions import shares, spelled
from regions.comparison.warning import warnings
from regions.measures.periods import parse
from regions.oversight.facts import Facts, Figures, Required


@dataclass(frozen=True, kw_only=True)
class Sentences:
    """figures: what was counted, and held against what. difference: how far off; stands out on the page.

    more: what else there is to say of it. caution: how it is not to be read. "" where there is nothing.
    """

    figures: str
    difference: str
    more: str
    caution: str

    def __str__(self) -> str:
        begun = f"{self.figures} {self.difference}." if self.difference else self.figures
        return " ".join(part for part in (begun, self.more, self.caution) if part)


def sentences(facts: Facts) -> Sentences:
    """In the language that is active."""
    return _held_against_the_law(facts, facts.required) if facts.required else _expected(facts)


def _held_against_the_law(facts: Facts, required: Required) -> Sentences:
    latest = facts.latest
    return Sentences(
        figures=_(
            "The requirement was kept in %(actual)s of %(base)s cases: %(share)s. "
            "Required is %(required)s (%(law)s)."
        )
        % {
            "actual": _whole(latest.actual),
            "base": _whole(latest.base),
            "share": words.percent(latest.share, language=_language()),
            "required": words.percent(required.share, language=_language(), decimals=0),
            "law": required.law_reference,
        },
        difference="",
        more=_(
            "The share is proposed: the law gives everybody the right, and the authority decides what share "
            "is followed up."
        )
        if required.mark == "proposed"
        else "",
        caution=_("A flag is a reason to look, not a verdict.")
        + " "
        + _(
            "Each jobcentre is held against the law by itself. Of those that keep it by a hair, one in forty "
            "would be flagged by chance."
        ),
    )


def _expected(facts: Facts) -> Sentences:
    latest = facts.latest
    missing = {"missing": _whole(latest.missing)}
    return Sentences(
        figures=_(
            "What is measured holds for %(actual)s of %(base)s persons. With the conditions in %(name)s "
            "%(expected)s was to be expected:"
        )
        % {
            "actual": _whole(latest.actual),
            "base": _whole(latest.base),
            "name": latest.short_name,
            "expected": _whole(latest.expected),
        },
        difference=_("%(missing)s persons fewer") % missing
        if facts.is_below
        else _("%(missing)s persons more") % missing,
        more=_("For %(count)s periods in a row the result has been worse than chance explains.")
        % {"count": spelled(facts.in_a_row)}
        if facts.in_a_row > 1
        else "",
        caution=" ".join(
            [
                _("A flag is a reason to look, not a verdict."),
                *_weakness(facts),
                _(
                    "%(comparisons)s comparisons were made in the period; among those that stand out, "
                    "at most %(false_alarms)s are expected to be false alarms."
                )
                % {
                    "comparisons": _whole(facts.comparisons),
                    "false_alarms": words.percent(
                        facts.false_discovery_rate, language=_language(), decimals=0
                    ),
                },
            ]
        ),
    )


def periods(facts: Facts) -> list[str]:
    """“3. kvt. 2026: 600 / 1.000 · forventet 700”: each period beside what it is held against."""
    return [
        f"{parse(figures.period).in_words(language=_language())}: {_whole(figures.actual)} / "
        f"{_whole(figures.base)} · {_held_against(facts, figures)}"
        for figures in facts.periods
    ]


def _held_against(facts: Facts, figures: Figures) -> str:
    if not facts.required:
        return _("expected") + " " + _whole(figures.expected)
    required = words.percent(facts.required.share, language=_language(), decimals=0)
    return shares(figures.interval) + " · " + _("required") + " " + required


def _weakness(facts: Facts) -> list[str]:
    """That the model behind what was expected is weak, and why; nothing where it is not."""
    why = warnings(facts.weakness)
    return [_("The model is weak for this measure: read the differences with care."), *why] if why else []


def _whole(value: float | None) -> str:
    return words.number(value, language=_language(), decimals=0)


def _language() -> str:
    return get_language() or "da"
