"""The choices beside the list of vacancies: each with its number, and the address that gives it up again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from employers.vacancies.known import municipalities, occupations
from employers.vacancies.search import EXACT_UP_TO, FULL_TIME, TERMS, Counts
from jobcenter.pages import words

MUNICIPALITIES_SHOWN = 8
"""The rest are on the map."""


@dataclass(frozen=True)
class Choice:
    """depth: 0, or how far under another choice it stands, in the occupations.

    address_without: what gives the choice up again, when it is taken.
    """

    value: str
    label: str
    number: int
    is_taken: bool
    address_without: str
    depth: int = 0

    @property
    def told(self) -> str:
        return told(self.number)


@dataclass(frozen=True)
class Group:
    """Choices of which a vacancy must fit one, when any is taken. `name` is the parameter in the address."""

    name: str
    title: str
    choices: list[Choice]

    @property
    def taken(self) -> list[Choice]:
        return [choice for choice in self.choices if choice.is_taken]


def told(number: int) -> str:
    """A number as it is shown: “1.000+” when it is more than can be told."""
    text = words.number(min(number, EXACT_UP_TO), language=get_language() or "da")
    return f"{text}+" if number > EXACT_UP_TO else text


def groups_of(asked: QueryDict, counts: Counts) -> list[Group]:
    """The groups under a search."""
    terms = {
        "fast": _("Permanent"),
        "tidsbegraenset": _("Temporary"),
        "elev": _("Apprenticeship"),
        "studie": _("Student job"),
        "saerlige": _("Flexjob and other special terms"),
    }
    hours = {
        "fuld": _("Full time (from %(hours)d hours)") % {"hours": FULL_TIME},
        "deltid": _("Part time"),
    }
    starts = {"snart": _("Within a month"), "senere": _("Later")}
    newer = {"1": _("The last 24 hours"), "7": _("The last week")}
    return [
        _group(asked, "ansat", _("Employment"), terms, {name: counts.terms[TERMS[name]] for name in terms}),
        _group(asked, "tid", _("Working hours"), hours, counts.hours),
        _occupations(asked, counts),
        _municipalities(asked, counts),
        _group(asked, "start", _("Start"), starts, counts.starts),
        _group(
            asked, "nyt", _("Published"), newer, {str(days): number for days, number in counts.newer.items()}
        ),
    ]


def address_without(asked: QueryDict, *names: str, value: str | None = None) -> str:
    """The search's address without what is chosen under some names, or one value of it; on its first page."""
    kept = asked.copy()
    kept.pop("side", None)
    for name in names:
        kept.setlist(name, [one for one in kept.getlist(name) if value is not None and one != value])
    return f"?{kept.urlencode()}"


def _occupations(asked: QueryDict, counts: Counts) -> Group:
    """The branches of the classification that hold anything; under a chosen one, what it branches into."""
    taken = asked.getlist("fag")
    codes = [code for code, number in counts.fields.items() if number or code in taken]
    titles = occupations()
    labels = {code: titles[code] for code in sorted(codes) if code in titles}
    return _group(asked, "fag", _("Field of work"), labels, counts.fields, depth=lambda code: len(code) - 1)


def _municipalities(asked: QueryDict, counts: Counts) -> Group:
    """Those with most vacancies, and those chosen."""
    taken = asked.getlist("kommune")
    codes = [*list(counts.municipalities)[:MUNICIPALITIES_SHOWN]]
    codes += [code for code in taken if code not in codes]
    known = municipalities()
    labels = {code: known[code].name for code in codes if code in known}
    return _group(asked, "kommune", _("Municipality"), labels, counts.municipalities)


def _group(
    asked: QueryDict,
    name: str,
    title: str,
    labels: Mapping[str, str],
    numbers: Mapping[str, int],
    *,
    depth: Callable[[str], int] = lambda value: 0,
) -> Group:
    taken = asked.getlist(name)
    return Group(
        name=name,
        title=title,
        choices=[
            Choice(
                value=value,
                label=label,
                number=numbers.get(value, 0),
                is_taken=value in taken,
                address_without=address_without(asked, name, value=value) if value in taken else "",
                depth=depth(value),
            )
            for value, label in labels.items()
        ],
    )
