"""How soon a jobcentre promises to answer each kind of enquiry."""

from __future__ import annotations

from datetime import date

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.enquiries.models.enquiry import Kind
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre


class AnswerTimeQuerySet(models.QuerySet["AnswerTime"]):
    def in_force(self, on: date) -> dict[tuple[int, str], int]:
        """The working days set for jobcentre and kind, where there are any on a date. One query."""
        rows = self.filter(valid_from__lte=on).order_by("valid_from")
        latest = {(row.jobcentre_id, row.kind): row.working_days for row in rows}
        return {key: days for key, days in latest.items() if days}

    def promised(self, *, jobcentre: Jobcentre, on: date) -> dict[str, int]:
        """The working days promised for every kind on a date. One query."""
        own = self.filter(jobcentre=jobcentre).in_force(on)
        return {kind: own.get((jobcentre.pk, kind), jobcentre.answers_within) for kind in Kind.values}


@pghistory.track()
class AnswerTime(models.Model):
    """From a date on, this many working days for a kind; without a number, as the jobcentre else promises.

    A row holds until the next of its kind begins, so two can never be true at once. What was promised
    an employer before stands in their enquiry and is not moved.
    """

    jobcentre = models.ForeignKey(
        Jobcentre, on_delete=models.PROTECT, related_name="answer_times", verbose_name=_("jobcentre")
    )
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    working_days = models.PositiveSmallIntegerField(_("working days"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"))
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    set_at = models.DateTimeField(_("set"), default=timezone.now, editable=False)

    objects = AnswerTimeQuerySet.as_manager()

    class Meta:
        verbose_name = _("promised answer time")
        verbose_name_plural = _("promised answer times")
        ordering = ["jobcentre", "kind", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["jobcentre", "kind", "valid_from"],
                name="answertime_once_a_day_per_kind",
                violation_error_message=_("There is a promise for this kind from that day already."),
            ),
            models.CheckConstraint(
                name="answertime_1_to_10_days",
                condition=Q(working_days=None) | Q(working_days__range=(1, 10)),
                violation_error_message=_("An answer is promised within 1 to 10 working days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jobcentre}, {self.get_kind_display()}, {self.valid_from}"
