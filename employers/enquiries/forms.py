"""The later steps of an enquiry: what they need, whether it is sent; and the way back to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from employers.enquiries.models import Kind
from employers.enquiries.needs import FORMS, MessageForm
from employers.vacancies.fields import Line
from employers.vacancies.forms import VacancyForm
from jobcenter.pages.fields import TOO_LONG
from jobcenter.pages.privacy import without_cpr

LONGEST_WHY = 300


class SendForm(forms.Form):
    """The last step: nothing is asked, unless the vacancy is much like one that is open."""

    why_another = Line(
        label=_("Why is it another vacancy?"),
        help_text=_("For example: one more colleague on the evening shift."),
        max_length=LONGEST_WHY,
        validators=[without_cpr],
        error_messages={
            "required": _("Write why it is another vacancy, or go on with the one you have"),
            "max_length": TOO_LONG,
        },
    )

    def __init__(self, data: Any = None, *, resembles: bool, **named: Any) -> None:
        super().__init__(data, **named)
        self.fields["why_another"].widget.attrs.pop("maxlength", None)
        if not resembles:
            del self.fields["why_another"]


class FindForm(forms.Form):
    """The way back for someone who has lost the link."""

    reference = Line(
        label=_("Reference"),
        help_text=_("It is in the receipt, for example 4K7Q-92FD."),
        max_length=20,
        error_messages={"required": _("Write the reference from the receipt")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("The address you wrote in the enquiry."),
        max_length=254,
        error_messages={
            "required": _("Write your e-mail address"),
            "invalid": _("Put the e-mail address right, so that it has the form name@company.dk"),
        },
    )

    def clean_reference(self) -> str:
        """As we write it, however it was read out: capitals, a hyphen in the middle."""
        letters = "".join(letter for letter in self.cleaned_data["reference"].upper() if letter.isalnum())
        return f"{letters[:4]}-{letters[4:]}"

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


def need_form(kind: str, *, data: Any = None, initial: Any = None) -> VacancyForm | MessageForm:
    """The form of the second step."""
    if kind == Kind.RECRUIT:
        return VacancyForm(data, initial=initial)
    return FORMS[kind](data, kind=kind, initial=initial)


def names_of_need(kind: str) -> list[str]:
    """The fields of the second step."""
    return list(VacancyForm.base_fields if kind == Kind.RECRUIT else FORMS[kind].base_fields)
