"""What employer and jobcentre write to each other about an enquiry, and the files they send along."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.enquiries.models.enquiry import Enquiry
from jobcenter.accounts.models import User
from jobcenter.runtime.models import Work, WorkQuerySet

LARGEST = 10 * 1024 * 1024
"""Bytes of one file."""


class Message(models.Model):
    """One text, by the employer or by somebody of the jobcentre. Rows are never changed."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="messages")
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_from_employer = models.BooleanField(_("from the employer"), default=False)
    text = models.TextField(_("text"), max_length=5000)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["at", "pk"]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update)]
        constraints = [
            models.CheckConstraint(
                name="message_has_a_text",
                condition=~Q(text=""),
                violation_error_message=_("Write something."),
            ),
            models.CheckConstraint(
                name="message_of_the_jobcentre_has_a_writer",
                condition=Q(is_from_employer=True) | Q(by__isnull=False),
                violation_error_message=_("Say who of the jobcentre writes."),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class AttachmentQuerySet(WorkQuerySet["Attachment"]):
    def open(self) -> Self:
        """Those that may be fetched: looked through, or there is no scanner to look."""
        return self.filter(state__in=(Attachment.State.CLEAN, Attachment.State.UNSCANNED))


class Attachment(Work):
    """A file that came with a message. Its content lies outside the database, under its key.

    It is work until the scanner has looked at it; before that, nobody can fetch it.
    """

    class Kind(models.TextChoices):
        PDF = "pdf", _("PDF")
        PNG = "png", _("PNG picture")
        JPEG = "jpeg", _("JPEG picture")
        DOCX = "docx", _("Word document")
        XLSX = "xlsx", _("Excel sheet")
        ODT = "odt", _("OpenDocument text")
        TEXT = "text", _("plain text")

    class State(models.TextChoices):
        WAITING = "waiting", _("is being checked for viruses")
        CLEAN = "clean", _("checked for viruses")
        UNSCANNED = "unscanned", _("not checked for viruses")
        INFECTED = "infected", _("removed: it holds a virus")

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=4, choices=Kind)
    size = models.PositiveIntegerField(_("bytes"))
    digest = models.CharField(_("SHA-256"), max_length=64)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.WAITING)
    verdict = models.CharField(_("what the scanner said"), max_length=200, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta(Work.Meta):
        abstract = False
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["pk"]
        indexes = [
            models.Index(
                name="attachment_waiting",
                fields=["due_at"],
                condition=Q(finished_at=None, given_up_at=None),
            ),
        ]
        constraints = [
            *Work.Meta.constraints,
            models.CheckConstraint(
                name="attachment_is_not_empty_and_not_too_large",
                condition=Q(size__range=(1, LARGEST)),
                violation_error_message=_("A file may hold at most 10 MB."),
            ),
            models.CheckConstraint(
                name="attachment_is_finished_once_it_does_not_wait",
                condition=Q(state="waiting") | Q(finished_at__isnull=False),
                violation_error_message=_("What has been looked at is finished."),
            ),
            models.CheckConstraint(name="attachment_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where the content lies."""
        return Path(settings.ATTACHMENT_FOLDER) / self.key.hex[:2] / self.key.hex

    @property
    def may_be_fetched(self) -> bool:
        return self.state in (self.State.CLEAN, self.State.UNSCANNED)
