"""The mails about access, all of them direct answers: a link to press, or what was decided."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from employers.access.models import AccessRequest, Invitation
from jobcenter.notifications import outbox
from jobcenter.notifications.models import Mail

QUIET = timedelta(minutes=10)
"""A mail that anyone may have sent to an address is sent to it once in this time."""


def send_proof(request: AccessRequest) -> None:
    """Asks whether it was really they who asked for access."""
    _put(
        request.email,
        "access_proof",
        language=request.language,
        subject=lambda: _("Confirm that you asked for access"),
        request=request,
        address=settings.PUBLIC_URL + request.link,
        works_until=timezone.localtime(request.works_until),
    )


def proof_was_just_sent(email: str) -> bool:
    return Mail.objects.filter(to=email, kind="access_proof", created_at__gt=timezone.now() - QUIET).exists()


def send_confirmed(request: AccessRequest) -> None:
    _put(
        request.email,
        "access_confirmed",
        language=request.language,
        subject=lambda: _("You now have access for %(company)s") % {"company": request.company},
        request=request,
        address=settings.PUBLIC_URL + reverse("desk:my_company"),
    )


def send_refused(request: AccessRequest, *, reason: str) -> None:
    _put(
        request.email,
        "access_refused",
        language=request.language,
        subject=lambda: _("You did not get access for %(company)s") % {"company": request.company},
        request=request,
        reason=reason,
    )


def send_invitation(invitation: Invitation) -> None:
    _put(
        invitation.email,
        "access_invitation",
        language=invitation.language,
        subject=lambda: (
            _("%(person)s invites you to act for %(company)s")
            % {"person": invitation.invited_by, "company": invitation.company}
        ),
        invitation=invitation,
        address=settings.PUBLIC_URL + invitation.link,
        works_until=timezone.localtime(invitation.expires_at),
    )


def _put(to: str, kind: str, *, language: str, subject: Any, **told: Any) -> None:
    with translation.override(language):
        body = render_to_string(f"employers/access/mail/{kind.removeprefix('access_')}.txt", told)
        outbox.put(to=to, subject=subject()[:200], body=body.strip() + "\n", language=language, kind=kind)
