"""What the jobcentre has to say beside the steps."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Organisation, User
from regions.interventions.models.intervention import Intervention


class Reply(models.Model):
    """What the jobcentre has to say, at any time: it stands in the case, and is never changed."""

    intervention = models.ForeignKey(Intervention, on_delete=models.CASCADE, related_name="replies")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("who"))
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("what the jobcentre says"), max_length=5000)
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("reply of a jobcentre")
        verbose_name_plural = _("replies of jobcentres")
        ordering = ["at", "pk"]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.intervention_id}, {self.by}"
