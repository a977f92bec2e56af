"""What the forms of several rooms ask with: a line, a number, the hours of a week, and an occupation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.vacancies.outlook import Prospect, prospect_in
from employers.vacancies.suggest import Suggestions, suggest
from jobcenter.classifications.models import Occupation
from jobcenter.geography.models import Municipality


class Line(forms.CharField):
    """Text on one line: line breaks and rows of spaces become one space."""

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())


class Decimals(forms.DecimalField):
    """A number written with a comma or a point, whatever the page's language."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


HOURS_A_WEEK = _("Hours a week")


def hours_field(label: Any = HOURS_A_WEEK, *, help_text: Any = "") -> Decimals:
    """Hours a week, from 1 to 48, with at most one decimal."""
    return Decimals(
        label=label,
        help_text=help_text,
        min_value=Decimal(1),
        max_value=Decimal(48),
        decimal_places=1,
        error_messages={
            "required": _("Write the hours a week"),
            "invalid": _("Write the hours a week as a number, for example 37"),
            "min_value": _("There must be at least 1 hour a week"),
            "max_value": _("There can be at most 48 hours a week"),
            "max_decimal_places": _("Write the hours with at most one decimal"),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class OccupationForm(forms.Form):
    """The part of a form that asks for an occupation: `occupation` as it is typed, `code` as it is chosen.

    work_in: where the work is, set by a page that knows it and tells the outlook there.
    """

    work_in: Municipality | None = None

    occupation = Line(
        label=_("Occupation"),
        help_text=_("Type a word or a code, and choose the occupation that fits best."),
        max_length=250,
        error_messages={"required": _("Write the occupation, and choose it from the list")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    code = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def today(self) -> date:
        return timezone.localdate()

    @cached_property
    def suggestions(self) -> Suggestions:
        """The occupations to choose among for what is typed."""
        typed = str(self["occupation"].value() or "")
        return suggest(typed, on=self.today) if typed.strip() else Suggestions([])

    @property
    def chosen_code(self) -> str:
        return str(self["code"].value() or "")

    @property
    def settled(self) -> Occupation | None:
        """The occupation that is chosen, or the only one that fits what is typed."""
        suggested = self.suggestions
        chosen = [one for one in suggested.occupations if one.code == self.chosen_code]
        is_certain = len(suggested.occupations) == 1 and not suggested.resembling
        return next(iter(chosen or (suggested.occupations if is_certain else [])), None)

    @cached_property
    def prospect(self) -> Prospect | None:
        """What is published of the occupation where the work is. One query."""
        if not self.work_in or not self.settled:
            return None
        return prospect_in(self.settled, self.work_in, on=self.today)

    def clean(self) -> dict[str, Any]:
        """The cleaned `occupation` is an Occupation, when something is typed and it can be told which."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("occupation"):
            self._settle_occupation(cleaned)
        return cleaned

    def _settle_occupation(self, cleaned: dict[str, Any]) -> None:
        if settled := self.settled:
            cleaned["occupation"] = settled
        elif self.suggestions.occupations:
            self.add_error("occupation", _("Choose the occupation that fits best from the list"))
        else:
            self.add_error(
                "occupation", _("No occupation is called that. Try another word for the same work.")
            )
