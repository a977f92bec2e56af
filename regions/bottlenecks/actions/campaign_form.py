"""Beginning a campaign from a line, without names."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from employers.campaigns.choosing import Choice, of_each
from employers.campaigns.forms import USUAL_LENGTH
from employers.contacts.models import Purpose
from jobcenter.centres.models import Jobcentre
from jobcenter.pages.fields import DateInput, Labelled, capitalised
from jobcenter.pages.privacy import without_cpr
from regions.bottlenecks.models import Line


class CampaignForm(forms.Form):
    """What the campaign is about, when, and which of the area's jobcentres take part, with what they have."""

    name = forms.CharField(
        label=_("Name of the campaign"),
        max_length=100,
        validators=[without_cpr],
        error_messages={"required": _("Give the campaign a name")},
    )
    purpose = forms.ChoiceField(label=_("What about"))
    text = forms.CharField(
        label=_("What the companies are to be told and asked"),
        help_text=_("Read by everybody who takes a company."),
        max_length=2000,
        required=False,
        validators=[without_cpr],
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    starts_on = forms.DateField(
        label=_("First day"), widget=DateInput, error_messages={"required": _("Write the first day")}
    )
    ends_on = forms.DateField(
        label=_("Last day"), widget=DateInput, error_messages={"required": _("Write the last day")}
    )
    partners = forms.ModelMultipleChoiceField(
        label=_("Which jobcentres take part"),
        help_text=_("They are asked, and accept or decline. Each sees its own companies; you see numbers."),
        queryset=Jobcentre.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose who takes part")},
    )

    def __init__(self, data: Any, *, line: Line) -> None:
        self.line, self.today = line, timezone.localdate()
        usual = Choice(Purpose.BOTTLENECK, self.today, self.today + USUAL_LENGTH, occupation=line.occupation)
        jobcentres = Jobcentre.objects.in_area(line.report.area).order_by("sort_key")
        companies = Counter(of_each(usual, list(jobcentres)).values())
        super().__init__(
            data,
            initial={
                "name": line.occupation.title[:100],
                "purpose": usual.purpose,
                "starts_on": usual.starts_on,
                "ends_on": usual.ends_on,
                "partners": [one.pk for one in jobcentres if companies[one.pk]],
            },
        )
        self.fields["purpose"].choices = capitalised(Purpose.choices)  # type: ignore[attr-defined]
        self.fields["partners"].queryset = jobcentres  # type: ignore[attr-defined]
        self.fields["partners"].choices = [  # type: ignore[attr-defined]
            (one.pk, Labelled(one.name, hint=_in_words(companies[one.pk]))) for one in jobcentres
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if last and last < self.today:
            self.add_error("ends_on", _("The last day cannot lie in the past"))
        elif first and last and last < first:
            self.add_error("ends_on", _("The last day cannot be before the first"))
        return cleaned


def _in_words(companies: int) -> str:
    return ngettext("%(number)d company", "%(number)d companies", companies) % {"number": companies}
