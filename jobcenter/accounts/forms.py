"""Asking for a code to sign in with, and the reason why a lost factor is reset."""

from typing import Any

from allauth.account.forms import RequestLoginCodeForm
from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import User
from jobcenter.pages.privacy import without_cpr


class CodeForm(RequestLoginCodeForm):
    """No address is longer than those people are known by here, or a mail can be kept for."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        most: int = User._meta.get_field("email").max_length  # type: ignore[assignment]
        self.fields["email"].validators.append(MaxLengthValidator(most))


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("How do you know that it is they who ask?"),
        help_text=_("For example: met at the office, or called back on the number we have. It is logged."),
        max_length=200,
        validators=[without_cpr],
        error_messages={"required": _("Write how you know that it is they who ask")},
    )
