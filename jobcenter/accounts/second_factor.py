"""The second factor of those who act for an authority: an app's code beside the mailed one or the password.

Article 32 of the data protection regulation asks for security that fits the risk, and whoever reads here
about citizens, and about companies in confidence, is worth stealing a mailbox from. Demonstration users go
without: there is nothing of theirs to read that is not invented.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Membership, Organisation, Role, SecondFactorReset, User
from jobcenter.notifications import outbox
from jobcenter.notifications.models import SIGN_IN

OPEN_WITHOUT = frozenset(
    {"mfa_activate_totp", "mfa_reauthenticate", "account_logout", "pages:language", "pages:favicon"}
)
"""Names of the pages that are shown before the factor is set up or proven: setting up, proving, leaving."""


def must_have(user: User, memberships: Iterable[Membership]) -> bool:
    """Whether the person acts for an authority, in whatever role they chose for now, or administers."""
    return not user.is_demonstration and (
        user.is_staff
        or user.is_superuser
        or any(membership.role != Role.EMPLOYER for membership in memberships)
    )


def page_before(request: HttpRequest) -> str | None:
    """The address to go to before this page: where the factor is set up, or proven; None if nothing lacks.

    A session counts as proven when a code was given in it after the factor was set up. One that was opened
    before, or before a lost factor was reset, is asked anew. One query, and only for those who must have one.
    """
    user: Any = request.user
    if not user.is_authenticated or not must_have(user, request.memberships):  # type: ignore[attr-defined]
        return None
    if _is_open_without(request.path_info):
        return None
    factor = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if factor is None:
        return reverse("mfa_activate_totp")
    given = (one["at"] for one in get_authentication_records(request, user) if one["method"] == "mfa")
    if any(at >= factor.created_at.timestamp() for at in given):
        return None
    back_to = request.get_full_path() if request.method == "GET" else reverse("accounts:home")
    return f"{reverse('mfa_reauthenticate')}?{urlencode({'next': back_to})}"


def _is_open_without(path: str) -> bool:
    try:
        return resolve(path).view_name in OPEN_WITHOUT
    except Resolver404:
        return False


def has_one(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def note_as_proven(request: HttpRequest) -> None:
    """Whoever has just set the factor up has given its code in this session."""
    user: Any = request.user
    record_authentication(request, user, method="mfa", reauthenticated=True)


@transaction.atomic
def reset(user: User, *, by: User, organisation: Organisation | None, reason: str) -> SecondFactorReset:
    """Forget a lost factor, so that its owner is led to set up a new one; it is logged, and told to them."""
    Authenticator.objects.filter(user=user).delete()
    done = SecondFactorReset.objects.create(user=user, by=by, organisation=organisation, reason=reason)
    outbox.put(
        to=user.email,
        subject=gettext("Your second factor is reset"),
        body=render_to_string("jobcenter/accounts/mail/second_factor_reset.txt", {"reset": done}),
        language=(get_language() or "da")[:2],
        kind=SIGN_IN,
    )
    return done


class SecondFactorAdapter(DefaultMFAAdapter):
    """allauth's second factor in our words, its secrets unreadable in a copy of the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "The code does not fit. An app's code changes every half minute: use the one it shows now. "
            "A recovery code works once."
        ),
    }

    def get_totp_label(self, user: Any) -> str:
        return str(user.email)

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> MultiFernet:
    """Locks with the installation's key, and opens what earlier keys have locked too."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = (sha256(b"second factor:" + force_bytes(key)).digest() for key in keys)
    return MultiFernet([Fernet(urlsafe_b64encode(digest)) for digest in digests])
