"""What colleagues write to each other about an enquiry, and whom they call upon in it."""

from __future__ import annotations

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.enquiries.models import Enquiry
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre
from jobcenter.pages.privacy import without_cpr


class RemarkQuerySet(models.QuerySet["Remark"]):
    def visible_to(self, jobcentre: Jobcentre) -> Self:
        """Those written in the jobcentre: an enquiry that moves leaves them behind."""
        return self.filter(jobcentre=jobcentre)


class Remark(models.Model):
    """A note within the jobcentre about one of its enquiries. The employer never reads it.

    Rows are never changed. Whoever may see the enquiry may see its remarks, and nobody else.
    """

    enquiry = models.ForeignKey(
        Enquiry, on_delete=models.CASCADE, related_name="remarks", verbose_name=_("enquiry")
    )
    jobcentre = models.ForeignKey(
        Jobcentre, on_delete=models.PROTECT, related_name="+", verbose_name=_("jobcentre")
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("by whom"))
    text = models.TextField(_("text"), max_length=2000, validators=[without_cpr])
    at = models.DateTimeField(_("at"), default=timezone.now)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark on an enquiry")
        verbose_name_plural = _("remarks on enquiries")
        ordering = ["at", "pk"]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update)]
        constraints = [
            models.CheckConstraint(
                name="remark_has_a_text",
                condition=~Q(text=""),
                violation_error_message=_("Write something."),
            ),
        ]

    def __str__(self) -> str:
        """Without the text: that is for those who may see the enquiry."""
        return f"{self.enquiry}, {self.at:%d-%m-%Y}"

    def get_absolute_url(self) -> str:
        return f"{reverse('desk:enquiry', args=[self.enquiry_id])}#remarks"


class MentionQuerySet(models.QuerySet["Mention"]):
    def unread(self, user: User, jobcentre: Jobcentre) -> Self:
        """What calls upon somebody, in enquiries that they may still see."""
        visible = Enquiry.objects.visible_to(jobcentre, user=user)
        return self.filter(
            user=user, read_at=None, remark__jobcentre=jobcentre, remark__enquiry__in=visible.values("pk")
        ).order_by("remark__at", "pk")


class Mention(models.Model):
    """That a remark calls upon a colleague: it stands in their day until they have read it."""

    remark = models.ForeignKey(
        Remark, on_delete=models.CASCADE, related_name="mentions", verbose_name=_("remark")
    )
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name=_("colleague"))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    objects = MentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="mention_once_in_a_remark", fields=["remark", "user"]),
        ]
        indexes = [
            models.Index(name="mention_unread", fields=["user"], condition=Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.remark}"
