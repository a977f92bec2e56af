"""Which period; it stands in the address."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employers.cooperation.happened import Period
from jobcenter.pages.fields import DateInput

LONGEST = timedelta(days=5 * 366)


class PeriodForm(forms.Form):
    """From one day to another, both included; the last twelve months where nothing usable is said."""

    fra = forms.DateField(
        label=gettext_lazy("From"),
        widget=DateInput,
        error_messages={
            "required": gettext_lazy("Write the first day"),
            "invalid": gettext_lazy("Write the first day as a date that exists"),
        },
    )
    til = forms.DateField(
        label=gettext_lazy("Until"),
        widget=DateInput,
        error_messages={
            "required": gettext_lazy("Write the last day"),
            "invalid": gettext_lazy("Write the last day as a date that exists"),
        },
    )

    def __init__(self, asked: Any, *, today: date) -> None:
        self.usual = Period(first=_year_before(today), last=today)
        said = {"fra": self.usual.first.isoformat(), "til": self.usual.last.isoformat()}
        super().__init__({**said, **{name: asked[name] for name in said if asked.get(name)}})

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("fra"), cleaned.get("til")
        if first and last and not first <= last <= first + LONGEST:
            self.add_error("til", _("The last day lies on the first or later, and within five years."))
        return cleaned

    def period(self) -> Period:
        if not self.is_valid():
            return self.usual
        return Period(first=self.cleaned_data["fra"], last=self.cleaned_data["til"])


def _year_before(day: date) -> date:
    """The day after the same day a year ago: with today they make twelve months."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return (day - timedelta(days=is_leap_day)).replace(year=day.year - 1) + timedelta(days=1)
