"""A cooperation agreement in words: what each part of it says, and what a new wording says differently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from jobcenter.centres.models import Shared
from jobcenter.centres.terms import Terms, changed
from jobcenter.pages import words

HOURS_OF_A_DAY = 8

SHARED = {
    Shared.QUEUE: lambda: _(
        "The partners see each other's open enquiries within the agreement, and may offer help with them. "
        "They see the company, the kind and the job, not the employer's words or contact person."
    ),
    Shared.HOLDS: lambda: _(
        "The partners see each other's holds on companies, also outside their labour catchments."
    ),
    Shared.CANDIDATES: lambda: _(
        "Those who may be shown outside can be put forward for the partners' vacancies, also outside the "
        "labour catchment."
    ),
}


@dataclass(frozen=True)
class Part:
    """One line of the document. texts: one thing each."""

    label: str
    texts: list[str]


@dataclass(frozen=True)
class Changed:
    """What a part said, and what it says now."""

    label: str
    before: list[str]
    now: list[str]


def document(terms: Terms) -> list[Part]:
    """Every part of it but its name, in order."""
    return [
        Part(_("Purpose"), [terms.purpose]),
        Part(_("Partners"), list(terms.partners)),
        Part(_("Lead office"), [terms.lead_office or words.NOTHING]),
        Part(_("In force from"), [_day(terms.valid_from)]),
        Part(_("Until"), [_day(terms.valid_to) if terms.valid_to else _("no end")]),
        Part(_("Industries"), _all_or(terms.industries)),
        Part(_("Occupations"), _all_or(terms.occupations)),
        Part(_("What the partners see"), _shared(terms.shared)),
        Part(_("Answer to a partner that asks for help"), [working_time(terms.answer_hours)]),
        Part(_("Notice"), [notice(terms.notice_days)]),
    ]


def differences(before: Terms, now: Terms) -> list[Changed]:
    """The parts that are not the same, its name included."""
    names = changed(before, now)
    old, new = (dict(zip(_ORDER, document(terms), strict=True)) for terms in (before, now))
    found = [Changed(_("Name"), [before.name], [now.name])] if "name" in names else []
    return found + [
        Changed(new[name].label, old[name].texts, new[name].texts) for name in _ORDER if name in names
    ]


_ORDER = (
    "purpose",
    "partners",
    "lead_office",
    "valid_from",
    "valid_to",
    "industries",
    "occupations",
    "shared",
    "answer_hours",
    "notice_days",
)
"""The fields of the terms as `document` has them."""


def working_time(hours: int) -> str:
    """“within 4 working hours”, "within 2 working days": whole days where it is whole days."""
    days, rest = divmod(hours, HOURS_OF_A_DAY)
    if rest:
        text = ngettext("within %(number)d working hour", "within %(number)d working hours", hours)
        return text % {"number": hours}
    return ngettext("within %(number)d working day", "within %(number)d working days", days) % {
        "number": days
    }


def notice(days: int) -> str:
    text = ngettext(
        "any partner may end it with %(number)d day's notice",
        "any partner may end it with %(number)d days' notice",
        days,
    )
    return text % {"number": days}


def _shared(codes: Sequence[str]) -> list[str]:
    told = [f"{capfirst(str(Shared(code).label))}: {SHARED[Shared(code)]()}" for code in codes]
    return told or [_("nothing beyond what they see anyway")]


def _all_or(names: Sequence[str]) -> list[str]:
    return list(names) or [_("all")]


def _day(iso: str) -> str:
    return words.day_with_year(date.fromisoformat(iso), language=get_language() or "da")
