"""What is said of a candidate, a referral, and an employer's answer."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employers.companies.models import Company, Person
from employers.contacts.privacy import without_cpr
from employers.referrals.models import Basis, Candidate, NotSuitable, Skill
from employers.vacancies.forms import Decimals, Line
from employers.vacancies.suggest import Suggestions, suggest
from jobcenter.geography.models import Municipality
from jobcenter.pages.fields import DateInput

USUAL_DAYS = 7
LONGEST = timedelta(days=60)
AHEAD = timedelta(days=365)


def _hours(label: Any) -> Decimals:
    return Decimals(
        label=label,
        min_value=Decimal(1),
        max_value=Decimal(48),
        decimal_places=1,
        error_messages={
            "required": gettext_lazy("Write the hours a week"),
            "invalid": gettext_lazy("Write the hours a week as a number, for example 37"),
            "min_value": gettext_lazy("There must be at least 1 hour a week"),
            "max_value": gettext_lazy("There can be at most 48 hours a week"),
            "max_decimal_places": gettext_lazy("Write the hours with at most one decimal"),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class CandidateForm(forms.Form):
    """Everything is chosen or a number: there is no field in which something could be written of a person."""

    occupation = Line(
        label=gettext_lazy("Occupation"),
        help_text=gettext_lazy("Type a word or a code, and choose the occupation that fits best."),
        max_length=250,
        error_messages={"required": gettext_lazy("Write the occupation, and choose it from the list")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    code = forms.CharField(required=False, widget=forms.HiddenInput)
    skills = forms.MultipleChoiceField(
        label=gettext_lazy("Skills"), required=False, widget=forms.CheckboxSelectMultiple
    )
    municipality = forms.ModelChoiceField(
        label=gettext_lazy("Lives in"),
        queryset=Municipality.objects.none(),
        error_messages={"required": gettext_lazy("Choose the municipality")},
    )
    reach_km = forms.IntegerField(
        label=gettext_lazy("Travels up to (km)"),
        min_value=5,
        max_value=200,
        initial=30,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Write how far the candidate travels"),
            "invalid": gettext_lazy("Write the kilometres as a whole number"),
            "min_value": gettext_lazy("Between 5 and 200 kilometres."),
            "max_value": gettext_lazy("Between 5 and 200 kilometres."),
        },
    )
    fewest_hours = _hours(gettext_lazy("Fewest hours a week"))
    most_hours = _hours(gettext_lazy("Most hours a week"))
    from_day = forms.DateField(
        label=gettext_lazy("Can begin from"),
        widget=DateInput,
        error_messages={
            "required": gettext_lazy("Write the day from which the candidate can begin"),
            "invalid": gettext_lazy("Write the day as a date that exists"),
        },
    )
    basis = forms.ChoiceField(
        label=gettext_lazy("Basis for showing the candidate to employers and other jobcentres"),
        help_text=gettext_lazy("Without a basis the candidate is for your own jobcentre only."),
        required=False,
    )
    shown_since = forms.DateField(
        label=gettext_lazy("Shown outside since"),
        required=False,
        widget=DateInput,
        error_messages={"invalid": gettext_lazy("Write the day as a date that exists")},
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.today = timezone.localdate()
        self.fields["skills"].choices = [(value, capfirst(str(label))) for value, label in Skill.choices]  # type: ignore[attr-defined]
        self.fields["basis"].choices = [  # type: ignore[attr-defined]
            ("", _("No basis")),
            *((value, capfirst(str(label))) for value, label in Basis.choices),
        ]
        self.fields["municipality"].queryset = Municipality.objects.valid(self.today)  # type: ignore[attr-defined]

    @property
    def suggestions(self) -> Suggestions:
        typed = str(self["occupation"].value() or "")
        return suggest(typed, on=self.today) if typed.strip() else Suggestions([])

    @property
    def chosen_code(self) -> str:
        return str(self["code"].value() or "")

    def clean_from_day(self) -> date:
        day: date = self.cleaned_data["from_day"]
        if day > self.today + AHEAD:
            raise forms.ValidationError(_("The day lies more than a year ahead. Check the year."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("occupation"):
            self._settle_occupation(cleaned)
        fewest, most = cleaned.get("fewest_hours"), cleaned.get("most_hours")
        if fewest and most and fewest > most:
            self.add_error("most_hours", _("The fewest hours cannot be more than the most."))
        if cleaned.get("basis"):
            cleaned["shown_since"] = cleaned.get("shown_since") or self.today
        elif cleaned.get("shown_since"):
            self.add_error("basis", _("Choose the basis, or leave the day empty."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """What a candidate is made or changed with."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("code", "version")}

    def _settle_occupation(self, cleaned: dict[str, Any]) -> None:
        suggested = self.suggestions
        chosen = [one for one in suggested.occupations if one.code == cleaned.get("code")]
        is_certain = len(suggested.occupations) == 1 and not suggested.resembling
        settled = chosen or (suggested.occupations if is_certain else [])
        if settled:
            cleaned["occupation"] = settled[0]
        elif suggested.occupations:
            self.add_error("occupation", _("Choose the occupation that fits best from the list"))
        else:
            self.add_error(
                "occupation", _("No occupation is called that. Try another word for the same work.")
            )


def initial_of(candidate: Candidate) -> dict[str, Any]:
    """What the form is opened with."""
    names = (
        "skills",
        "reach_km",
        "fewest_hours",
        "most_hours",
        "from_day",
        "basis",
        "shown_since",
        "version",
    )
    return {
        **{name: getattr(candidate, name) for name in names},
        "occupation": candidate.occupation.title,
        "code": candidate.occupation.code,
        "municipality": candidate.municipality_id,
    }


class ReferForm(forms.Form):
    """Who is to answer, and by when."""

    person = forms.ModelChoiceField(
        label=gettext_lazy("Who answers at the company?"),
        queryset=Person.objects.none(),
        error_messages={"required": gettext_lazy("Choose who is to answer")},
    )
    deadline = forms.DateField(
        label=gettext_lazy("Answer by"),
        widget=DateInput,
        error_messages={
            "required": gettext_lazy("Write the day by which there is to be an answer"),
            "invalid": gettext_lazy("Write the day as a date that exists"),
        },
    )

    def __init__(self, *arguments: Any, company: Company, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.today = timezone.localdate()
        self.fields["person"].queryset = company.people.exclude(email="")  # type: ignore[attr-defined]
        self.fields["deadline"].initial = self.today + timedelta(days=USUAL_DAYS)

    def clean_deadline(self) -> date:
        day: date = self.cleaned_data["deadline"]
        if not self.today <= day <= self.today + LONGEST:
            raise forms.ValidationError(_("The deadline lies today or later, and within 60 days."))
        return day


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=300,
        validators=[without_cpr],
        error_messages={"required": gettext_lazy("Write why it is declined.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class CitizensAnswerForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("The citizen's side of it"),
        help_text=gettext_lazy("Only your jobcentre sees it. No names, CPR numbers or health."),
        max_length=1000,
        validators=[without_cpr],
        error_messages={"required": gettext_lazy("Write the answer.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WhyForm(forms.Form):
    """Why a candidate is not suitable: from the list, and nothing else."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why?"),
        choices=[(value, capfirst(str(label))) for value, label in NotSuitable.choices],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose why the candidate is not suitable.")},
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["reason"].choices = [  # type: ignore[attr-defined]
            (value, capfirst(str(label))) for value, label in NotSuitable.choices
        ]
