"""Telling people what they did not ask for just then, without nagging: one mail a day at most.

Direct answers (receipts, answers, codes, confirmations) are no notices; they go straight to the outbox.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import ngettext

from jobcenter.notifications import outbox
from jobcenter.notifications.choosing import locked, way
from jobcenter.notifications.kinds import Kind
from jobcenter.notifications.models import Choice, Digest, How, Mail, Notice, Recipient
from jobcenter.runtime.work import publish

FROM = time(7)
"""The daily mail leaves from this hour on, in local time: it is there when people come to work."""
BATCH = 200
KEPT = timedelta(days=180)
"""So long after it was told a notice is kept, so that the same thing is not told again."""


@transaction.atomic
def notify(
    *,
    to: str,
    kind: Kind,
    key: str,
    subject: str,
    text: str = "",
    link: str = "",
    language: str = "da",
    on: date | None = None,
) -> Notice | None:
    """Tell an address one thing of a kind, in the next morning's mail; None if unwanted, or told before.

    key: what makes it the same thing, such as “17 last day”. link: a path of the portal. subject and text
    are in `language` already. on: the day it must be told, if not the next morning; today, for what cannot
    wait, goes at once unless today's mail has gone. Staff who have chosen so are told at once.
    """
    recipient = locked(to)
    how = way(recipient, kind)
    if how == How.OFF:
        return None
    if recipient.language != language:
        recipient.language = language
        recipient.save(update_fields=["language"])
    notice, is_new = Notice.objects.get_or_create(
        recipient=recipient,
        kind=kind.code,
        key=key,
        defaults={
            "subject": subject,
            "text": text,
            "link": link,
            "due_on": on or next_morning(timezone.localtime()),
        },
    )
    if not is_new:
        return None
    if how == How.AT_ONCE:
        notice.mail = _mail(recipient, [notice])
        notice.save(update_fields=["mail"])
    return notice


def language_of(email: str) -> str:
    """The language the address was last told something in; Danish for one that is new."""
    return Recipient.objects.of(email).values_list("language", flat=True).first() or "da"


def next_morning(now: datetime) -> date:
    """The day of the next daily mail; `now` in local time."""
    return now.date() if now.time() < FROM else now.date() + timedelta(days=1)


def bundle(*, now: datetime) -> int:
    """Send the daily mail to a batch of those for whom something waits; returns how many were looked at.

    Nothing before seven. Each address is a transaction of its own, so two beats, or a worker that dies,
    change nothing: whoever comes second finds the address locked, or its mail of the day sent.
    """
    local = timezone.localtime(now)
    if local.time() < FROM:
        return 0
    pks = list(Recipient.objects.to_be_told(on=local.date()).values_list("pk", flat=True)[:BATCH])
    for pk in pks:
        _tell(pk, today=local.date())
    if len(pks) == BATCH:
        publish("notifications.bundle")
    return len(pks)


def _tell(pk: int, *, today: date) -> Digest | None:
    try:
        with transaction.atomic():
            recipient = (
                Recipient.objects.to_be_told(on=today)
                .filter(pk=pk)
                .select_for_update(skip_locked=True, of=("self",))
                .first()
            )
            return _digest(recipient, today=today) if recipient else None
    except IntegrityError as error:
        if "digest_once_a_day_for_a_recipient" not in str(error):
            raise
        # Between the look and the lock another worker has sent today's mail; the database refused a second.
        return None


def _digest(recipient: Recipient, *, today: date) -> Digest | None:
    """Today's mail with all that waits and is still wanted; what is not is forgotten."""
    waiting = Notice.objects.waiting(on=today).filter(recipient=recipient)
    off = Choice.objects.filter(recipient=recipient, how=How.OFF).values("kind")
    (waiting if recipient.stopped_at else waiting.filter(kind__in=off)).delete()
    notices = list(waiting)
    if not notices:
        return None
    mail = _mail(recipient, notices)
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mail=mail)
    return Digest.objects.create(recipient=recipient, day=today, mail=mail)


def _mail(recipient: Recipient, notices: list[Notice]) -> Mail:
    with translation.override(recipient.language):
        subject = (
            notices[0].subject
            if len(notices) == 1
            else ngettext("%(number)d message for you", "%(number)d messages for you", len(notices))
            % {"number": len(notices)}
        )
        body = render_to_string(
            "jobcenter/notifications/mail/digest.txt",
            {
                "notices": notices,
                "site": settings.PUBLIC_URL,
                "choices": settings.PUBLIC_URL + recipient.choices_link,
                "stop": settings.PUBLIC_URL + recipient.stop_link,
            },
        )
    return outbox.put(
        to=recipient.email,
        subject=subject,
        body=body.strip() + "\n",
        language=recipient.language,
        kind="digest",
        unsubscribe=settings.PUBLIC_URL + recipient.stop_link,
    )


def forget(*, now: datetime) -> int:
    """Delete notices told long ago. Returns how many."""
    gone, _of_each_table = Notice.objects.filter(created_at__lt=now - KEPT).exclude(mail=None).delete()
    return gone
