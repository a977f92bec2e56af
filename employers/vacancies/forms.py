"""What an employer writes about a vacancy, and what a seeker searches for."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.vacancies.distance import find_place
from employers.vacancies.fields import Line, OccupationForm, hours_field
from employers.vacancies.known import municipalities, occupations
from employers.vacancies.models import Terms
from employers.vacancies.models.vacancy import AHEAD
from employers.vacancies.search import HOURS, NEWER, STARTS, TERMS, Wish
from jobcenter.pages.fields import TOO_LONG, DateInput, capitalised
from jobcenter.pages.privacy import without_cpr


class VacancyForm(OccupationForm):
    """A vacancy as an employer describes it."""

    field_order = ["title"]

    title = Line(
        label=_("Job title"),
        help_text=_("As you would write it in an advertisement."),
        max_length=100,
        validators=[without_cpr],
        error_messages={"required": _("Write a title for the job"), "max_length": TOO_LONG},
    )
    terms = forms.ChoiceField(
        label=_("Terms"),
        choices=capitalised(Terms.choices),
        initial=Terms.ORDINARY,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the terms on the list")},
    )
    positions = forms.IntegerField(
        label=_("Positions"),
        initial=1,
        min_value=1,
        max_value=500,
        error_messages={
            "required": _("Write how many positions there are"),
            "invalid": _("Write the number of positions as a whole number"),
            "min_value": _("There must be at least 1 position"),
            "max_value": _("There can be at most 500 positions in one vacancy"),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    hours = hours_field(help_text=_("From 1 to 48, for example 37 or 32.5."))
    starts_on = forms.DateField(
        label=_("Start"),
        help_text=_("The first day at work."),
        widget=DateInput,
        error_messages={
            "required": _("Write the day of the start"),
            "invalid": _("Write the start as a date that exists"),
        },
    )
    ends_on = forms.DateField(
        label=_("Last day at work"),
        help_text=_("Only for a temporary job."),
        required=False,
        widget=DateInput,
        error_messages={"invalid": _("Write the last day at work as a date that exists")},
    )
    apply_by = forms.DateField(
        label=_("Apply by"),
        help_text=_("The last day one can apply. After it the vacancy is not shown."),
        widget=DateInput,
        error_messages={
            "required": _("Write the last day to apply"),
            "invalid": _("Write the last day to apply as a date that exists"),
        },
    )
    text = forms.CharField(
        label=_("Advertisement"),
        help_text=_(
            "What the work is, what you ask for, what you offer, and how to apply. "
            "It is shown to everyone; leave out what may not be seen by all."
        ),
        max_length=5000,
        validators=[without_cpr],
        error_messages={"required": _("Write what the job is about"), "max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        # The limits are judged here, with sentences that a browser's own could not say.
        for name in ("title", "occupation", "text"):
            self.fields[name].widget.attrs.pop("maxlength", None)

    def clean_terms(self) -> str:
        """Ordinary where nothing is chosen: the page has it chosen from the start."""
        return self.cleaned_data["terms"] or Terms.ORDINARY

    def clean_starts_on(self) -> date:
        starts_on: date = self.cleaned_data["starts_on"]
        if starts_on < self.today:
            raise forms.ValidationError(_("The start lies in the past. Write today or a later day."))
        if starts_on > self.today + AHEAD:
            raise forms.ValidationError(_("The start lies more than two years ahead. Check the year."))
        return starts_on

    def clean_apply_by(self) -> date:
        apply_by: date = self.cleaned_data["apply_by"]
        if apply_by < self.today:
            raise forms.ValidationError(
                _("The last day to apply lies in the past. Write today or a later day.")
            )
        if apply_by > self.today + AHEAD:
            raise forms.ValidationError(
                _("The last day to apply lies more than two years ahead. Check the year.")
            )
        return apply_by

    def clean(self) -> dict[str, Any]:
        """Hold the dates against each other.

        One may start before the last day to apply only by mistake: nobody can be chosen among all who
        apply before then.
        """
        cleaned = super().clean()
        starts_on, apply_by = cleaned.get("starts_on"), cleaned.get("apply_by")
        if starts_on and apply_by and starts_on < apply_by:
            self.add_error("starts_on", _("The start lies before the last day to apply. Change one of them."))
        self._settle_end(cleaned)
        return cleaned

    def _settle_end(self, cleaned: dict[str, Any]) -> None:
        """A temporary job ends after its first day; the others do not, and keep no day typed by mistake."""
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if cleaned.get("terms") != Terms.TEMPORARY:
            cleaned["ends_on"] = None
        elif "ends_on" in self.errors:
            return
        elif not ends_on:
            self.add_error("ends_on", _("Write the last day of the temporary job"))
        elif starts_on and ends_on < starts_on:
            self.add_error("ends_on", _("The temporary job ends before it begins. Change one of the days."))
        elif ends_on > self.today + 3 * AHEAD:
            self.add_error("ends_on", _("The last day lies more than six years ahead. Check the year."))


class SearchForm(forms.Form):
    """The search as it stands in the address: `hvad` words, `hvor` a place, `km`, and the groups of choices.

    Whatever the form understands can be written back by `address_of`, and read again to the same wish.
    """

    DISTANCES = [
        ("kommune", _("The municipality")),
        ("5", _("5 km")),
        ("15", _("15 km")),
        ("25", _("25 km")),
        ("50", _("50 km")),
        ("opland", _("The labour catchment")),
        ("", _("All of Denmark")),
    ]
    USUAL_DISTANCE = "25"

    hvad = Line(label=_("Job, occupation or company"), required=False, max_length=200)
    hvor = Line(label=_("Postcode or town"), required=False, max_length=60)
    km = forms.ChoiceField(label=_("Distance"), required=False, choices=DISTANCES)
    ansat = forms.MultipleChoiceField(required=False, choices=[(name, name) for name in TERMS])
    tid = forms.MultipleChoiceField(required=False, choices=[(name, name) for name in HOURS])
    fag = forms.CharField(required=False)
    start = forms.MultipleChoiceField(required=False, choices=[(name, name) for name in STARTS])
    kommune = forms.CharField(required=False)
    nyt = forms.MultipleChoiceField(required=False, choices=[(str(days), days) for days in NEWER])

    def wish(self) -> Wish:
        """What is asked for. A choice that does not exist asks for nothing; an unknown place is an error."""
        self.full_clean()
        asked = self.cleaned_data
        where, place = asked.get("hvor", ""), None
        if where:
            place = find_place(where, on=timezone.localdate())
            if not place:
                self.add_error(
                    "hvor", _("We do not know that place. Write a postcode or the name of a town.")
                )
        return Wish(
            text=asked.get("hvad", ""),
            where=where if place else "",
            place=place,
            reach=asked.get("km", "") if place else "",
            terms=[TERMS[name] for name in asked.get("ansat", [])],
            hours=asked.get("tid", []),
            fields=self._codes("fag", occupations()),
            starts=asked.get("start", []),
            municipalities=self._codes("kommune", municipalities()),
            newer_than_days=max((int(days) for days in asked.get("nyt", [])), default=None),
        )

    def _codes(self, name: str, known: Container[str]) -> list[str]:
        """The codes chosen, in the order given, of a classification that is too long to list in the form."""
        given = self.data.getlist(name) if isinstance(self.data, QueryDict) else []
        asked = [code for code in dict.fromkeys(given) if code.isascii() and code.isdigit()][:MOST_CODES]
        return [code for code in asked if code in known]


MOST_CODES = 50


def address_of(wish: Wish) -> str:
    """The query of a wish, as it stands after the question mark of the search's address."""
    terms = {value: name for name, value in TERMS.items()}
    parts: list[tuple[str, str]] = [("hvad", wish.text)] if wish.text else []
    if wish.where:
        parts += [("hvor", wish.where), ("km", wish.reach)]
    parts += [("ansat", terms[one]) for one in wish.terms]
    parts += [("tid", one) for one in wish.hours]
    parts += [("fag", one) for one in wish.fields]
    parts += [("start", one) for one in wish.starts]
    parts += [("kommune", one) for one in wish.municipalities]
    if wish.newer_than_days:
        parts.append(("nyt", str(wish.newer_than_days)))
    return urlencode(parts)


def wish_of(address: str) -> Wish:
    """The wish that a search's query asks for: the reverse of `address_of`."""
    return SearchForm(QueryDict(address)).wish()
