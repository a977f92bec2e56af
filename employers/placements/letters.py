"""The mails about a placement: to the employer, the employees' representative and the caseworker.

An application, what is decided and how it ends are answered in letters of their own. Reminders, and what is
asked afterwards, are nobody's answer: they wait for the day's one mail.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from employers.placements.models import Effect, Placement
from employers.placements.notices import FOLLOW_UP, REMINDERS
from jobcenter.notifications import outbox
from jobcenter.notifications.kinds import Kind
from jobcenter.notifications.telling import notify


def send_form(placement: Placement) -> None:
    """Where the employer fills in the application."""
    with translation.override(placement.language):
        _to_employer(
            placement,
            template="form",
            subject=_("%(reference)s: apply for a %(kind)s") % _said(placement),
        )


def send_receipt(placement: Placement) -> None:
    """That the application came, and whose turn it is."""
    with translation.override(placement.language):
        _to_employer(
            placement, template="receipt", subject=_("%(reference)s: your application") % _said(placement)
        )


def send_back(placement: Placement, *, reason: str) -> None:
    with translation.override(placement.language):
        _to_employer(
            placement,
            template="back",
            subject=_("%(reference)s: please put the application right") % _said(placement),
            reason=reason,
        )


def ask_representative(placement: Placement) -> None:
    """Ask for the confirmation."""
    with translation.override(placement.language):
        _put(
            placement,
            to=placement.representative_email,
            template="ask",
            subject=_("%(company)s asks you to confirm a %(kind)s") % _said(placement),
            address=settings.PUBLIC_URL + placement.representatives_link,
        )


def remind_representative(placement: Placement, *, hours: int) -> None:
    """That the confirmation is missing so few hours before the start."""
    with translation.override(placement.language):
        _tell(
            placement,
            to=placement.representative_email,
            kind=REMINDERS,
            key=f"{placement.pk} {placement.round} {hours}",
            template="remind",
            subject=_("Reminder: %(company)s asks you to confirm a %(kind)s") % _said(placement),
            link=placement.representatives_link,
            hours=hours,
        )


def tell_owner_of_answer(placement: Placement) -> None:
    with translation.override("da"):
        _put(
            placement,
            to=placement.owner.email,
            template="answer",
            subject=_("%(reference)s: the representative has answered") % _said(placement),
            address=settings.PUBLIC_URL + placement.get_absolute_url(),
        )


def send_decision(placement: Placement, *, reason: str) -> None:
    with translation.override(placement.language):
        subject = (
            _("%(reference)s: the %(kind)s is granted")
            if placement.state == Placement.State.GRANTED
            else _("%(reference)s: the %(kind)s is refused")
        )
        _to_employer(placement, template="decision", subject=subject % _said(placement), reason=reason)


def send_extension(placement: Placement, *, reason: str) -> None:
    with translation.override(placement.language):
        _to_employer(
            placement,
            template="extension",
            subject=_("%(reference)s: the %(kind)s is extended") % _said(placement),
            reason=reason,
        )


def send_end(placement: Placement, *, reason: str | Promise) -> None:
    """That it was ended before its time, and why."""
    with translation.override(placement.language):
        _to_employer(
            placement,
            template="end",
            subject=_("%(reference)s: the %(kind)s ends") % _said(placement),
            reason=reason,
        )


def tell_owner_of_conflict(placement: Placement) -> None:
    with translation.override("da"):
        _put(
            placement,
            to=placement.owner.email,
            template="conflict",
            subject=_("%(reference)s: labour conflict at %(company)s") % _said(placement),
            address=settings.PUBLIC_URL + placement.get_absolute_url(),
        )


def ask_about_effect(effect: Effect) -> None:
    """What came of it. Nothing is sent to a person without an address."""
    placement = effect.placement
    if not placement.person.email:
        return
    with translation.override(placement.language):
        _tell(
            placement,
            to=placement.person.email,
            kind=FOLLOW_UP,
            key=f"{placement.pk} {effect.weeks}",
            template="effect",
            subject=_("%(reference)s: what came of the %(kind)s?") % _said(placement),
            link=effect.link,
        )


def _to_employer(placement: Placement, *, template: str, subject: str, **told: Any) -> None:
    """Nothing is sent to a person without an address."""
    if placement.person.email:
        told = {"address": settings.PUBLIC_URL + placement.link, **told}
        _put(placement, to=placement.person.email, template=template, subject=subject, **told)


def _put(placement: Placement, *, to: str, template: str, subject: str, **told: Any) -> None:
    """Into the outbox, in the language that is active now."""
    body = render_to_string(
        f"employers/placements/mail/{template}.txt", {"placement": placement, "to": to, **told}
    )
    outbox.put(
        to=to,
        subject=subject,
        body=body.strip() + "\n",
        language=(translation.get_language() or "da")[:2],
        kind=f"placement_{template}",
    )


def _tell(
    placement: Placement,
    *,
    to: str,
    kind: Kind,
    key: str,
    template: str,
    subject: str,
    link: str,
    **told: Any,
) -> None:
    """Into today's mail, in the language that is active now."""
    text = render_to_string(f"employers/placements/mail/{template}.txt", {"placement": placement, **told})
    notify(
        to=to,
        kind=kind,
        key=key,
        subject=subject[:200],
        text=text.strip(),
        link=link,
        language=placement.language,
        on=timezone.localdate(),
    )


def _said(placement: Placement) -> dict[str, Any]:
    return {
        "reference": placement.reference,
        "kind": placement.get_kind_display(),
        "company": placement.company.name,
    }
