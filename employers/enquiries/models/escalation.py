"""Telling somebody that a promised answer is nearly due, or is late."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from jobcenter.runtime.models import Work, WorkQuerySet


class EscalationQuerySet(WorkQuerySet["Escalation"]):
    def told(self) -> Self:
        return self.exclude(told_to="")

    def late_told(self) -> Self:
        """For `Exists` beside an enquiry: that a manager has been told it is late."""
        return self.told().filter(
            enquiry=models.OuterRef("pk"),
            promised_for=Coalesce(models.OuterRef("reply_due_at"), models.OuterRef("answer_due_at")),
            step=Escalation.Step.LATE,
        )


class Escalation(Work):
    """Promised with the answer: the owner is told before it is due, and the manager when it is late.

    `told_to`: who was mailed; empty as long as nobody was, and where the answer came in time.
    """

    class Step(models.TextChoices):
        BEFORE = "before", _("nearly due")
        LATE = "late", _("late")

    enquiry = models.ForeignKey("enquiries.Enquiry", on_delete=models.CASCADE, related_name="escalations")
    step = models.CharField(_("step"), max_length=8, choices=Step)
    promised_for = models.DateTimeField(_("answer by"))
    told_to = models.CharField(_("told to"), max_length=400, blank=True)

    objects = EscalationQuerySet.as_manager()

    class Meta(Work.Meta):
        abstract = False
        verbose_name = _("escalation of an enquiry")
        verbose_name_plural = _("escalations of enquiries")
        ordering = ["due_at", "pk"]
        indexes = [
            models.Index(
                name="escalation_waiting",
                fields=["due_at"],
                condition=models.Q(finished_at=None, given_up_at=None),
            ),
        ]
        constraints = [
            *Work.Meta.constraints,
            models.UniqueConstraint(
                name="escalation_once_for_a_promise", fields=["enquiry", "step", "promised_for"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enquiry_id}: {self.step}"
