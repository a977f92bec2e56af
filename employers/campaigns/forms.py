"""What is asked about campaigns, and the choice of companies they share with the list of companies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from employers.campaigns.segments import SEGMENTS, counted, in_all
from employers.companies.models import CompanyQuerySet, Workplace
from jobcenter.centres.models import Jobcentre
from jobcenter.geography.models import Municipality


class SegmentForm(forms.Form):
    """Which companies: those in all the segments, and with a workplace in the municipality.

    The values stand in the address; what is not understood is as if it was not said.
    """

    udsnit = forms.MultipleChoiceField(
        label=_("Segments"), required=False, widget=forms.CheckboxSelectMultiple
    )
    kommune = forms.ModelChoiceField(
        label=_("Municipality"),
        queryset=Municipality.objects.none(),
        required=False,
        to_field_name="code",
        empty_label=_("The whole catchment"),
    )

    def __init__(self, data: Any, *, jobcentre: Jobcentre) -> None:
        super().__init__(data)
        self.jobcentre = jobcentre
        self.fields["kommune"].queryset = Municipality.objects.in_catchment_of(  # type: ignore[attr-defined]
            jobcentre.municipalities()
        ).order_by("sort_key")
        self.fields["udsnit"].choices = [  # type: ignore[attr-defined]
            (key, capfirst(str(segment.name))) for key, segment in SEGMENTS.items()
        ]

    def chosen(self, companies: CompanyQuerySet) -> CompanyQuerySet:
        """Narrow the companies, and put beside each segment how many of the municipality's it has."""
        self.is_valid()
        if municipality := self.cleaned_data.get("kommune"):
            there = Workplace.objects.open().filter(municipality=municipality)
            companies = companies.filter(pk__in=there.values("company"))
        counts = counted(companies, jobcentre=self.jobcentre)
        self.fields["udsnit"].choices = [  # type: ignore[attr-defined]
            (key, f"{capfirst(str(segment.name))} ({counts[key]})") for key, segment in SEGMENTS.items()
        ]
        return companies.filter(in_all(self.segments, jobcentre=self.jobcentre))

    @property
    def segments(self) -> list[str]:
        return self.cleaned_data.get("udsnit") or []
