"""Telling the managers of the other partners what has become of an agreement."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import translation
from django.utils.translation import gettext as _

from jobcenter.accounts.models import Role, User
from jobcenter.centres.models import Agreement, Jobcentre
from jobcenter.centres.notices import AGREEMENTS
from jobcenter.notifications.telling import language_of, notify
from jobcenter.pages import words

Words = Callable[[dict[str, object]], tuple[str, str]]
"""Subject and text, in the language that is active, of what is told."""


def drafted(agreement: Agreement) -> None:
    _tell(
        agreement,
        from_=agreement.drafter,
        say=lambda told: (
            _("%(jobcentre)s proposes an agreement: %(name)s") % told,
            _("Read it, and accept it or refuse it with a reason.") % told,
        ),
    )


def changed(agreement: Agreement) -> None:
    _tell(
        agreement,
        from_=agreement.drafter,
        say=lambda told: (
            _("%(jobcentre)s has changed the draft of %(name)s") % told,
            _("What was accepted before no longer counts. Read what has changed, and accept it or refuse it.")
            % told,
        ),
    )


def accepted(agreement: Agreement, *, jobcentre: Jobcentre) -> None:
    _tell(
        agreement,
        from_=jobcentre,
        say=lambda told: (
            _("All have accepted %(name)s") % told,
            _("It is in force from %(from)s.") % told,
        ),
    )


def refused(agreement: Agreement, *, jobcentre: Jobcentre, reason: str) -> None:
    _tell(
        agreement,
        from_=jobcentre,
        reason=reason,
        say=lambda told: (
            _("%(jobcentre)s has refused %(name)s") % told,
            _("The reason given: %(reason)s") % told,
        ),
    )


def withdrawn(agreement: Agreement, *, jobcentre: Jobcentre, reason: str) -> None:
    _tell(
        agreement,
        from_=jobcentre,
        reason=reason,
        say=lambda told: (
            _("%(jobcentre)s has withdrawn %(name)s") % told,
            _("The reason given: %(reason)s") % told if reason else "",
        ),
    )


def ended(agreement: Agreement, *, jobcentre: Jobcentre, reason: str) -> None:
    _tell(
        agreement,
        from_=jobcentre,
        reason=reason,
        say=lambda told: (
            _("%(jobcentre)s has ended %(name)s") % told,
            _("It is in force until %(to)s. The reason given: %(reason)s") % told,
        ),
    )


def _tell(agreement: Agreement, *, from_: Jobcentre, say: Words, reason: str = "") -> None:
    """Each manager of the other partners, in the language they were last told something in; once a step."""
    step = agreement.log.latest("at", "pk").pk
    for manager in _managers(agreement, but=from_):
        language = language_of(manager.email)
        with translation.override(language):
            subject, text = say(
                {
                    "jobcentre": from_,
                    "name": agreement.name,
                    "reason": reason,
                    "from": words.day_with_year(agreement.valid_from, language=language),
                    "to": words.day_with_year(agreement.valid_to, language=language)
                    if agreement.valid_to
                    else "",
                }
            )
            notify(
                to=manager.email,
                kind=AGREEMENTS,
                key=f"agreement {agreement.pk} step {step}",
                subject=subject[:200],
                text=text,
                link=agreement.get_absolute_url(),
                language=language,
            )


def _managers(agreement: Agreement, *, but: Jobcentre) -> list[User]:
    """By id: whoever is told many things at once takes their locks in one order."""
    organisations = agreement.partners.exclude(jobcentre=but).values("jobcentre__organisation")
    return list(
        User.objects.filter(
            memberships__organisation__in=organisations, memberships__role=Role.MANAGER, is_active=True
        )
        .distinct()
        .order_by("pk")
    )
