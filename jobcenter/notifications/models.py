"""The outbox: mail is promised in the transaction of what it tells about, and sent by the worker.

And what is told to people who did not ask just then: collected, and sent in one mail a day at most.
"""

from __future__ import annotations

from datetime import date
from email.utils import make_msgid
from typing import Self
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobcenter.runtime.models import Work, WorkQuerySet

SIGN_IN = "sign_in"
"""The kind of mail whose text lets its reader in: nobody else's to read."""

LETS_IN = (SIGN_IN, "enquiry_")
"""How the kinds begin whose text does: those about enquiries carry private links, and may be confidential."""


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
    unsubscribe = models.URLField(_("where it can be stopped"), max_length=300, blank=True)
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


LINK = signing.Signer(salt="notifications.link")
"""Signs the private address on which an address chooses what it is told: the same one in every mail."""


class How(models.TextChoices):
    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("in one mail a day")
    OFF = "off", _("not at all")


class RecipientQuerySet(models.QuerySet["Recipient"]):
    def of(self, email: str) -> Self:
        return self.filter(email=email.strip().lower())

    def by_link(self, token: str) -> Self:
        """The one that a link leads to; none if the link was altered."""
        try:
            return self.filter(pk=LINK.unsign_object(token))
        except signing.BadSignature:
            return self.none()

    def to_be_told(self, *, on: date) -> Self:
        """Those for whom something waits, and who have had no daily mail on that day."""
        waiting = Notice.objects.waiting(on=on).values("recipient")
        return self.filter(pk__in=waiting).exclude(digests__day=on).order_by("pk")


class Recipient(models.Model):
    """An address that may be told things. Its choices are the address's, also if nobody signs in with it."""

    email = models.EmailField(_("e-mail"), unique=True)
    language = models.CharField(_("language"), max_length=2, default="da")
    stopped_at = models.DateTimeField(_("stopped everything"), null=True, blank=True)

    objects = RecipientQuerySet.as_manager()

    class Meta:
        verbose_name = _("recipient of notices")
        verbose_name_plural = _("recipients of notices")
        constraints = [
            models.CheckConstraint(
                name="recipient_email_in_small_letters", condition=Q(email=Lower("email"))
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def token(self) -> str:
        return LINK.sign_object(self.pk)

    @property
    def choices_link(self) -> str:
        return reverse("notifications:choices", args=[self.token])

    @property
    def stop_link(self) -> str:
        return reverse("notifications:stop", args=[self.token])


class Choice(models.Model):
    """What an address has chosen for one kind of notice, where that is not the usual."""

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="choices")
    kind = models.CharField(_("kind"), max_length=40)
    how = models.CharField(_("how"), max_length=8, choices=How)

    class Meta:
        verbose_name = _("choice of notices")
        verbose_name_plural = _("choices of notices")
        constraints = [
            models.UniqueConstraint(fields=["recipient", "kind"], name="choice_once_for_a_kind"),
            models.CheckConstraint(name="choice_how_is_known", condition=Q(how__in=How.values)),
        ]

    def __str__(self) -> str:
        return f"{self.recipient}, {self.kind}: {self.get_how_display()}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def waiting(self, *, on: date) -> Self:
        """Those that no mail has carried yet, and that are due by that day."""
        return self.filter(mail=None, due_on__lte=on)


class Notice(models.Model):
    """One thing an address is told. Its key makes that the same thing is told once."""

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(_("key"), max_length=100)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    link = models.CharField(_("leads to"), max_length=300, blank=True)
    due_on = models.DateField(_("due"))
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    mail = models.ForeignKey(Mail, on_delete=models.PROTECT, null=True, blank=True, related_name="notices")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(name="notice_waiting", fields=["due_on"], condition=Q(mail=None))]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "kind", "key"], name="notice_once_for_a_key"),
        ]

    def __str__(self) -> str:
        return self.subject


class Digest(models.Model):
    """The one mail of a day to an address, outside direct answers. The database refuses a second."""

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="digests")
    day = models.DateField(_("day"))
    mail = models.OneToOneField(Mail, on_delete=models.PROTECT, related_name="digest")

    class Meta:
        verbose_name = _("daily mail")
        verbose_name_plural = _("daily mails")
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "day"],
                name="digest_once_a_day_for_a_recipient",
                violation_error_message=_("An address has one such mail a day at most."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipient}, {self.day:%d-%m-%Y}"
