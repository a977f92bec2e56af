"""The choices beside the list of vacancies: each with its number, and the address that gives it up again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from employers.vacancies.search import FULL_TIME, Counts


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    number: int
    is_taken: bool
    address_without: str


@dataclass(frozen=True)
class Group:
    """Choices of which a vacancy must fit one, when any is taken. `name` is the parameter in the address."""

    name: str
    title: str
    choices: list[Choice]

    @property
    def taken(self) -> list[Choice]:
        return [choice for choice in self.choices if choice.is_taken]


def groups_of(asked: QueryDict, counts: Counts, *, field_titles: Mapping[str, str]) -> list[Group]:
    """The three groups under a search. A field of work without vacancies is left out unless it is taken."""
    hours = {
        "fuld": _("Full time (from %(hours)d hours)") % {"hours": FULL_TIME},
        "deltid": _("Part time"),
    }
    newer = {1: _("The last 24 hours"), 7: _("The last week")}
    fields = {
        digit: title
        for digit, title in sorted(field_titles.items())
        if counts.fields.get(digit) or digit in asked.getlist("fag")
    }
    return [
        _group(asked, "tid", _("Working hours"), hours, counts.hours),
        _group(asked, "fag", _("Field of work"), fields, counts.fields),
        _group(
            asked,
            "nyt",
            _("Published"),
            {str(days): label for days, label in newer.items()},
            {str(days): number for days, number in counts.newer.items()},
        ),
    ]


def address_without(asked: QueryDict, *names: str, value: str | None = None) -> str:
    """The search's address without what is chosen under some names, or one value of it; on its first page."""
    kept = asked.copy()
    kept.pop("side", None)
    for name in names:
        kept.setlist(name, [one for one in kept.getlist(name) if value is not None and one != value])
    return f"?{kept.urlencode()}"


def _group(
    asked: QueryDict, name: str, title: str, labels: Mapping[str, str], numbers: Mapping[str, int]
) -> Group:
    taken = asked.getlist(name)
    return Group(
        name=name,
        title=title,
        choices=[
            Choice(
                value=value,
                label=label,
                number=numbers[value],
                is_taken=value in taken,
                address_without=address_without(asked, name, value=value),
            )
            for value, label in labels.items()
        ],
    )
