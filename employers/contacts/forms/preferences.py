"""How a company wants to be contacted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employers.companies.models import Company, Person
from employers.contacts.models import Contact, Preferences, Purpose
from jobcenter.pages.fields import DateInput, capitalised

PAUSE_AT_MOST = timedelta(days=366)


class PreferencesForm(forms.Form):
    """How the company wants to be contacted. Everything may be left as it is."""

    most_contacts = forms.TypedChoiceField(
        label=gettext_lazy("At most so many contacts in 4 weeks"),
        help_text=gettext_lazy(
            "From all jobcentres together. Answers to what you ask yourselves do not count."
        ),
        required=False,
        coerce=int,
        empty_value=None,
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("Preferred channel"), widget=forms.RadioSelect, required=False
    )
    person = forms.ChoiceField(label=gettext_lazy("Preferred person"), required=False)
    paused_until = forms.DateField(
        label=gettext_lazy("No contact until"),
        help_text=gettext_lazy("Jobcentres may contact you again from this day on."),
        required=False,
        widget=DateInput,
        error_messages={"invalid": gettext_lazy("Write a date that exists")},
    )
    unwanted = forms.MultipleChoiceField(
        label=gettext_lazy("We do not want to be contacted about"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, company: Company, now: Preferences) -> None:
        super().__init__(data, initial={**as_kept(now), "version": now.version if now.pk else 0})
        self.people: dict[str, Person] = {str(person.pk): person for person in company.people.known()}
        self.fields["most_contacts"].choices = [  # type: ignore[attr-defined]
            ("", _("No limit")),
            *((number, str(number)) for number in range(1, 21)),
        ]
        self.fields["channel"].choices = [  # type: ignore[attr-defined]
            ("", _("No preference")),
            *capitalised(Contact.Channel.choices),
        ]
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            ("", _("Nobody in particular")),
            *((key, person.name) for key, person in self.people.items()),
        ]
        self.fields["unwanted"].choices = capitalised(Purpose.choices)  # type: ignore[attr-defined]

    def clean_paused_until(self) -> date | None:
        day: date | None = self.cleaned_data["paused_until"]
        today = timezone.localdate()
        if day and day > today + PAUSE_AT_MOST:
            raise ValidationError(_("A pause lasts a year at most. Choose an earlier day."))
        if day and day <= today and "paused_until" in self.changed_data:
            raise ValidationError(_("The day has come already. Choose a later one, or leave it out."))
        return day

    def preferences(self) -> dict[str, Any]:
        """What was chosen, as `preferences.change` asks for it."""
        values = self.cleaned_data
        return {
            "most_contacts": values["most_contacts"],
            "channel": values["channel"],
            "person": self.people.get(values["person"]),
            "paused_until": values["paused_until"],
            "unwanted": values["unwanted"],
        }


def as_kept(now: Preferences) -> dict[str, Any]:
    """The form's values for what is kept."""
    return {
        "most_contacts": now.most_contacts or "",
        "channel": now.channel,
        "person": str(now.person_id or ""),
        "paused_until": now.paused_until,
        "unwanted": now.unwanted,
    }
