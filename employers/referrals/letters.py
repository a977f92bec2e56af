"""The mails about a referral: to the employer who answers, and to the caseworkers it concerns.

The employer is written to in the language the vacancy was sent in, jobcentres in their own.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employers.referrals.models import Referral, State
from jobcenter.accounts.models import User
from jobcenter.notifications import outbox

STAFF_LANGUAGE = "da"

SLUGS: dict[str, State] = {
    "samtale": State.INTERVIEW,
    "ansat": State.HIRED,
    "ikke-egnet": State.NOT_SUITABLE,
    "kom-ikke": State.DID_NOT_COME,
}
"""The employer's answers as they stand in addresses."""

SAYS: dict[str, Any] = {
    "samtale": gettext_lazy("We call the candidate to an interview"),
    "ansat": gettext_lazy("We hire the candidate"),
    "ikke-egnet": gettext_lazy("The candidate is not suitable"),
    "kom-ikke": gettext_lazy("The candidate did not come"),
}
"""The same as an employer says them."""


def ask_employer(referral: Referral) -> None:
    """The candidate, and one link for each answer. The link opens a page with one button."""
    with translation.override(referral.vacancy.language):
        answers = [
            {
                "label": says,
                "address": settings.PUBLIC_URL + reverse("referrals:answer", args=[referral.token, slug]),
            }
            for slug, says in SAYS.items()
        ]
        _to_employer(
            referral,
            template="ask",
            subject=_("A candidate for “%(title)s”") % {"title": referral.vacancy.title},
            answers=answers,
        )


def ask_owner(referral: Referral) -> None:
    """That another jobcentre would like to put a candidate forward."""
    _to_staff(referral, referral.candidate.owner, template="owner")


def tell_referrer(referral: Referral, *, comment: str) -> None:
    """That the candidate's jobcentre has accepted or declined."""
    _to_staff(referral, referral.referred_by, template="decided", comment=comment)


def tell_owners_of_answer(referral: Referral) -> None:
    """What the employer answered: to the candidate's owner, and to who referred if that is another."""
    for user in _concerned(referral):
        _to_staff(referral, user, template="answer")


def tell_obsolete(referral: Referral, *, was_sent: bool) -> None:
    """That nothing can come of it any more: to the caseworkers, and to the employer who was to answer."""
    for user in _concerned(referral):
        _to_staff(referral, user, template="obsolete")
    if was_sent:
        with translation.override(referral.vacancy.language):
            _to_employer(
                referral,
                template="obsolete",
                subject=_("“%(title)s”: you need not answer about the candidate")
                % {"title": referral.vacancy.title},
            )


def _concerned(referral: Referral) -> list[User]:
    return list({user.pk: user for user in (referral.candidate.owner, referral.referred_by)}.values())


def _to_staff(referral: Referral, user: User, *, template: str, **told: Any) -> None:
    jobcentre = _jobcentre_of(referral, user)
    with translation.override(STAFF_LANGUAGE):
        said = {"candidate": referral.candidate.reference, "title": referral.vacancy.title}
        subjects = {
            "owner": _("%(candidate)s: may we put the candidate forward for “%(title)s”?"),
            "decided": _("%(candidate)s: answer about “%(title)s”"),
            "answer": _("%(candidate)s: the employer has answered about “%(title)s”"),
            "obsolete": _("%(candidate)s: nothing comes of “%(title)s”"),
        }
        _put(
            referral,
            to=user.email,
            template=f"staff_{template}",
            subject=subjects[template] % said,
            # How somebody was judged is for the candidate's jobcentre alone.
            state=referral.state_shown_to(jobcentre),
            reason=referral.reason_shown_to(jobcentre),
            address=settings.PUBLIC_URL + reverse("referrals:referrals"),
            user=user,
            **told,
        )


def _jobcentre_of(referral: Referral, user: User) -> Any:
    is_owner = user.pk == referral.candidate.owner_id
    return referral.candidates_jobcentre if is_owner else referral.vacancys_jobcentre


def _to_employer(referral: Referral, *, template: str, subject: str, **told: Any) -> None:
    if referral.person.email:
        address = settings.PUBLIC_URL + referral.link
        _put(referral, to=referral.person.email, template=template, subject=subject, address=address, **told)


def _put(referral: Referral, *, to: str, template: str, subject: str, **told: Any) -> None:
    """Into the outbox, in the language that is active now."""
    body = render_to_string(
        f"employers/referrals/mail/{template}.txt", {"referral": referral, "to": to, **told}
    )
    outbox.put(
        to=to,
        subject=subject,
        body=body.strip() + "\n",
        language=(translation.get_language() or "da")[:2],
        kind=f"referral_{template}",
    )
