"""Choosing what of an issue is read; drawing a quarter up, and publishing it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from jobcenter.pages.privacy import without_cpr
from regions.measures.periods import Period, parse
from regions.publications.checking import quarters_to_publish
from regions.publications.models import FrozenComparison, Publication


class IssueForm(forms.Form):
    """Which comparison of an issue, and which area of the country."""

    maal = forms.ChoiceField(label=gettext_lazy("Measure and target group"))
    omraade = forms.ChoiceField(label=gettext_lazy("Area"), required=False)

    def __init__(
        self, *arguments: Any, comparisons: Sequence[FrozenComparison], areas: dict[str, str], **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        self.comparisons = {one.code: one for one in comparisons}
        self.fields["maal"].choices = [(one.code, str(one)) for one in comparisons]  # type: ignore[attr-defined]
        by_name = sorted(areas.items(), key=lambda area: area[1])
        self.fields["omraade"].choices = [("", _("The whole country")), *by_name]  # type: ignore[attr-defined]

    def chosen(self) -> FrozenComparison | None:
        return self.comparisons[self.cleaned_data["maal"]] if self.is_valid() else None


class DrawUpForm(forms.Form):
    """A quarter in which something has been compared; and what was wrong, where it is published already."""

    period = forms.ChoiceField(label=gettext_lazy("Quarter"))
    correction = forms.CharField(
        label=gettext_lazy("What was wrong"),
        help_text=gettext_lazy("Only where the quarter is published already: it stands on the new issue."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[without_cpr],
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        language = get_language() or "da"
        self.fields["period"].choices = [  # type: ignore[attr-defined]
            (quarter.code, quarter.in_words(language=language)) for quarter in quarters_to_publish()
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        of_period = Publication.objects.filter(period=cleaned.get("period", ""))
        is_published = of_period.exists() and not of_period.filter(state="draft").exists()
        if is_published and not cleaned.get("correction") and "correction" not in self.errors:
            self.add_error(
                "correction", _("The quarter is published. Write what was wrong, to draw up a correction.")
            )
        if not of_period.published().exists() and cleaned.get("correction"):
            self.add_error("correction", _("Nothing is published of the quarter, so nothing is corrected."))
        return cleaned

    @property
    def quarter(self) -> Period:
        return parse(self.cleaned_data["period"])


class PublishForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why the comparison can be published"),
        help_text=gettext_lazy("It stands in the history. What is published never changes."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        validators=[without_cpr],
        error_messages={
            "required": gettext_lazy("Write why the comparison can be published: it stands in the history.")
        },
    )
