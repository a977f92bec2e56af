"""What a jobcentre has to say of a result of its own."""

from __future__ import annotations

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre
from jobcenter.pages.privacy import without_cpr
from regions.measures.models import Measure, TargetGroup


class ReplyQuerySet(models.QuerySet["Reply"]):
    def standing(self) -> Self:
        """Of each result the newest reply: what is shown beside it."""
        subject = ("jobcentre_id", "measure_id", "target_group_id", "period")
        return self.order_by(*subject, "-at", "-pk").distinct(*subject)


class Reply(models.Model):
    """What a jobcentre's manager has to say of a result of its own: shown beside it, wherever it is shown.

    It is about the measure, target group and period, and outlives the rows of a recomputation. A newer one
    stands in its place; none is changed or deleted, so that what was decided by can be read. The only
    person in it is the manager, who speaks for the jobcentre: it is kept as long as the results are.
    """

    jobcentre = models.ForeignKey(
        Jobcentre, on_delete=models.PROTECT, related_name="replies", verbose_name=_("jobcentre")
    )
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, related_name="+", verbose_name=_("measure")
    )
    target_group = models.ForeignKey(
        TargetGroup, on_delete=models.PROTECT, related_name="+", verbose_name=_("target group")
    )
    period = models.CharField(_("period"), max_length=10)
    text = models.TextField(_("the jobcentre's comment"), max_length=2000, validators=[without_cpr])
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("time"), default=timezone.now)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment to a result")
        verbose_name_plural = _("comments to results")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(
                name="reply_newest_of_a_result",
                fields=["jobcentre", "measure", "target_group", "period", "-at", "-id"],
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="reply_says_something",
                condition=Q(text__regex=r"\S"),
                violation_error_message=_("Write what the jobcentre has to say."),
            ),
        ]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.jobcentre}, {self.period}"
