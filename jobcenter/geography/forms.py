"""Choosing a municipality and a version; correcting a catchment, and ending a correction."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcenter.geography.models import Catchment, Correction, Municipality
from jobcenter.pages.fields import Labelled
from jobcenter.pages.privacy import without_cpr


def effects() -> list[tuple[str, Labelled]]:
    return [
        (
            Correction.Effect.INCLUDE,
            Labelled(_("Include it"), hint=_("it belongs to the catchment, however few work there")),
        ),
        (
            Correction.Effect.EXCLUDE,
            Labelled(_("Exclude it"), hint=_("it does not belong, however many work there")),
        ),
    ]


def municipalities() -> Any:
    return Municipality.objects.valid(timezone.localdate())


class ChoiceForm(forms.Form):
    """Which municipality is shown; the address is its code."""

    kommune = forms.ModelChoiceField(
        label=gettext_lazy("Municipality"),
        queryset=Municipality.objects.none(),
        to_field_name="code",
        empty_label=None,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kommune"].queryset = municipalities()  # type: ignore[attr-defined]


class CorrectionForm(forms.Form):
    """Include a municipality in the catchment of a centre, or exclude it, for a reason."""

    municipality = forms.ModelChoiceField(
        label=gettext_lazy("Municipality"),
        queryset=Municipality.objects.none(),
        to_field_name="code",
        error_messages={"required": gettext_lazy("Choose a municipality.")},
    )
    effect = forms.ChoiceField(
        label=gettext_lazy("What is to happen?"),
        widget=forms.RadioSelect,
        choices=effects,
        error_messages={"required": gettext_lazy("Choose whether it is included or excluded.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy(
            "Shown to everybody who reads the catchment. Write what the figures do not know."
        ),
        max_length=1000,
        validators=[without_cpr],
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write the reason of the correction.")},
    )

    def __init__(self, *args: Any, centre: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.centre = centre
        self.fields["municipality"].queryset = municipalities().exclude(  # type: ignore[attr-defined]
            pk=centre.pk
        )

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        municipality, effect = found.get("municipality"), found.get("effect")
        if municipality and effect:
            members = Catchment.objects.in_force().members()
            belongs = members.filter(centre=self.centre, municipality=municipality).exists()
            if belongs and effect == Correction.Effect.INCLUDE:
                self.add_error(
                    "effect", _("%(name)s belongs to the catchment already.") % {"name": municipality}
                )
            if not belongs and effect == Correction.Effect.EXCLUDE:
                self.add_error(
                    "effect", _("%(name)s does not belong to the catchment now.") % {"name": municipality}
                )
        return found


class EndForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why it is ended"),
        max_length=1000,
        validators=[without_cpr],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write why the correction is ended.")},
    )
