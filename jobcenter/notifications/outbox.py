"""Putting mail into the outbox, and sending what waits there."""

from django.core.mail import EmailMessage
from django.db import connection, transaction

from jobcenter.notifications.models import Mail
from jobcenter.runtime.work import look_now, publish

BATCH = 200


def put(*, to: str, subject: str, body: str, language: str, kind: str, unsubscribe: str = "") -> Mail:
    """Promise a mail. Raises RuntimeError outside a transaction: a mail never outlives its fact.

    For direct answers: receipts, answers, codes, confirmations. All else goes through `telling.notify`,
    which gives `unsubscribe`, the address where a mail program may stop such mail with one click.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A mail belongs in the transaction of the fact it tells about.")
    mail = Mail.objects.create(
        to=to, subject=subject, body=body, language=language, kind=kind, unsubscribe=unsubscribe
    )
    look_now("notifications.deliver", mail.pk)
    return mail


def deliver(pk: int) -> None:
    """Send one mail, if nobody else is sending it."""
    with Mail.objects.claim(pk) as mail:
        if mail:
            EmailMessage(subject=mail.subject, body=mail.body, to=[mail.to], headers=headers_of(mail)).send()
            with transaction.atomic():
                mail.finish()


def headers_of(mail: Mail) -> dict[str, str]:
    """The stable Message-ID, and for mail that can be stopped the two headers of RFC 8058."""
    headers = {"Message-ID": mail.message_id}
    if mail.unsubscribe:
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def sweep() -> None:
    """Look for mail whose message was lost or whose worker died."""
    for pk in Mail.objects.waiting().order_by("due_at", "pk").values_list("pk", flat=True)[:BATCH]:
        publish("notifications.deliver", pk)
