"""How sign-in behaves here: nobody signs up by themselves, and codes are sent through the outbox."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jobcenter.accounts import second_factor
from jobcenter.notifications import outbox
from jobcenter.notifications.models import SIGN_IN


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put the mail in the outbox instead of making the person wait for a mail server."""
        message = self.render_mail(template_prefix, email, context)
        with transaction.atomic():
            outbox.put(
                to=email,
                subject=message.subject,
                body=message.body,
                language=(get_language() or "da")[:2],
                kind=SIGN_IN,
            )

    def is_reauthentication_required(self, *, app: str, **named: Any) -> bool:
        """A factor is proven anew before it is shown or taken away; whoever has none has nothing to prove."""
        return second_factor.has_one(self.request.user)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """By the factor itself: a password, which only some have, would be less than was asked at sign-in."""
        if not second_factor.has_one(user):
            return []
        return [{"id": "mfa_reauthenticate", "description": _("Code"), "url": reverse("mfa_reauthenticate")}]
