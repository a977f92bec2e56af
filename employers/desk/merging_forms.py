"""What is chosen when two companies or two people are made one, and what is typed when one is made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employers.companies.countries import HOME, foreign_countries
from employers.companies.cvr import checked
from employers.companies.merging import TAKES_THEIRS, Difference
from employers.vacancies.fields import Line
from jobcenter.geography.places import UnknownPostcode, municipalities_at
from jobcenter.pages.fields import TOO_LONG
from jobcenter.pages.privacy import without_cpr

KEEPS_OURS = "stays"


class DoublesForm(forms.Form):
    """Whether it is there twice: by another name or number."""

    q = forms.CharField(
        label=gettext_lazy("Name or number of the other"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class MergeForm(forms.Form):
    """One choice for each field in which the two say different things, and how one knows."""

    why = Line(
        label=gettext_lazy("How do you know that they are one?"),
        help_text=gettext_lazy("Kept with the merge, for whoever asks later."),
        max_length=300,
        validators=[without_cpr],
        error_messages={
            "required": gettext_lazy("Write how you know that they are one"),
            "max_length": TOO_LONG,
        },
    )

    def __init__(self, data: Any = None, *, differences: Sequence[Difference]) -> None:
        super().__init__(data)
        self.conflicts = [one for one in differences if one.must_choose]
        for one in self.conflicts:
            self.fields[one.name] = forms.ChoiceField(
                label=capfirst(one.label),
                choices=[(KEEPS_OURS, str(one.ours)), (TAKES_THEIRS, str(one.theirs))],
                initial=KEEPS_OURS,
                widget=forms.RadioSelect,
            )
        self.order_fields([*(one.name for one in self.conflicts), "why"])

    @property
    def choices(self) -> list[Any]:
        return [self[one.name] for one in self.conflicts]

    def chosen(self) -> dict[str, str]:
        return {one.name: self.cleaned_data[one.name] for one in self.conflicts}


def _looks(name: str, address: str) -> dict[str, str]:
    """The field asks what is known already, a moment after somebody has typed."""
    return {
        "hx-get": address,
        "hx-trigger": "input changed delay:400ms",
        "hx-target": f"#{name}",
        "hx-include": "closest form",
        "autocomplete": "off",
    }


class CompanyForm(forms.Form):
    """A company that nobody has written for yet: its number, its name, and where people work."""

    country = forms.ChoiceField(label=gettext_lazy("Country"), initial=HOME)
    number = Line(
        label=gettext_lazy("CVR number, or the number in the other country's register"),
        max_length=40,
        error_messages={"required": gettext_lazy("Write the company's number"), "max_length": TOO_LONG},
    )
    name = Line(
        label=gettext_lazy("Name"),
        max_length=200,
        error_messages={"required": gettext_lazy("Write the company's name"), "max_length": TOO_LONG},
    )
    address = Line(
        label=gettext_lazy("Street and number of the workplace"),
        max_length=200,
        error_messages={"required": gettext_lazy("Write where people work"), "max_length": TOO_LONG},
    )
    postcode = Line(
        label=gettext_lazy("Postcode"),
        max_length=4,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": gettext_lazy("Write the postcode"), "max_length": TOO_LONG},
    )
    anyway = forms.BooleanField(label=gettext_lazy("It is none of those that are shown"), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["country"].choices = [(HOME, _("Denmark")), *foreign_countries()]  # type: ignore[attr-defined]
        for name in ("name", "number"):
            self.fields[name].widget.attrs |= _looks("known", reverse("desk:companies_like"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("number") and cleaned.get("country") == HOME:
            try:
                cleaned["number"] = checked(cleaned["number"])
            except ValidationError as wrong:
                self.add_error("number", wrong)
        return cleaned

    def clean_postcode(self) -> str:
        postcode = str(self.cleaned_data["postcode"])
        try:
            self.municipality = municipalities_at(postcode, on=timezone.localdate())[0]
        except UnknownPostcode:
            raise ValidationError(_("There is no such postcode")) from None
        return postcode


class PersonForm(forms.Form):
    """Somebody in a company whom one talks to."""

    name = Line(
        label=gettext_lazy("Name"),
        max_length=120,
        validators=[without_cpr],
        error_messages={"required": gettext_lazy("Write the person's name"), "max_length": TOO_LONG},
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        error_messages={"invalid": gettext_lazy("Write an e-mail address, for example name@company.dk")},
    )
    phone = Line(label=gettext_lazy("Telephone"), required=False, max_length=30, validators=[without_cpr])
    anyway = forms.BooleanField(label=gettext_lazy("It is none of those that are shown"), required=False)

    def __init__(self, data: Any = None, *, company: int) -> None:
        super().__init__(data)
        for name in ("name", "email", "phone"):
            self.fields[name].widget.attrs |= _looks("known", reverse("desk:people_like", args=[company]))
