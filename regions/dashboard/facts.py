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
    """The periods there are figures of municipalities for, the newest first."""

    period = forms.ChoiceField(label=_("Period"))

    def __init__(self, *arguments: Any, measure: Measure, **named: Any) -> None:
        super().__init__(*arguments, **named)
        figures = measure.measurements.filter(municipality__isnull=False)
        codes = figures.order_by("-ends_on", "-starts_on").values_list("period", flat=True).distinct()
        self.periods = list(dict.fromkeys(codes))
        language = get_language() or "da"
        self.fields["period"].choices = [  # type: ignore[attr-defined]
            (code, parse(code).in_words(language=language)) for code in self.periods
        ]

    def chosen(self) -> str | None:
        """The period asked for; the newest when none is; None without figures, or for an unknown period."""
        if not self.is_bound:
            return self.periods[0] if self.periods else None
        return str(self.cleaned_data["period"]) if self.is_valid() else None


def read(*, measure: Measure, period: str | None) -> QuerySet[Measurement]:
    """The figures of the period, municipalities in Danish order. One query."""
    return (
        Measurement.objects.filter(measure=measure, period=period, municipality__isnull=False)
        .select_related("municipality", "delivery")
        .order_by("municipality__sort_key")
    )
