"""With whom a jobcentre is compared: chosen in the address, so that the page can be kept and sent."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcenter.accounts.scope import StaffRequest
from jobcenter.centres.models import AreaOffice, Jobcentre, Serves
from jobcenter.geography.models import Area
from jobcenter.pages.privacy import without_cpr
from regions.comparison.models import Comparison, NamedGroup, Selection
from regions.comparison.peers import FEWEST, MOST
from regions.dashboard.forms import ComparisonForm, values_of

PEERS, ALL, CHOSEN = "ligestillede", "alle", "valgte"
AREA, GROUP = "omraade-", "gruppe-"
"""Followed by the code of an area, or of a named group."""

USUAL_PEERS = 7


class BesideForm(ComparisonForm):
    """Measure, target group and period, whose view it is, and with whom."""

    jobcenter = forms.ModelChoiceField(
        Jobcentre.objects.all(),
        label=gettext_lazy("In focus"),
        to_field_name="code",
        required=False,
        empty_label=gettext_lazy("No one in particular"),
    )
    med = forms.ChoiceField(label=gettext_lazy("Compared with"))
    antal = forms.TypedChoiceField(
        label=gettext_lazy("Number of peers"),
        choices=[(str(k), str(k)) for k in range(FEWEST, MOST + 1)],
        coerce=int,
    )
    valgt = forms.ModelMultipleChoiceField(
        Jobcentre.objects.all(),
        label=gettext_lazy("My own choice"),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        today = timezone.localdate()
        valid = Jobcentre.objects.valid(today)
        for name in ("jobcenter", "valgt"):
            self.fields[name].queryset = valid  # type: ignore[attr-defined]
        offices = AreaOffice.objects.valid(today).select_related("area").order_by("area__sort_key")
        self.fields["med"].choices = [  # type: ignore[attr-defined]
            (PEERS, _("Its peers: the same is to be expected of them")),
            *((f"{AREA}{office.area.code}", office.area.name) for office in offices),
            (ALL, _("All jobcentres")),
            *((f"{GROUP}{group.code}", str(group)) for group in NamedGroup.objects.all()),
            (CHOSEN, _("My own choice")),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("med") == PEERS and not cleaned.get("jobcenter"):
            self.add_error("jobcenter", ValidationError(_("Choose whose peers they should be.")))
        if cleaned.get("med") == CHOSEN and "valgt" not in self.errors and not cleaned.get("valgt"):
            self.add_error("valgt", ValidationError(_("Choose at least one jobcentre.")))
        return cleaned

    def members(self, comparison: Comparison) -> Collection[str] | None:
        """Codes of those compared with, as it was at the end of the period; None for the peers."""
        said: str = self.cleaned_data["med"]
        on = comparison.ends_on
        if said == PEERS:
            return None
        if said == CHOSEN:
            jobcentres = self.cleaned_data["valgt"]
        elif said.startswith(AREA):
            area = Area.objects.get(code=said.removeprefix(AREA))
            jobcentres = Jobcentre.objects.in_area(area, on=on)
        elif said.startswith(GROUP):
            group = NamedGroup.objects.get(code=said.removeprefix(GROUP))
            serves = Serves.objects.valid(on).filter(municipality__in=group.municipalities.all())
            jobcentres = Jobcentre.objects.filter(serves__in=serves)
        else:
            jobcentres = Jobcentre.objects.all()
        return set(jobcentres.values_list("code", flat=True))

    def said_with(self) -> str:
        """With whom, as it stands in the list of choices."""
        return str(dict(self.fields["med"].choices)[self.cleaned_data["med"]])  # type: ignore[attr-defined]


def usual(request: StaffRequest, comparison: Comparison) -> dict[str, Any]:
    """What a reader sees first: an office its area, a jobcentre its peers, the national agency all."""
    values: dict[str, Any] = values_of(comparison) | {"antal": str(USUAL_PEERS)}
    if area := getattr(request, "area", None):
        return values | {"med": f"{AREA}{area.code}"}
    if jobcentre := getattr(request, "jobcentre", None):
        return values | {"med": PEERS, "jobcenter": jobcentre.code}
    return values | {"med": ALL}


class SelectionForm(forms.ModelForm):
    """A choice of jobcentres under a name."""

    name = forms.CharField(
        label=gettext_lazy("Name of the selection"),
        max_length=60,
        validators=[without_cpr],
        error_messages={"required": gettext_lazy("Write what the selection is called.")},
    )

    class Meta:
        model = Selection
        fields = ["name", "is_shared", "jobcentres"]
        widgets = {"jobcentres": forms.MultipleHiddenInput}
