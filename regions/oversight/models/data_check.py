"""The check of the data behind a flag: what is asked before a jobcentre is."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Question(models.TextChoices):
    """What is asked of the data before a jobcentre is asked about them."""

    COMPLETE = "complete", _("Have all figures of the periods been delivered?")
    MATURE = "mature", _("Are the figures final, so that late reports change nothing?")
    SAME_DEFINITION = "same_definition", _("Was it counted and registered alike in all the periods?")
    CONDITIONS = "conditions", _("Are the framework conditions those the jobcentre worked under?")
    ONE_EVENT = "one_event", _("Is there no single event in the data that explains it?")


class Finding(models.TextChoices):
    FINE = "fine", _("yes, without remarks")
    DOUBT = "doubt", _("in doubt")
    FAULT = "fault", _("no")


class DataCheck(models.Model):
    """What a check of the data found on one question. All questions of a check have the same time."""

    flag = models.ForeignKey("oversight.Flag", on_delete=models.CASCADE, related_name="checks")
    question = models.CharField(_("question"), max_length=16, choices=Question)
    finding = models.CharField(_("finding"), max_length=8, choices=Finding)
    remark = models.CharField(_("remark"), max_length=500, blank=True)
    at = models.DateTimeField(_("checked"))

    class Meta:
        verbose_name = _("data check")
        verbose_name_plural = _("data checks")
        ordering = ["at", "pk"]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [
            models.UniqueConstraint(fields=["flag", "question", "at"], name="data_check_once"),
            models.CheckConstraint(
                name="data_check_doubt_is_explained",
                condition=Q(finding=Finding.FINE) | ~Q(remark=""),
                violation_error_message=_("Write a remark where the answer is not a plain yes."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.finding}"
