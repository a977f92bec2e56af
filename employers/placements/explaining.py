"""The arithmetic of the conditions in words, so that whoever decides need not reckon."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from employers.placements.arithmetic import Room
from employers.placements.conditions import Findings
from employers.placements.models import Condition, Duration
from jobcenter.pages import words

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Sentence:
    """What was found of one condition. is_met None: it cannot be said yet."""

    condition: Condition
    is_met: bool | None
    text: str
    law: str
    to_check: str = ""


def sentences(findings: Findings) -> list[Sentence]:
    """A sentence for each condition that is asked for: ratio, net increase, duration."""
    rule = findings.rule
    found = [
        Sentence(
            Condition.RATIO, findings.room.is_met, ratio_in_words(findings.room, rule.in_full_time), rule.law
        )
    ]
    if findings.asks_for_growth:
        found.append(_growth(findings))
    found.append(_duration(findings))
    return found


def in_words(findings: Findings) -> str:
    """All of it as one text, to be kept with the decision."""
    return "\n".join(sentence.text for sentence in sentences(findings))


def ratio_in_words(room: Room, in_full_time: bool) -> str:
    """“31,4 fuldtidsansatte giver plads til 6; 4 er i gang; én mere er inden for reglen.”"""
    said = {
        "staff": _number(room.staff),
        "places": room.places,
        "running": _running(room),
        "one_more": _("one more is within the rule")
        if room.is_met
        else _("one more is more than the rule allows"),
    }
    if in_full_time:
        return _("%(staff)s full-time employees give room for %(places)d; %(running)s; %(one_more)s.") % said
    return _("%(staff)s employees give room for %(places)d; %(running)s; %(one_more)s.") % said


def _running(room: Room) -> str:
    if not room.people:
        return _("none is running")
    people = ngettext("%(people)d is running", "%(people)d are running", room.people) % {
        "people": room.people
    }
    if room.running == room.people:
        return people
    return _("%(people)s, which makes %(weighed)s full-time") % {
        "people": people,
        "weighed": _number(room.running),
    }


def _growth(findings: Findings) -> Sentence:
    growth, rule = findings.growth, findings.rule
    if growth is None:
        text = _("Whether the company grows can be said when its own figures are filled in.")
        return Sentence(Condition.INCREASE, None, text, rule.law, rule.to_check)
    said = {
        "last": _number(growth.last_month),
        "average": _number(growth.average),
        "months": rule.increase_months,
    }
    text = (
        _(
            "The company had %(last)s last month and %(average)s on average over the last %(months)d months: "
            "it has not become smaller."
        )
        if growth.is_met
        else _(
            "The company had %(last)s last month and %(average)s on average over the last %(months)d months: "
            "it has become smaller."
        )
    )
    return Sentence(Condition.INCREASE, growth.is_met, text % said, rule.law, rule.to_check)


def _duration(findings: Findings) -> Sentence:
    limit = findings.limit
    if limit is None:
        text = _("How long it may last depends on what the person lives on, which the jobcentre knows.")
        return Sentence(Condition.DURATION, None, text, "LAB §§ 61, 68")
    if findings.longest is None:
        return Sentence(Condition.DURATION, True, _("The law sets no end to it."), limit.law, limit.to_check)
    said = {"length": length_in_words(limit), "last": _day(findings.longest), "ends": _day(findings.ends_on)}
    text = (
        _("It may last %(length)s, until %(last)s; it ends on %(ends)s.")
        if findings.is_short_enough
        else _("It may last %(length)s, until %(last)s, but it ends on %(ends)s.")
    )
    return Sentence(Condition.DURATION, findings.is_short_enough, text % said, limit.law, limit.to_check)


def length_in_words(limit: Duration) -> str:
    """“6 måneder”, "13 uger, forlænget 26 uger"."""
    if limit.most is None:
        return _("without an end set by the law")
    usual = _counted(limit.unit, limit.most)
    if not limit.most_extended:
        return usual
    return _("%(usual)s, extended %(extended)s") % {
        "usual": usual,
        "extended": _counted(limit.unit, limit.most_extended),
    }


def _counted(unit: str, number: int) -> str:
    if unit == Duration.Unit.WEEKS:
        return ngettext("%(number)d week", "%(number)d weeks", number) % {"number": number}
    return ngettext("%(number)d month", "%(number)d months", number) % {"number": number}


def _number(value: Decimal) -> str:
    """At most two decimals, never rounded up: 9.975 must not look like the 10 that gives one place more."""
    return words.number(value.quantize(HUNDREDTH, ROUND_DOWN).normalize() + 0, language=_language())


def _day(value: object) -> str:
    return words.day_with_year(value, language=_language())  # type: ignore[arg-type]


def _language() -> str:
    return get_language() or "da"
