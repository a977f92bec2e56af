"""Which year, which result, and which municipality to follow: chosen in the address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jobcenter.geography.ordering import danish_sort_key
from regions.illustration.panel import TITLES, YEARS
from regions.illustration.years import Illustration, Line, Year


class YearForm(forms.Form):
    maaling = forms.ChoiceField(
        label=_("Result"), choices=[(topic.value, title) for topic, title in TITLES.items()]
    )
    aar = forms.TypedChoiceField(
        label=_("Year"), choices=[(str(year), str(year)) for year in reversed(YEARS)], coerce=int
    )
    kommune = forms.ChoiceField(label=_("Follow a municipality"), required=False)

    def __init__(self, *arguments: Any, illustration: Illustration, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.illustration = illustration
        panel = illustration.panel
        by_name = sorted(zip(panel.codes, panel.names, strict=True), key=lambda one: danish_sort_key(one[1]))
        self.fields["kommune"].choices = [("", _("No one in particular")), *by_name]  # type: ignore[attr-defined]

    def chosen(self) -> Year | None:
        if not self.is_valid():
            return None
        return self.illustration.year(self.cleaned_data["maaling"], self.cleaned_data["aar"])

    def followed(self) -> list[Line]:
        """The municipality to follow, year by year; empty where none is chosen."""
        code = self.cleaned_data["kommune"]
        return self.illustration.over_time(self.cleaned_data["maaling"], code) if code else []
