"""Enquiries about dismissals and about single employees: who may see them, and how they are let out."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.enquiries.models.enquiry import Enquiry
from jobcenter.accounts.models import Organisation, User


@pghistory.track()
class Handler(models.Model):
    """Somebody who works on a confidential enquiry beside its owner and the jobcentre's manager."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="handlers")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added"), default=timezone.now)

    class Meta:
        verbose_name = _("handler of an enquiry")
        verbose_name_plural = _("handlers of enquiries")
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry", "user"],
                name="handler_once_per_enquiry",
                violation_error_message=_("This person works on the enquiry already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


class Release(models.Model):
    """The act by which a confidential enquiry becomes an ordinary one: with a reason, never undone."""

    enquiry = models.OneToOneField(
        Enquiry, on_delete=models.CASCADE, related_name="release", primary_key=True
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"), max_length=1000)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("release of an enquiry")
        verbose_name_plural = _("releases of enquiries")
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update)]
        constraints = [
            models.CheckConstraint(
                name="release_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Write why the enquiry may be seen by more people."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enquiry_id}: {self.reason}"
