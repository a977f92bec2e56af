"""That whoever sent an enquiry is who they say: nothing of it becomes public before."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.enquiries.models.enquiry import Enquiry
from jobcenter.accounts.models import Organisation, User


class Confirmation(models.Model):
    """How we know that the sender's address is theirs."""

    class How(models.TextChoices):
        LINK = "link", _("by the link in the mail")
        SIGNED_IN = "signed_in", _("signed in with the address")
        ON_BEHALF = "on_behalf", _("by the jobcentre, which has spoken with the company")
        EARLIER = "earlier", _("sent before addresses were confirmed")

    enquiry = models.OneToOneField(
        Enquiry, on_delete=models.CASCADE, related_name="confirmation", primary_key=True
    )
    how = models.CharField(_("how"), max_length=10, choices=How)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(_("reason"), blank=True, max_length=1000)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("confirmation of a sender")
        verbose_name_plural = _("confirmations of senders")
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update)]
        constraints = [
            models.CheckConstraint(
                name="confirmation_on_behalf_has_who_and_why",
                condition=Q(how="on_behalf", by__isnull=False, organisation__isnull=False) & ~Q(reason="")
                | ~Q(how="on_behalf") & Q(reason=""),
                violation_error_message=_("Write how you know that the company has sent it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enquiry_id}: {self.get_how_display()}"
