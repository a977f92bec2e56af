"""The mails an employer gets, in the language they wrote in: receipt, answer, and links that lead back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from employers.enquiries.notices import DEADLINES
from jobcenter.notifications import outbox
from jobcenter.notifications.models import Mail
from jobcenter.notifications.telling import notify
from jobcenter.pages import words

if TYPE_CHECKING:
    from employers.enquiries.models import Draft, Enquiry
    from jobcenter.accounts.models import User

QUIET = timedelta(minutes=10)
"""A link that anyone may ask for is sent to one address once in this time."""


def send_receipt(enquiry: Enquiry) -> None:
    """What was received, who answers, and by when."""
    with translation.override(enquiry.language):
        _put(
            enquiry.person.email,
            kind="enquiry_receipt",
            subject=_("%(reference)s: you have an answer by %(time)s")
            % {"reference": enquiry.reference, "time": _day_time(enquiry)},
            template="receipt",
            enquiry=enquiry,
            data_address=settings.PUBLIC_URL + reverse("pages:data"),
        )


def send_confirmation(enquiry: Enquiry) -> None:
    """The link that confirms the address, once more."""
    if _was_just_sent(enquiry.person.email, kind="enquiry_confirmation"):
        return
    with translation.override(enquiry.language):
        _put(
            enquiry.person.email,
            kind="enquiry_confirmation",
            subject=_("%(reference)s: confirm your address") % {"reference": enquiry.reference},
            template="confirmation",
            enquiry=enquiry,
        )


def send_answer(enquiry: Enquiry, *, by: User, text: str, files: int = 0) -> None:
    """The caseworker's answer, word for word, and how many files came with it.

    Nothing is sent to a person without an address.
    """
    if not enquiry.person.email:
        return
    with translation.override(enquiry.language):
        _put(
            enquiry.person.email,
            kind="enquiry_answer",
            subject=_("%(reference)s: answer from %(jobcentre)s")
            % {"reference": enquiry.reference, "jobcentre": enquiry.jobcentre},
            template="answer",
            enquiry=enquiry,
            by=by,
            text=text,
            files=files,
        )


def tell_owner(enquiry: Enquiry) -> None:
    """That the employer has written. Of a confidential enquiry the mail names nobody."""
    with translation.override("da"):
        _put(
            enquiry.owner.email,
            kind="enquiry_question",
            subject=_("%(reference)s: the employer has written") % {"reference": enquiry.reference},
            template="question",
            enquiry=enquiry,
            page=settings.PUBLIC_URL + reverse("desk:enquiry", args=[enquiry.pk]),
        )


def send_back(enquiry: Enquiry, *, by: User, text: str) -> None:
    """What the employer is to change before the vacancy can be published, word for word."""
    _about_vacancy(
        enquiry,
        kind="vacancy_returned",
        subject=gettext_noop("%(reference)s: change “%(title)s” before it is published"),
        template="vacancy_returned",
        by=by,
        text=text,
    )


def tell_deadline(enquiry: Enquiry) -> None:
    """The last day to apply comes near: close it, or give people longer. In the day's one mail."""
    _notify(
        enquiry,
        key="deadline",
        subject=gettext_noop("%(reference)s: the last day to apply for “%(title)s” comes near"),
        template="vacancy_deadline",
    )


def tell_closed(enquiry: Enquiry) -> None:
    """The last day to apply is over, and the vacancy closed by itself: what came of it?"""
    _notify(
        enquiry,
        key="closed",
        subject=gettext_noop("%(reference)s: what came of “%(title)s”?"),
        template="vacancy_closed",
    )


def _notify(enquiry: Enquiry, *, key: str, subject: str, template: str) -> None:
    """Told once for each last day. `subject` is translated when it is made."""
    vacancy = enquiry.vacancy
    if not enquiry.person.email or not vacancy:
        return
    with translation.override(enquiry.language):
        text = render_to_string(
            f"employers/enquiries/mail/{template}.txt", {"enquiry": enquiry, "vacancy": vacancy}
        )
        said = _(subject) % {"reference": enquiry.reference, "title": vacancy.title}
        notify(
            to=enquiry.person.email,
            kind=DEADLINES,
            key=f"{key} {vacancy.pk} {vacancy.apply_by:%Y-%m-%d}",
            subject=said[:200],
            text=text.strip(),
            link=enquiry.link,
            language=enquiry.language,
            on=timezone.localdate(),
        )


def _about_vacancy(enquiry: Enquiry, *, kind: str, subject: str, template: str, **told: Any) -> None:
    """Nothing is sent to a person without an address. `subject` is translated when it is made."""
    if not enquiry.person.email or not enquiry.vacancy:
        return
    with translation.override(enquiry.language):
        said = {"reference": enquiry.reference, "title": enquiry.vacancy.title}
        _put(
            enquiry.person.email,
            kind=kind,
            subject=_(subject) % said,
            template=template,
            enquiry=enquiry,
            vacancy=enquiry.vacancy,
            **told,
        )


def send_link(enquiry: Enquiry) -> None:
    """The private link once more, to someone who had lost it."""
    if _was_just_sent(enquiry.person.email, kind="enquiry_link"):
        return
    with translation.override(enquiry.language):
        _put(
            enquiry.person.email,
            kind="enquiry_link",
            subject=_("%(reference)s: the link to your enquiry") % {"reference": enquiry.reference},
            template="link",
            enquiry=enquiry,
        )


def send_draft(draft: Draft, *, to: str) -> None:
    """Where a draft can be gone on with. Carries nothing of what was typed: the address is not proven yet."""
    if _was_just_sent(to, kind="enquiry_draft"):
        return
    _put(
        to,
        kind="enquiry_draft",
        subject=_("Your draft is saved"),
        template="draft",
        address=settings.PUBLIC_URL + reverse("enquiries:draft", args=[draft.key]),
        kept_until=timezone.localtime(draft.kept_until),
    )


def _was_just_sent(to: str, *, kind: str) -> bool:
    return Mail.objects.filter(to=to, kind=kind, created_at__gt=timezone.now() - QUIET).exists()


def _put(to: str, *, kind: str, subject: str, template: str, **told: Any) -> None:
    """Into the outbox, in the language that is active now."""
    if "enquiry" in told:
        told["address"] = settings.PUBLIC_URL + told["enquiry"].link
        told["confirmation_address"] = settings.PUBLIC_URL + told["enquiry"].confirmation_link
    body = render_to_string(f"employers/enquiries/mail/{template}.txt", told)
    outbox.put(
        to=to,
        subject=subject,
        body=body.strip() + "\n",
        language=(translation.get_language() or "da")[:2],
        kind=kind,
    )


def _day_time(enquiry: Enquiry) -> str:
    return words.day_time(
        timezone.localtime(enquiry.answer_due_at),
        today=timezone.localdate(),
        language=translation.get_language() or "da",
    )
