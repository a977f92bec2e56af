"""Mails about whose an enquiry is: to the employer when it moves, to colleagues and to partners."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from employers.enquiries.notices import MOVES
from jobcenter.notifications import outbox
from jobcenter.notifications.telling import notify
from jobcenter.pages import words

if TYPE_CHECKING:
    from employers.enquiries.models import Enquiry, HelpAnswer
    from jobcenter.accounts.models import User

STAFF_LANGUAGE = "da"
MOST_NAMED = 20
"""So many enquiries are listed in one mail; the others are counted."""


def send_moved(enquiry: Enquiry, *, reason: str, is_new_time: bool) -> None:
    """To the employer: who is responsible now, who answers, by when, and why."""
    if not enquiry.person.email:
        return
    with translation.override(enquiry.language):
        _put(
            enquiry.person.email,
            kind="enquiry_moved",
            language=enquiry.language,
            subject=_answers_you_now(enquiry),
            template="moved",
            enquiry=enquiry,
            reason=reason,
            is_new_time=is_new_time,
            address=settings.PUBLIC_URL + enquiry.link,
        )


def tell_moved(enquiry: Enquiry) -> None:
    """The same where nobody moved it: its jobcentre closed. In the day's one mail, with all the others."""
    if not enquiry.person.email:
        return
    with translation.override(enquiry.language):
        text = render_to_string("employers/enquiries/mail/now_with.txt", {"enquiry": enquiry})
        notify(
            to=enquiry.person.email,
            kind=MOVES,
            key=f"{enquiry.pk} {enquiry.jobcentre_id}",
            subject=_answers_you_now(enquiry)[:200],
            text=text.strip(),
            link=enquiry.link,
            language=enquiry.language,
        )


def send_handed_over(owner: User, enquiries: Sequence[Enquiry], *, why: str) -> None:
    """To the new owner: all that came to them at once, in one mail. `why`: a sentence."""
    with translation.override(STAFF_LANGUAGE):
        number = len(enquiries)
        _put(
            owner.email,
            kind="enquiry_handed_over",
            subject=ngettext(
                "You have been given %(number)d enquiry", "You have been given %(number)d enquiries", number
            )
            % {"number": number},
            template="handed_over",
            owner=owner,
            why=why,
            lines=[_line(one) for one in enquiries[:MOST_NAMED]],
            more=max(number - MOST_NAMED, 0),
        )


def send_escalation(enquiry: Enquiry, *, to: User, is_late: bool) -> None:
    """That an answer is nearly due, to its owner; that it is late, to the manager."""
    with translation.override(STAFF_LANGUAGE):
        told = {"reference": enquiry.reference, "time": _time(enquiry)}
        _put(
            to.email,
            kind="enquiry_late" if is_late else "enquiry_nearly_due",
            subject=_("%(reference)s: the answer was promised by %(time)s and is late") % told
            if is_late
            else _("%(reference)s: the answer is promised by %(time)s") % told,
            template="escalation",
            enquiry=enquiry,
            person=to,
            is_late=is_late,
            line=_line(enquiry),
        )


def send_asked(answer: HelpAnswer) -> None:
    """To a partner: that they are asked, by whom and where to answer. Says nothing of the employer's own."""
    jobcentre = answer.jobcentre
    addresses = [jobcentre.email] if jobcentre.email else [one.email for one in jobcentre.managers()]
    asking = answer.request.enquiry.jobcentre
    with translation.override(STAFF_LANGUAGE):
        for address in addresses:
            _put(
                address,
                kind="help_asked",
                subject=_("%(jobcentre)s asks for your help") % {"jobcentre": asking},
                template="help_asked",
                asking=asking,
                question=answer.request.question,
                by=answer.request.asked_by,
                due=_day_time(answer.request.due_at) if answer.request.due_at else "",
                address=settings.PUBLIC_URL + reverse("desk:help", args=[answer.pk]),
            )


def send_help_answer(answer: HelpAnswer) -> None:
    """To the owner: what a partner offers, or that it cannot help this time."""
    enquiry = answer.request.enquiry
    told = {"reference": enquiry.reference, "jobcentre": answer.jobcentre}
    with translation.override(STAFF_LANGUAGE):
        _put(
            enquiry.owner.email,
            kind="help_answer",
            subject=_("%(reference)s: %(jobcentre)s offers help") % told
            if answer.state == "offered"
            else _("%(reference)s: %(jobcentre)s cannot help this time") % told,
            template="help_answer",
            answer=answer,
            line=_line(enquiry),
        )


def _answers_you_now(enquiry: Enquiry) -> str:
    told = {"reference": enquiry.reference, "jobcentre": enquiry.jobcentre}
    return _("%(reference)s: %(jobcentre)s answers you now") % told


def _line(enquiry: Enquiry) -> str:
    """One enquiry in a mail to staff: its reference and address; the company unless it is confidential."""
    address = settings.PUBLIC_URL + reverse("desk:enquiry", args=[enquiry.pk])
    company = "" if enquiry.is_confidential else f"{enquiry.company.name}, "
    return f"{enquiry.reference}: {company}{_('answer by %(time)s') % {'time': _time(enquiry)}}\n{address}"


def _time(enquiry: Enquiry) -> str:
    return _day_time(enquiry.due_at)


def _day_time(at: datetime) -> str:
    return words.day_time(
        timezone.localtime(at),
        today=timezone.localdate(),
        language=translation.get_language() or "da",
    )


def _put(
    to: str, *, kind: str, subject: str, template: str, language: str = STAFF_LANGUAGE, **told: Any
) -> None:
    body = render_to_string(f"employers/enquiries/mail/{template}.txt", told)
    outbox.put(to=to, subject=subject, body=body.strip() + "\n", language=language, kind=kind)
