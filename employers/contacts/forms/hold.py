"""Asking for advice before a contact, and reserving a company."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from employers.companies.models import Company, Workplace
from employers.contacts.models import HoldLimit, Purpose
from jobcenter.centres.models import Jobcentre
from jobcenter.geography.models import Municipality
from jobcenter.pages.fields import capitalised

USUAL_DAYS = 5
"""So many days a hold is proposed for."""


class PurposeForm(forms.Form):
    """What one thinks of contacting a company about, to be advised."""

    om = forms.ChoiceField(label=gettext_lazy("What do you want to contact them about?"), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["om"].choices = [  # type: ignore[attr-defined]
            ("", _("Not chosen")),
            *capitalised(Purpose.choices),
        ]

    @property
    def purpose(self) -> str:
        return self.cleaned_data["om"] if self.is_valid() else ""

    @property
    def purposes(self) -> list[str]:
        return [self.purpose] if self.purpose else []


class HoldForm(forms.Form):
    """A workplace, a purpose and a number of days."""

    workplace = forms.ModelChoiceField(
        label=gettext_lazy("Workplace"), queryset=Workplace.objects.none(), empty_label=None
    )
    purpose = forms.ChoiceField(label=gettext_lazy("Purpose"))
    days = forms.TypedChoiceField(label=gettext_lazy("For how many days"), coerce=int)

    def __init__(
        self, data: Any = None, *, company: Company, jobcentre: Jobcentre, limit: HoldLimit, purpose: str = ""
    ) -> None:
        usual = min(USUAL_DAYS, limit.most_days)
        super().__init__(data, initial={"purpose": purpose, "days": usual})
        shared = Municipality.objects.in_catchment_of(jobcentre.municipalities())
        self.fields["workplace"].queryset = Workplace.objects.open().filter(  # type: ignore[attr-defined]
            company=company, municipality__in=shared
        )
        self.fields["purpose"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *capitalised(Purpose.choices),
        ]
        self.fields["days"].choices = [  # type: ignore[attr-defined]
            (days, ngettext("%(days)d day", "%(days)d days", days) % {"days": days})
            for days in range(1, limit.most_days + 1)
        ]
