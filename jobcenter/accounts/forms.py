"""Asking for a code to sign in with."""

from typing import Any

from allauth.account.forms import RequestLoginCodeForm
from django.core.validators import MaxLengthValidator

from jobcenter.accounts.models import User


class CodeForm(RequestLoginCodeForm):
    """No address is longer than those people are known by here, or a mail can be kept for."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        most: int = User._meta.get_field("email").max_length  # type: ignore[assignment]
        self.fields["email"].validators.append(MaxLengthValidator(most))
