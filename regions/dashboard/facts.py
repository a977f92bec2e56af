"""Facts about the labour market as a table: shown, never assessed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from regions.measures.models import Measure, Measurement
from regions.measures.periods import parse


class PeriodForm(forms.Form):
    """The periods there are figures for, the newest first."""

    period = forms.ChoiceField(label=_("Period"))

    def __init__(self, *arguments: Any, measure: Measure, **named: Any) -> None:
        super().__init__(*arguments, **named)
        codes = measure.measurements.order_by("-ends_on").values_list("period", flat=True).distinct()
        language = get_language() or "da"
        self.fields["period"].choices = [(code, parse(code).in_words(language=language)) for code in dict.fromkeys(codes)]
        if self.fields["period"].choices:
            self.fields["period"].initial = self.fields["period"].choices[0][0]

    def chosen(self) -> str | None:
        """The period asked for, else the newest; None when there are no figures at all."""
        if self.is_bound and self.is_valid():
            return str(self.cleaned_data["period"])
        return self.fields["period"].initial


def read(*, measure: Measure, period: str | None) -> QuerySet[Measurement]:
    """The figures of the period, municipalities in Danish order. One query."""
    return (
        Measurement.objects.filter(measure=measure, period=period, municipality__isnull=False)
        .select_related("municipality", "delivery")
        .order_by("municipality__sort_key")
    )
