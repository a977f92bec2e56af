"""What a jobcentre sends with its answer to a hearing."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from employers.enquiries.models.conversation import LARGEST, Attachment
from regions.oversight.models.flag import Flag


class HearingFile(models.Model):
    """A file that came with an answer, kept in the database as deliveries are: part of the case, unchanged.

    at: when the answer came; an earlier hearing's files keep their own.
    """

    flag = models.ForeignKey(Flag, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=4, choices=Attachment.Kind)
    size = models.PositiveIntegerField(_("bytes"))
    digest = models.CharField(_("SHA-256"), max_length=64)
    content = models.BinaryField(editable=False)
    at = models.DateTimeField(_("received"))

    class Meta:
        verbose_name = _("file with an answer")
        verbose_name_plural = _("files with answers")
        ordering = ["at", "pk"]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [
            models.CheckConstraint(
                name="hearing_file_is_not_empty_and_not_too_large",
                condition=Q(size__range=(1, LARGEST)),
                violation_error_message=_("A file may hold at most 10 MB."),
            ),
            models.CheckConstraint(name="hearing_file_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name
