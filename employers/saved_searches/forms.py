from django import forms
from django.utils.translation import gettext_lazy as _


class SaveForm(forms.Form):
    """Where new vacancies are told to. The search itself stands in the address."""

    email = forms.EmailField(
        label=_("Your e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write your e-mail"),
            "invalid": _("Write a whole e-mail address, such as name@company.dk"),
        },
    )
