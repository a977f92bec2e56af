"""The outbox: mail is promised in the transaction of what it tells about, and sent by the worker."""

from __future__ import annotations

from email.utils import make_msgid
from typing import Self
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jobcenter.runtime.models import Work, WorkQuerySet

SIGN_IN = "sign_in"
"""The kind of mail whose text lets its reader in: nobody else's to read."""


class MailQuerySet(WorkQuerySet["Mail"]):
    def sent(self) -> Self:
        return self.exclude(finished_at=None)


def new_message_id() -> str:
    """A Message-ID that stays the same through every attempt, so that a repeated mail can be recognised."""
    return make_msgid(domain=urlsplit(settings.PUBLIC_URL).hostname)


class Mail(Work):
    """One e-mail. The server accepts it at least once."""

    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    language = models.CharField(_("language"), max_length=2)
    kind = models.CharField(_("kind"), max_length=40)
    message_id = models.CharField(max_length=200, unique=True, default=new_message_id, editable=False)

    objects = MailQuerySet.as_manager()

    class Meta(Work.Meta):
        abstract = False
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        indexes = [
            models.Index(
                name="mail_waiting", fields=["due_at"], condition=models.Q(finished_at=None, given_up_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.subject
